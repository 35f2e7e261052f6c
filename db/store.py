"""The database: one engine, one writer.

SQLite is the embedded default, PostgreSQL the way to more than one machine; the schema and the queries are
the same. Writers go one by one (`write`), because SQLite has one writer anyway and because a visit is read,
decided upon and saved in one breath: nobody may slip in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import structlog
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from db.one_trip import OneTrip

log = structlog.get_logger()

READERS = 2
BUSY_SECONDS = 10  # how long a writer waits for another process (an import) before it gives up
READER_SECONDS = 0.2  # how long emptying the WAL waits for whoever reads; all who write wait with it


def _patience(seconds: float) -> str:
    return f"busy_timeout={round(seconds * 1000)}"


# secure_delete: freed bytes are overwritten. FULL: a commit is on the disk before Telegram hears of it.
_PRAGMAS = (
    "journal_mode=WAL",
    "secure_delete=ON",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    _patience(BUSY_SECONDS),
)

# Whatever a database that is locked, full, restarting or gone may raise.
STORE_FAULTS = (DBAPIError, PoolTimeout, OSError)
# SQLSTATE classes of values that will never be taken: bad data, broken constraint, wrong statement. asyncpg's
# errors come without a kind of their own (a full disk and a bad number are both plain DBAPIError).
_NEVER = ("22", "23", "42")


_AFTER = "after the commit"


def after_commit(connection: AsyncConnection, act: Callable[[], object]) -> None:
    """Puts off what cannot be taken back (destroying a key) until the transaction of `Store.write` is committed;
    never done when it is rolled back."""
    connection.info[_AFTER].append(act)


def refuses_values(fault: BaseException) -> bool:
    """Whether the database refused what was to be written, so that another try cannot help."""
    if isinstance(fault, DataError | IntegrityError | ProgrammingError):
        return True
    return isinstance(fault, DBAPIError) and str(getattr(fault.orig, "sqlstate", None) or "").startswith(_NEVER)


class Store:
    """An open database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._writer = asyncio.Lock()

    @property
    def embedded(self) -> bool:
        """Whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, one at a time: committed at the end, rolled back when anything is raised. What was put off
        with `after_commit` is done before the next writer comes."""
        async with self._writer:
            put_off: list[Callable[[], object]] = []
            async with self.engine.begin() as connection:
                connection.info[_AFTER] = put_off
                yield connection
            for act in put_off:
                try:
                    act()
                except OSError as fault:  # it is committed, and whoever waits must not take it for undone
                    log.error("after_commit_failed", fault=type(fault).__name__)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with."""
        async with self.engine.connect() as connection:
            yield connection

    async def truncate_wal(self) -> bool:
        """Moves what was committed into the main file and empties the WAL, so that no old page stays in it. Whether
        that is done: whoever reads an older state keeps the WAL from being emptied."""
        if not self.embedded:
            return True
        async with self.engine.connect() as connection:  # most of the copying, beside whoever writes meanwhile
            await connection.execute(text("PRAGMA wal_checkpoint(PASSIVE)"))
        async with self._writer, self.engine.connect() as connection:
            await connection.execute(text(f"PRAGMA {_patience(READER_SECONDS)}"))
            try:
                busy = await connection.scalar(text("PRAGMA wal_checkpoint(TRUNCATE)"))  # the first of its figures
            finally:  # the connection goes back to those who wait longer
                await connection.execute(text(f"PRAGMA {_patience(BUSY_SECONDS)}"))
        return not busy

    async def close(self) -> None:
        """Closes every connection. Safe to call twice."""
        await self.engine.dispose()


def open_store(url: str) -> Store:
    """The database at `url`; the folder of an SQLite file is made when missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Store(create_async_engine(parsed, json_deserializer=orjson.loads))
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # A transaction always ends in `begin`, so nothing is reset; one connection writes, the others read. Each has
    # a thread and a page cache of its own, so there are few, and they stay open.
    engine = create_async_engine(
        parsed,
        module=OneTrip(),
        pool_reset_on_return=None,
        pool_size=READERS + 1,
        max_overflow=0,
        json_deserializer=orjson.loads,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return Store(engine)
