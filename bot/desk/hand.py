"""What one batch has in hand when it touches the desk: the transaction, the ledger, and what may be known there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.house import House
from bot.ledger import Ledger
from bot.lines import Lines
from bot.practice.practice import Practice
from db import memory
from db.desk import cases, duty, lines, waiting
from db.desk.case import Line, Side
from db.desk.staff import Operator
from db.outbox import Order
from db.sealing import Keyring
from db.visit import Visit
from flows.desk.known import Bench, CaseView
from flows.engine import World

LAST = 300  # lines of a case that are read for a screen and its earlier pages
SHOWN = 6  # of the queue that are read: one more than a board shows; whoever takes the next one needs the first
OVERFLOW = timedelta(minutes=5)  # a case that waits longer is offered to every desk


@dataclass(slots=True)
class Hand:
    """One batch at the desk. `lines`: what waits to be sent already."""

    connection: AsyncConnection
    ledger: Ledger
    world: World
    house: House
    order: Order
    lines: Lines
    random: Random
    practice: Practice | None = None  # the sandbox's scripted visitors
    stirred: dict[int, set[int]] = field(default_factory=dict)  # operator → cases whose screens are to be renewed

    @property
    def keys(self) -> Keyring:
        """Sealing and hashes."""
        return self.ledger.keys

    @property
    def now(self) -> datetime:
        """The time of the batch."""
        return self.ledger.now

    def plays(self, chat: bytes) -> bool:
        """Whether that chat is a scripted visitor's."""
        return self.practice is not None and self.practice.part(chat) is not None

    async def visit_of(self, chat: bytes) -> Visit | None:
        """The visit of another chat than the one whose turn it is."""
        return (await self.visits_of([chat])).get(chat)

    async def visits_of(self, chats: Collection[bytes]) -> dict[bytes, Visit]:
        """Those of several other chats."""
        here = set(chats) - self.ledger.left.keys()
        if unknown := here - self.ledger.visits.keys():
            self.ledger.visits |= await memory.visits_of(self.connection, self.keys, unknown)
        return {chat: self.ledger.visits[chat] for chat in here if chat in self.ledger.visits}

    async def case_view(self, visit: Visit, *, words: bool = True) -> CaseView | None:
        """A visitor's own open case; None when it has ended, or was never this chat's. Without `words` for
        what was typed: the conversation is shown after that was passed on, and asked for again then."""
        case = (await cases.cases_by_id(self.connection, [visit.case])).get(visit.case)
        if case is None or not case.open or case.chat != self.keys.chat(visit.chat_id):
            return None
        said: list[Line] = []
        if words:
            sides: tuple[Side, ...] = ("visitor", "operator")
            said = await lines.lines_of(self.connection, self.keys, case.id, last=LAST, sides=sides)
        at = next((one for one in self.house.desks if one.desk.num == case.desk), None)
        ahead = await waiting.ahead(self.connection, case, self.now) if words and case.state == "waiting" else 0
        return CaseView(case, tuple(said), self.house.name(case.operator), ahead, at.usual if at else None)

    async def bench(self, me: Operator, looking: int = 0) -> Bench:
        """All an operator may know; `looking` is a case that a supervisor opens without having it."""
        bench = await self.case_bench(me)
        offered = waiting.offered_to(me.desk, self.house.on_duty(), self.now - OVERFLOW)
        today, week = await duty.talk_time(self.connection, me.num, self.now)
        queue = await waiting.first(self.connection, self.now, SHOWN, offered)
        bench = replace(
            bench,
            queue=tuple(queue),
            waiting=await waiting.count(self.connection, offered)
            if len(queue) == SHOWN
            else sum(not one.practice for one in queue),
            mine=tuple(await cases.held_by(self.connection, me.num)),
            colleagues=self.house.colleagues(me),
            waiting_for_supervisor=tuple(await cases.flagged(self.connection, me.num)) if me.supervises else (),
            shut=self.house.groups.shut(bench.desk.chat),
            today=today,
            week=week,
        )
        return replace(bench, looked=await self._looked(looking)) if looking and me.supervises else bench

    async def case_bench(self, me: Operator) -> Bench:
        """What the screen of the active case needs, and no more: it is drawn for every word."""
        return (await self.case_benches([me]))[me.num]

    async def case_benches(self, staff: Sequence[Operator]) -> dict[int, Bench]:
        """The same for several at once, by number."""
        found = await cases.cases_by_id(self.connection, [one.active for one in staff if one.active])
        active = {one.num: found[one.active] for one in staff if one.active in found}
        active = {num: case for num, case in active.items() if case.operator == num and case.open}
        told = await cases.details_of(self.connection, self.keys, [case.id for case in active.values()])
        benches = {}
        for me in staff:
            desk, case = self.house.desk(me.desk), active.get(me.num)
            if desk is None:
                raise LookupError("an operator without a desk")
            benches[me.num] = Bench(me, desk)
            if case is not None:
                said = await lines.lines_of(self.connection, self.keys, case.id, last=LAST)
                detail = told.get(case.id, {}).get("detail", "")
                benches[me.num] = Bench(me, desk, active=case, lines=tuple(said), detail=detail)
        return benches

    async def _looked(self, wanted: int) -> CaseView | None:
        case = (await cases.cases_by_id(self.connection, [wanted])).get(wanted)
        if case is None or not case.open:
            return None
        said = await lines.lines_of(self.connection, self.keys, case.id, last=LAST)
        return CaseView(case, tuple(said), self.house.name(case.operator))
