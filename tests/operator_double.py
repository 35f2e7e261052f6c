"""Stands in for an operator at the edge: a case is open, an answer comes, the case ends. No desk is needed."""

from __future__ import annotations

from itertools import count

from sqlalchemy import insert, update

from bot.ledger import Ledger
from db import memory
from db.because import Because
from db.models import cases
from db.sealing import Keyring
from db.store import Store
from db.visit import Visit
from flows.engine import Action, go
from tests.conftest import Hands
from tests.stage import Stage

OPENS = go("privacy")  # stands for the conversation
_numbers = count(7)


async def open_case(store: Store, keys: Keyring, chat_id: int, clock: Hands, **changes: object) -> int:
    """A case of that chat; its number."""
    number = next(_numbers)
    row = {
        "id": number,
        "chat": keys.chat(chat_id),
        "code": f"Сад {number}",
        "desk": 1,
        "kind": "chat",
        "lang": "uk",
        "topic": "home",
        "who": "self",
        "urgency": 1,
        "state": "taken",
        "operator": 1,
        "opened_at": clock(),
        "waiting_since": clock(),
        "sealed": b"sealed",
    }
    async with store.write() as connection:
        await connection.execute(insert(cases), row | changes)
    return number


async def close_case(store: Store, number: int) -> None:
    """It is over, and leads to nobody any more."""
    over = {"state": "closed", "operator": 0, "chat": None, "sealed": None, "word": None}
    async with store.write() as connection:
        await connection.execute(update(cases).where(cases.c.id == number).values(over))


class Operator:
    """One who answers a visitor on the stage."""

    def __init__(self, at: Stage, visitor: int) -> None:
        self.at = at
        self.visitor = visitor
        self.case = 0
        self.route: Visit

    async def takes(self) -> Visit:
        """The visitor asked for a person, and this one is there."""
        self.case = await open_case(self.at.app.store, self.at.app.keys, self.visitor, self.at.clock)
        visit = await self.visit()
        assert visit is not None
        self.route = visit.but(case=self.case)
        async with self.at.app.store.write() as connection:
            kept = {self.at.app.keys.chat(self.visitor): self.route}
            await memory.keep_visits(connection, self.at.app.keys, kept, self.at.clock())
        return self.route

    async def visit(self) -> Visit | None:
        """What the bot remembers of the visitor."""
        chat = self.at.app.keys.chat(self.visitor)
        async with self.at.app.store.read() as connection:
            return (await memory.visits_of(connection, self.at.app.keys, [chat])).get(chat)

    async def answers(self, opens: Action = OPENS, *, settle: bool = True) -> Ledger:
        """What the edge does when an operator has written."""
        ledger = Ledger(self.at.app.keys, self.at.app.ingest._order, self.at.clock())
        ledger.announce(self.route, opens, Because.case(self.case))
        async with self.at.app.store.write() as connection:
            await ledger.save(connection)
        self.at.app.sender.accept(ledger)
        if settle:
            await self.at.settled()
        return ledger

    async def closes(self) -> None:
        """The conversation is over."""
        await close_case(self.at.app.store, self.case)
