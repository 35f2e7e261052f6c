"""A first visit, from /start to an exit, over real HTTP on both databases."""

from pathlib import Path

from tests.conftest import Hands
from tests.stage import stage


async def test_a_visitor_starts_looks_around_and_vanishes(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """One live message all the way; after exit one neutral line in the chat and nothing in the database."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person(name="Зразок")
        await at.arrive(anna)
        anna.press("Вихід")
        await at.settled()
        assert len(anna.messages) == 1
        assert at.covered(at.live(anna))
        assert sum((await at.held(anna)).values()) == 0
