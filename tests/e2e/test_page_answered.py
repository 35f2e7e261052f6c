"""An operator's answer on a real page: what the lock screen, the chat list and, after exit, the chat give away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from db.visit import Lang
from flows.discretion import banned_words
from flows.neutral import shell
from tests.conftest import Hands
from tests.e2e.answered import whole_visit
from tests.e2e.test_page import assert_gone
from tests.e2e.window import DESKTOP, ON_THE_PAGE, PHONE, Size, played

pytestmark = [*ON_THE_PAGE, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.mark.parametrize(("size", "lang"), [(PHONE, "uk"), (PHONE, "en"), (DESKTOP, "uk"), (DESKTOP, "en")])
async def test_a_visit_with_an_answer_gives_nothing_away(
    opened: Browser, database_url: str, tmp_path: Path, clock: Hands, size: Size, lang: Lang
) -> None:
    """At every stage the lock screen shows fixed neutral lines only and the chat list no telling word; after exit the
    chat holds the cover alone, and nothing is held about the chat."""
    async with played(opened, database_url, tmp_path, clock, size, lang) as window:
        lines = {shell("uk"), shell(lang), window.word("announce.text")}
        stages = []

        async def look(stage: str) -> None:
            stages.append(stage)
            seen = set(await window.beside("lock-screen").locator(".notification-text").all_text_contents())
            assert seen <= lines, stage
            assert banned_words(" ".join(await window.beside("chat-list").all_text_contents())) == (), stage
            assert await window.overflowing() == []

        await whole_visit(window, look)
        assert stages == ["card", "announced", "opened", "announced-again", "gone"]
        assert window.word("announce.text") in [one.preview for one in window.person.lock_screen]
        await assert_gone(window)
