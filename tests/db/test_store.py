"""What cannot be taken back waits for the commit."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store import BUSY_SECONDS, Store, after_commit


async def test_what_is_put_off_is_done_after_the_commit_only(store: Store) -> None:
    """Not before, not after a rollback, and not again in the next transaction."""
    done: list[str] = []
    async with store.write() as connection:
        after_commit(connection, lambda: done.append("first"))
        assert done == []
    assert done == ["first"]

    async def fail() -> None:
        async with store.write() as connection:
            after_commit(connection, lambda: done.append("lost"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with store.write():
        pass
    assert done == ["first"]


async def test_a_commit_is_a_commit_whatever_comes_after_it(store: Store) -> None:
    """A key that cannot be removed now does not make the caller do everything again; what follows is still done."""
    done: list[str] = []

    def fail() -> None:
        raise OSError

    async with store.write() as connection:
        after_commit(connection, fail)
        after_commit(connection, lambda: done.append("second"))
    assert done == ["second"]


async def test_what_fails_leaves_nobody_impatient(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Emptying the WAL waits for readers a fifth of a second only. Where that raises, the connection goes back to its
    pool as patient with an import as before."""
    if not store.embedded:
        assert await store.truncate_wal()
        return

    async def full(*_: object) -> None:
        raise OperationalError("PRAGMA", {}, Exception("disk full"))

    with monkeypatch.context() as patch:
        patch.setattr(AsyncConnection, "scalar", full)
        with pytest.raises(OperationalError):
            await store.truncate_wal()
    async with store.read() as one, store.read() as other, store.read() as third:
        told = [await connection.scalar(text("PRAGMA busy_timeout")) for connection in (one, other, third)]
    assert told == [BUSY_SECONDS * 1000] * 3
