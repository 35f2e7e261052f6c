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
