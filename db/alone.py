"""One process per database: two would send everything twice."""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from sqlalchemy import text

from db.store import Store

_ADVISORY = 0x5374657A686B61  # "Stezhka": PostgreSQL's advisory locks are known by a number


class AlreadyRunning(Exception):  # noqa: N818 (a name for the situation)
    """Another process works with this database; the message says how to find it."""


def alone(store: Store, database_file: Path | None) -> AbstractAsyncContextManager[None]:
    """Holds the right to be the one process. Raises AlreadyRunning. Given up with the process, however it ends."""
    return _file(database_file) if database_file else _advisory(store)


@asynccontextmanager
async def _file(database_file: Path) -> AsyncIterator[None]:
    path = database_file.with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            other = lock.read().strip() or "?"
            raise AlreadyRunning(f"{database_file}: another Stezhka (process {other}) works with it") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@asynccontextmanager
async def _advisory(store: Store) -> AsyncIterator[None]:
    async with store.engine.connect() as connection:
        query = text("SELECT pg_try_advisory_lock(:name)")
        if not (await connection.execute(query, {"name": _ADVISORY})).scalar():
            raise AlreadyRunning("DATABASE_URL: another Stezhka works with this database")
        await connection.commit()
        try:
            yield
        finally:
            await connection.execute(text("SELECT pg_advisory_unlock(:name)"), {"name": _ADVISORY})
            await connection.commit()
