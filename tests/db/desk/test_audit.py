"""The audit says what was done, and shows when somebody changed what it says."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.desk import audit
from db.sealing import Keyring
from db.store import Store, open_store
from tests.conftest import Hands


async def written(store: Store, keys: Keyring, clock: Hands, count: int = 5) -> None:
    async with store.write() as connection:
        for number in range(count):
            await audit.write(connection, keys, number % 3, "take", clock(), f"🥝 Kivi {number}")
            clock.move(seconds=1.2345)


async def test_an_untouched_chain_holds(store: Store, keys: Keyring, clock: Hands) -> None:
    """Rows come back in order, by operator and by case; an empty chain holds too."""
    async with store.write() as connection:
        assert await audit.verify(connection, keys, clock()) is None
    await written(store, keys, clock)
    async with store.read() as connection:
        assert await audit.verify(connection, keys, clock()) is None
        assert [one.code for one in await audit.show(connection, last=2)] == ["🥝 Kivi 3", "🥝 Kivi 4"]
        assert [one.id for one in await audit.show(connection, actor=0)] == [1, 4]
        assert [one.id for one in await audit.show(connection, code="🥝 Kivi 2")] == [3]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE audit SET actor = 9 WHERE id = 3", 3),
        ("UPDATE audit SET action = 'close' WHERE id = 1", 1),
        ("UPDATE audit SET at = at + 1 WHERE id = 5", 5),
        ("DELETE FROM audit WHERE id = 3", 4),
        ("DELETE FROM audit WHERE id = 1", 2),
        ("DELETE FROM audit WHERE id < 4", 4),
    ],
)
async def test_a_change_shows(store: Store, keys: Keyring, clock: Hands, change: str, broken: int) -> None:
    """A row changed or taken out, anywhere, also at the beginning."""
    await written(store, keys, clock)
    async with store.write() as connection:
        await connection.execute(text(change))
        assert await audit.verify(connection, keys, clock()) == broken


async def test_the_chain_cannot_be_made_anew_without_the_secret(
    store: Store, keys: Keyring, clock: Hands, tmp_path: Path
) -> None:
    """Whoever has only the database and this program writes rows that do not hold."""
    await written(store, keys, clock, 2)
    stranger = Keyring(b"another-secret-another-secret-another", tmp_path / "other")
    async with store.write() as connection:
        await audit.write(connection, stranger, 1, "close", clock())
        assert await audit.verify(connection, keys, clock()) == 3


async def test_a_year_later(store: Store, keys: Keyring, clock: Hands) -> None:
    """Old rows go but one, on which the chain hangs; it still holds, and still shows what is taken out."""
    await written(store, keys, clock, 4)
    clock.move(days=360)
    await written(store, keys, clock, 3)
    clock.move(days=10)
    async with store.write() as connection:
        await audit.purge(connection, clock())
        assert [one.id for one in await audit.show(connection)] == [4, 5, 6, 7]
        assert await audit.verify(connection, keys, clock()) is None
        await connection.execute(text("DELETE FROM audit WHERE id = 4"))
        assert await audit.verify(connection, keys, clock()) == 5
        await audit.purge(connection, clock() + timedelta(days=400))
        assert [one.id for one in await audit.show(connection)] == [7]


async def test_two_writers_make_one_chain(database_url: str, store: Store, keys: Keyring, clock: Hands) -> None:
    """The bot and a command write at the same time: no row is lost, the chain holds."""
    other = open_store(database_url)

    async def some(one: Store, actor: int) -> None:
        for _ in range(20):
            async with one.write() as connection:
                await audit.write(connection, keys, actor, "take", clock())

    await asyncio.gather(some(store, 1), some(other, 2))
    await other.close()
    async with store.read() as connection:
        assert await audit.verify(connection, keys, clock()) is None
        assert len(await audit.show(connection, last=100)) == 40
