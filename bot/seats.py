"""Which messages a visit has: stored for many chats in one write, right after Telegram has given them ids.

A first message is a neutral shell; only when its id is stored is the content edited in. Storing each id in a
transaction of its own would cost more than everything else a first message takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from db import memory, outbox
from db.memory import Trace
from db.outbox import Row
from db.sealing import Keyring
from db.store import Store
from db.visit import Visit

WINDOW = 0.005  # seconds in which ids are gathered for one write


@dataclass(frozen=True, slots=True)
class Change:
    """For one visit: the new live message or carrier. `instead_of` is the live message it must still have (0: none);
    with another one the change is not made: a tap on an older screen has made that one live meanwhile."""

    chat: bytes
    generation: int
    live: int | None = None
    carrier: int | None = None
    instead_of: int | None = None


class Seats:
    """Stores changes together. Raises what the store raises, to each who waits."""

    def __init__(self, store: Store, keys: Keyring, now: Callable[[], datetime]) -> None:
        self._store = store
        self._keys = keys
        self._now = now
        self._writing = asyncio.Lock()
        self._waiting: list[tuple[Change, asyncio.Future[int | None]]] = []

    async def take(self, change: Change) -> int | None:
        """Stores one change, together with its neighbours. The visit's live message after them (0: it has none);
        None when the visit has ended meanwhile."""
        stored: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, stored))
        async with self._writing:
            if not stored.done():
                await asyncio.sleep(WINDOW)
                together, self._waiting = self._waiting, []
                await self._write(together)
        return stored.result()

    async def pin(self, row: Row, message_id: int) -> bool:
        """Stores where an announcement stands: with the visit if it still lives, and with the chat in any case, so
        that an exit finds it. False when an exit has taken the row away meanwhile."""
        now = self._now()
        async with self._store.write() as connection:
            if not await outbox.holds(connection, row):
                return False
            visit = (await memory.visits_of(connection, self._keys, [row.chat])).get(row.chat)
            if visit is not None and visit.generation == row.generation:
                await memory.reseat_visits(connection, self._keys, {row.chat: visit.but(notice=message_id)}, now)
            trace = Trace(row.payload["chat_id"], message_id, now, notice=True)
            await memory.add_traces(connection, self._keys, [trace])
        return True

    async def _write(self, together: list[tuple[Change, asyncio.Future[int | None]]]) -> None:
        try:
            live = await self._store_all([change for change, _ in together])
        except Exception as fault:
            for _, stored in together:
                stored.set_exception(fault)
            return
        for change, stored in together:
            stored.set_result(live.get((change.chat, change.generation)))

    async def _store_all(self, changes: list[Change]) -> dict[tuple[bytes, int], int]:
        """One transaction; the live messages of the visits that were still there."""
        now = self._now()
        seated: dict[bytes, Visit] = {}
        traces: list[Trace] = []
        live: dict[tuple[bytes, int], int] = {}
        async with self._store.write() as connection:
            visits = await memory.visits_of(connection, self._keys, {change.chat for change in changes})
            for change in changes:
                visit = seated.get(change.chat) or visits.get(change.chat)
                if visit is None or visit.generation != change.generation:
                    continue
                if change.instead_of is None or visit.live == change.instead_of:
                    visit = seated[change.chat] = _seated(visit, change)
                live[change.chat, change.generation] = visit.live
                if change.carrier:
                    traces.append(Trace(visit.chat_id, change.carrier, now))
            await memory.reseat_visits(connection, self._keys, seated, now)
            await memory.add_traces(connection, self._keys, traces)
        return live


def _seated(visit: Visit, change: Change) -> Visit:
    if change.live is not None:
        visit = visit.but(live=change.live)
    return visit if change.carrier is None else visit.but(carrier=change.carrier)
