"""A whole conversation on the sandbox page in a real Chromium: everybody's phone, by hand, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from db.visit import Lang
from tests.conftest import Hands
from tests.e2e.desk_play import STEPS, staffed
from tests.e2e.window import DESKTOP, ON_THE_PAGE, PHONE, Size, played

pytestmark = [*ON_THE_PAGE, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.mark.parametrize(("size", "lang"), [(DESKTOP, "uk"), (PHONE, "en")], ids=["desktop-uk", "phone-en"])
async def test_a_conversation_by_hand(
    opened: Browser, database_url: str, tmp_path: Path, clock: Hands, size: Size, lang: Lang
) -> None:
    """Asked for, taken in the group, talked both ways, edited, parked, handed over, urgent, ended by a supervisor; then
    a mobile team. Every screen fits, the group never holds a word of it, no lock screen shows one, and at the end
    every chat is clean."""
    async with played(opened, database_url, tmp_path, clock, size, lang) as window:
        said = ("Він забрав", "Добре, що ви") if lang == "uk" else ("He took", "It is good that you")
        group_texts: set[str] = set()

        async def look(name: str) -> None:
            assert await window.overflowing() == [], name
            group_texts.update(message.text for message in play.group.messages)

        play = await staffed(window, look)
        for step in STEPS:
            await step(play)
        assert not [text for text in group_texts if any(words in text for words in said)]
        for person in (play.first, play.second, play.chief):
            assert not [message.text for message in person.messages if any(words in message.text for words in said)]
            assert not [note.preview for note in person.lock_screen if any(words in note.preview for words in said)]
        assert said[0] not in " ".join(message.text for message in window.person.messages)
