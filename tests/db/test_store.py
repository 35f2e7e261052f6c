"""What cannot be taken back waits for the commit."""

import pytest

from db.store import Store, after_commit


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
