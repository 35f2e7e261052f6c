"""The location keyboard comes once, goes with the next step, and the point that was shared goes too."""

from pathlib import Path

from tests.conftest import Hands
from tests.stage import stage


async def test_asked_twice_it_comes_once(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A trembling finger on "share": one keyboard, and the next step takes it away."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.press(anna, "Так, можна читати")
        await at.press(anna, "Що є поруч")
        await at.press(anna, "Поділитися місцем")
        anna.press("Так, поділитися")
        anna.press("Так, поділитися")
        await at.settled()
        assert len(anna.bot_messages) == 2
        assert anna.reply_keyboard == [["Надіслати місце"], ["Не зараз"]]
        anna.press("Меню")
        await at.settled()
        assert len(anna.messages) == 1


async def test_a_shared_point_is_answered_and_deleted(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The answer names the nearest place; the point and its keyboard are gone from the chat."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.press(anna, "Так, можна читати")
        await at.press(anna, "Що є поруч")
        await at.press(anna, "Поділитися місцем")
        anna.press("Так, поділитися")
        await at.settled()
        anna.location = (50.2547, 28.6587)
        anna.press("Надіслати місце")
        await at.settled()
        (only,) = anna.messages
        assert "Житомир" in only.text
        assert anna.reply_keyboard is None
