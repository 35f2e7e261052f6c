"""SQLite by one trip to its thread for a statement.

SQLAlchemy asks aiosqlite four times for each: make a cursor, execute, fetch all, close. Every time the loop wakes
SQLite's thread and is woken by it, and both want the interpreter's lock; for statements that take a tenth of a
millisecond that was most of the time. Here all four are done in one go, and a transaction in which nothing was written
is not committed, for SQLite has none then.

What is called of aiosqlite beginning with an underscore is called by SQLAlchemy too; both are pinned.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)

Rows = deque[Any]


class Answer:
    """What is left of a cursor when its rows are fetched and it is closed."""

    def __init__(self, cursor: sqlite3.Cursor | None = None) -> None:
        self.description = cursor.description if cursor else None
        self.rowcount = cursor.rowcount if cursor else -1
        self.lastrowid = cursor.lastrowid if cursor else None
        self.arraysize = 1

    def close(self) -> None:
        """It is closed."""


def _done(call: Callable[[str, Any], sqlite3.Cursor], statement: str, parameters: Any) -> tuple[Answer, Rows]:
    """In SQLite's thread: a statement and all its rows."""
    cursor = call(statement, parameters)
    rows = deque(cursor.fetchall()) if cursor.description else deque()
    answer = Answer(cursor)  # of what a statement changes and returns, all is counted when it is fetched
    cursor.close()
    return answer, rows


class Cursor(AsyncAdapt_aiosqlite_cursor):
    """Made without a word to SQLite."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def _make_new_cursor(self, connection: Any) -> Any:
        return Answer()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        call = self._connection._conn.execute
        self._cursor, self._rows = await self._trip(call, operation, () if parameters is None else parameters)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Sequence[Any]) -> None:
        call = self._connection._conn.executemany
        self._cursor, self._rows = await self._trip(call, operation, seq_of_parameters)

    async def _trip(self, call: Callable[..., sqlite3.Cursor], statement: str, parameters: Any) -> tuple[Any, Rows]:
        async with self._adapt_connection._execute_mutex:
            found: tuple[Any, Rows] = await self._connection._execute(_done, call, statement, parameters)
            return found


class Connection(AsyncAdapt_aiosqlite_connection):
    """Commits and rolls back what there is. Of a statement that nobody waits for any more SQLAlchemy closes the whole
    connection, so what is asked here is never out of date."""

    __slots__ = ()
    _cursor_cls = Cursor

    def commit(self) -> None:
        """A trip and a sync to the disk, if anything was written."""
        if self._begun():
            super().commit()

    def rollback(self) -> None:
        """The same."""
        if self._begun():
            super().rollback()

    def _begun(self) -> bool:
        return bool(self._connection._connection and self._connection.in_transaction)


class OneTrip(AsyncAdapt_aiosqlite_dbapi):
    """The driver, for `create_async_engine(module=…)`."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *args: Any, **options: Any) -> Connection:
        """A connection with a thread of its own."""
        return Connection(self, super().connect(*args, **options)._connection)
