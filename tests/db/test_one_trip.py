"""SQLite is asked once for a statement, and answers as it always did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.store import Store, open_store

# Takes SQLite about a second, in its own thread.
SLOW = """
INSERT INTO words (word) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500000)
SELECT 'slow ' || max(i) FROM n
"""


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A file with one table."""
    opened = open_store(f"sqlite+aiosqlite:///{tmp_path / 'words.db'}")
    async with opened.write() as connection:
        await connection.execute(text("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
    yield opened
    await opened.close()


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of SQLite's thread, in order."""
    asked: list[str] = []
    ask: Any = aiosqlite.Connection._execute

    async def noted(self: aiosqlite.Connection, call: Any, *args: Any) -> Any:
        asked.append(str(args[1]) if len(args) > 1 else getattr(call, "__name__", ""))
        return await ask(self, call, *args)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", noted)
    return asked


async def words(store: Store) -> list[str]:
    """What the table holds."""
    async with store.read() as connection:
        return [*(await connection.scalars(text("SELECT word FROM words ORDER BY id")))]


async def test_a_statement_is_one_trip_and_reading_needs_no_other(store: Store, trips: list[str]) -> None:
    """Two statements and the commit are three trips; what is only read is not committed."""
    async with store.write() as connection:
        await connection.execute(text("INSERT INTO words (word) VALUES ('a')"))
        await connection.execute(text("INSERT INTO words (word) VALUES ('b')"))
    assert len(trips) == 3
    assert trips[-1] == "commit"
    trips.clear()
    assert await words(store) == ["a", "b"]
    assert len(trips) == 1


async def test_the_answer_is_whole(store: Store) -> None:
    """Rows, how many were changed, what was returned, the new id, names of columns; of many at once too."""
    async with store.write() as connection:
        made = await connection.execute(text("INSERT INTO words (word) VALUES ('a')"))
        assert made.lastrowid == 1
        await connection.execute(text("INSERT INTO words (word) VALUES (:word)"), [{"word": "b"}, {"word": "c"}])
        changed = await connection.execute(text("UPDATE words SET word = word || '!' WHERE id > 1"))
        assert changed.rowcount == 2
        back = await connection.execute(text("DELETE FROM words WHERE id = 3 RETURNING id, word"))
        assert [*back.keys()] == ["id", "word"]
        assert back.all() == [(3, "c!")]
    assert await words(store) == ["a", "b!"]


async def test_a_refused_statement_undoes_its_transaction(store: Store) -> None:
    """What SQLite refuses is raised as ever, and what went before it in the transaction is gone."""

    async def twice() -> None:
        async with store.write() as connection:
            for _ in range(2):
                await connection.execute(text("INSERT INTO words (word) VALUES ('twice')"))

    with pytest.raises(IntegrityError):
        await twice()
    assert await words(store) == []


async def test_who_gives_up_waiting_leaves_nothing_behind(store: Store) -> None:
    """A statement that is still being done when its task is cancelled is not in the next transaction either."""

    async def write() -> None:
        async with store.write() as connection:
            await connection.execute(text(SLOW))

    task = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.write() as connection:
        await connection.execute(text("INSERT INTO words (word) VALUES ('after')"))
    assert await words(store) == ["after"]
