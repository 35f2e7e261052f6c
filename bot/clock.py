"""The clock: ticks only. What a tick does is a short method of its own; none of them ever sends a new message."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import turns
from bot.desk.reception import Reception
from bot.desk.watch import Watch
from bot.knowledge import Knowledge
from bot.ledger import Ledger
from bot.sender import Sender
from db import locks, memory, outbox
from db.desk import purge as desk_purge
from db.outbox import Order
from db.sealing import Keyring
from db.store import Store

log = structlog.get_logger()

FADE_SECONDS = 5
FADE_AT_ONCE = 200  # calls that may wait: what Telegram takes until the next tick, however many visits expire at once
FADE_CALLS = 2  # of one visit: its cover and its wipe
PURGE_SECONDS = 300
DRY_SECONDS = 2
REFRESH_SECONDS = 3
DESK_SECONDS = 3


class Clock:
    """Fades idle visits, purges what has outlived its use, empties the WAL after exits, renews the directory."""

    def __init__(
        self,
        store: Store,
        keys: Keyring,
        order: Order,
        sender: Sender,
        knowledge: Knowledge,
        now: Callable[[], datetime],
        idle: timedelta,
        reception: Reception,
    ) -> None:
        self._store = store
        self._keys = keys
        self._order = order
        self._sender = sender
        self._knowledge = knowledge
        self._now = now
        self._idle = idle
        self._reception = reception
        self._watch = Watch()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._under_way: set[asyncio.Future[None]] = set()

    def start(self) -> None:
        """Begins to tick."""
        for tick, seconds in (
            (self.fade, FADE_SECONDS),
            (self.purge, PURGE_SECONDS),
            (self.dry, DRY_SECONDS),
            (self.renew, REFRESH_SECONDS),
            (self.desk, DESK_SECONDS),
        ):
            job = self._to_its_end(guarded(tick))
            self._scheduler.add_job(
                job, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=seconds
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Ticks no more; what ticks now comes to its end. A scheduler's own way is to cancel it, and a task cancelled
        inside a statement leaves a connection to SQLite whose closing never returns: the process would not end."""
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
            while self._under_way:
                await asyncio.wait(self._under_way)
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # a loop's turn later it does not run any more

    def _to_its_end(self, tick: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            task = asyncio.ensure_future(tick())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await task

        return run

    async def fade(self) -> int:
        """Visits without activity: covered, wiped, forgotten. How many."""
        room = (FADE_AT_ONCE - self._sender.lines.waiting) // FADE_CALLS
        if room <= 0:
            return 0
        ledger = Ledger(self._keys, self._order, self._now())
        world = self._knowledge.world()
        async with self._store.write() as connection:
            idle = await memory.idle_visits(connection, self._keys, ledger.now - self._idle, room)
            for visit in idle.values():
                turns.leave_quietly(visit, ledger, world)
            if idle:
                await self._reception.departed(self._reception.hand(connection, ledger, world))
                await ledger.save(connection)
        self._sender.accept(ledger)
        return len(idle)

    async def purge(self) -> None:
        """What has outlived its use goes, and with it the keys of past days."""
        now = self._now()
        async with self._store.write() as connection:
            await memory.purge(connection, now)
            await locks.purge(connection, now)
            await outbox.expire(connection, now)
            await desk_purge.purge(connection, self._keys, now)
        self._keys.destroy_old(now)

    async def dry(self) -> None:
        """Soon after an exit, the WAL: what was deleted must not stay in it. Where that fails, or something that reads
        is in the way, the next tick tries again."""
        if not self._sender.exits_settled:
            return
        self._sender.exits_settled = False  # an exit that ends from here on is for the next tick
        emptied = False
        try:
            emptied = await self._store.truncate_wal()
        finally:
            self._sender.exits_settled |= not emptied

    async def renew(self) -> None:
        """The directory, when a coordinator changed it; desks and staff, when a supervisor did."""
        await self._knowledge.refresh()
        async with self._store.read() as connection:
            await self._reception.house.refresh(connection)

    async def desk(self) -> None:
        """What time brings about at the desks."""
        house = self._reception.house
        if not house.desks:
            return
        house.stirred |= self._sender.announced()
        house.groups.heard |= self._sender.groups()
        ledger = Ledger(self._keys, self._order, self._now())
        async with self._store.write() as connection:
            await self._watch.tick(self._reception.hand(connection, ledger, self._knowledge.world()))
            await ledger.save(connection)
        self._sender.accept(ledger)


def guarded(tick: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """A tick that fails is logged and comes again; it never ends the clock."""

    async def run() -> None:
        try:
            await tick()
        except Exception as fault:
            log.error("tick_failed", tick=getattr(tick, "__name__", "?"), fault=type(fault).__name__)

    return run
