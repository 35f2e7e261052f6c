"""Updates come in: load, decide, save, commit. Only then does Telegram hear that we have them (promise 3)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot import metrics
from bot.covered import Covered
from bot.desk.hand import Hand
from bot.desk.reception import Reception
from bot.events import (
    Elsewhere,
    Gone,
    GroupTap,
    Incoming,
    LeftGroup,
    LetIn,
    Malformed,
    Parsed,
    ShutOut,
    Upgraded,
    parse,
    update_id,
)
from bot.ledger import Ledger
from bot.render import Fields
from bot.sender import Sender
from db import locks, memory, outbox
from db.outbox import Order
from db.sealing import Keyring
from db.store import STORE_FAULTS, Store, refuses_values
from flows.engine import Tapped, World

log = structlog.get_logger()


class StoreAway(Exception):  # noqa: N818 (a name for the situation)
    """The database cannot be written now: nothing is acknowledged, Telegram keeps the updates."""


class Ingest:
    """Takes batches of raw updates."""

    def __init__(
        self,
        store: Store,
        keys: Keyring,
        order: Order,
        sender: Sender,
        world: Callable[[], World],
        now: Callable[[], datetime],
        reception: Reception,
        *,
        free_answers: bool = False,
    ) -> None:
        self._store = store
        self._keys = keys
        self._order = order
        self._sender = sender
        self._world = world
        self._now = now
        self._reception = reception
        self._free_answers = free_answers
        self._covered = Covered()

    async def take(self, updates: Sequence[Any]) -> dict[int, Fields]:
        """Handles a batch; what a webhook's own answer may carry, by update id. Raises StoreAway.

        A batch that cannot be handled is taken apart, so that one update never costs the others theirs.
        """
        try:
            return await self._handle(updates)
        except Exception as fault:
            if isinstance(fault, STORE_FAULTS) and not refuses_values(fault):
                raise StoreAway(type(fault).__name__) from None
            log.error("batch_failed", size=len(updates), fault=type(fault).__name__)
            if len(updates) <= 1:
                metrics.POISONED.inc(len(updates))
                return {}
        spoken: dict[int, Fields] = {}
        for one in updates:
            spoken |= await self.take([one])
        return spoken

    async def _handle(self, updates: Sequence[Any]) -> dict[int, Fields]:
        started = time.perf_counter()
        parsed = [one for update in updates if (one := _parsed(update)) is not None]
        ids = [number for update in updates if (number := _number(update)) is not None]
        ledger = Ledger(self._keys, self._order, self._now(), free_answers=self._free_answers, covered=self._covered)
        async with self._store.write() as connection:
            new = await memory.first_seen(connection, ids, ledger.now)
            metrics.DUPLICATES.inc(len(ids) - len(new))
            todo = _once(parsed, new)
            people = {self._keys.chat(whose) for one in todo if (whose := _whose(one))}
            if people:
                ledger.visits = await memory.visits_of(connection, self._keys, people)
                ledger.locks = await locks.locks_of(connection, self._may_be_locked(todo, ledger, people))
            hand = self._reception.hand(connection, ledger, self._world())
            gone = await self._decide(todo, hand)
            await self._reception.departed(hand)
            await ledger.save(connection)
            await outbox.drop_all(connection, gone)
            await memory.forget(connection, gone)
        self._covered.add(ledger.covers, ledger.now)
        self._sender.accept(ledger)
        for chat in gone:
            self._sender.lines.drop(chat)
        metrics.BATCH_SECONDS.observe(time.perf_counter() - started)
        return ledger.spoken

    def _may_be_locked(self, todo: list[Parsed], ledger: Ledger, people: set[bytes]) -> set[bytes]:
        """Whose own word matters in this batch: everybody's but those who only tap about in their visit."""
        tapping = Counter(
            self._keys.chat(one.chat_id) for one in todo if isinstance(one, Incoming) and isinstance(one.event, Tapped)
        )
        events = Counter(self._keys.chat(one.chat_id) for one in todo if isinstance(one, Incoming))
        return {chat for chat in people if chat not in ledger.visits or events[chat] > 1 or not tapping[chat]}

    async def _decide(self, todo: list[Parsed], hand: Hand) -> set[bytes]:
        """Every update in turn; the chats that nothing can reach any more."""
        reception = self._reception
        gone: set[bytes] = set()
        for one in todo:
            metrics.UPDATES.labels(type(one).__name__.lower()).inc()
            match one:
                case Incoming():
                    await reception.take(hand, one)
                case Gone():
                    chat = self._keys.chat(one.chat_id)
                    hand.ledger.visits.pop(chat, None)
                    gone.add(chat)
                    await reception.unreachable(hand, [chat])
                case GroupTap():
                    await reception.tap(hand, one)
                case Upgraded():
                    await reception.upgraded(hand, one)
                case LeftGroup():
                    await reception.left_group(hand, one)
                case ShutOut():
                    reception.writes(hand, one.chat_id, allowed=False)
                case LetIn() if reception.house.belongs_in(one.chat_id):
                    reception.writes(hand, one.chat_id, allowed=True)
                case Elsewhere() | LetIn() if not reception.house.belongs_in(one.chat_id):
                    hand.ledger.leave_group(one.chat_id)
        return gone


def _whose(one: Parsed) -> int:
    """The private chat whose turn it is, 0 when it is nobody's. A tap in a group is shown in the person's own chat."""
    return one.chat_id if isinstance(one, Incoming) else one.person if isinstance(one, GroupTap) else 0


def _once(parsed: list[Parsed], new: set[int]) -> list[Parsed]:
    """Each new update once, in Telegram's order."""
    by_id = {one.update_id: one for one in parsed if one.update_id in new}
    return [by_id[number] for number in sorted(by_id)]


def _parsed(update: Any) -> Parsed | None:
    try:
        return parse(update)
    except Malformed:
        metrics.MALFORMED.inc()
        return None


def _number(update: Any) -> int | None:
    try:
        return update_id(update)
    except Malformed:
        return None


class Gathering:
    """Collects updates that arrive one by one within a few milliseconds into a batch (webhook)."""

    def __init__(self, ingest: Ingest, *, window: float = 0.004, size: int = 100) -> None:
        self._ingest = ingest
        self._window = window
        self._size = size
        self._waiting: list[tuple[Any, asyncio.Future[dict[int, Fields]]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def take(self, update: Any) -> dict[int, Fields]:
        """Handles one update together with its neighbours. Raises StoreAway."""
        answer: asyncio.Future[dict[int, Fields]] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, answer))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        await asyncio.sleep(self._window)
        while self._waiting:
            batch, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
            try:
                spoken = await self._ingest.take([update for update, _ in batch])
            except StoreAway as fault:
                for _, answer in batch:
                    if not answer.done():
                        answer.set_exception(StoreAway(str(fault)))
                continue
            for _, answer in batch:
                if not answer.done():
                    answer.set_result(spoken)
