"""One process per database."""

from pathlib import Path

import pytest

from db.alone import AlreadyRunning, alone
from db.store import Store, open_store


async def test_a_second_process_is_told_so(store: Store, database_url: str, tmp_path: Path) -> None:
    """While one works the next is refused in one line; afterwards it may."""
    file = tmp_path / "stezhka.db" if store.embedded else None
    other = open_store(database_url)
    async with alone(store, file):
        with pytest.raises(AlreadyRunning, match="another Stezhka"):
            async with alone(other, file):
                pytest.fail("two at once")
    async with alone(other, file):
        pass
    await other.close()
