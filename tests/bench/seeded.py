"""A database with visitors in it, written beforehand: so many that letting them all arrive would take the bench's
whole time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db import memory, migrations
from db.memory import Trace
from db.sealing import Keyring
from db.store import open_store
from db.visit import Visit
from tests.bench.throttled import LIVE

SECRET = "bench-bench-bench-bench-bench-bench"
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Visitors:
    """So many chats from `first` on, last seen so long ago, each with so many messages besides the live one."""

    first: int
    count: int
    idle: timedelta = timedelta(0)
    messages: int = 0


def seed(folder: Path, groups: Iterable[Visitors]) -> None:
    """Makes the database of a bot that runs in `folder`."""
    asyncio.run(_seed(folder, groups))


async def _seed(folder: Path, groups: Iterable[Visitors]) -> None:
    url = f"sqlite+aiosqlite:///{folder}/stezhka.db"
    await migrations.upgrade(url)
    store, keys = open_store(url), Keyring(SECRET.encode(), folder / "var" / "keys")
    now = datetime.now(UTC)
    for group in groups:
        for start in range(0, group.count, AT_ONCE):
            chats = range(group.first + start, group.first + min(start + AT_ONCE, group.count))
            seen = now - group.idle - timedelta(milliseconds=start)
            visits = {keys.chat(chat): Visit(chat, chat, live=LIVE) for chat in chats}
            traces = [
                Trace(chat, LIVE + 1 + number, now - group.idle) for chat in chats for number in range(group.messages)
            ]
            async with store.write() as connection:
                await memory.keep_visits(connection, keys, visits, seen)
                await memory.add_traces(connection, keys, traces)
    await store.close()
