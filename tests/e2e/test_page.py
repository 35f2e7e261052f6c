"""The sandbox page in a real Chromium with the real bot behind it, on a phone and on a desktop, in both languages.

Nothing leaves this machine, and an error in the browser's console fails the test.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from db.visit import Lang
from flows.cover.cards import cover
from flows.discretion import banned_words
from flows.neutral import shell
from tests.conftest import Hands
from tests.e2e.visits import EMERGENCY, HOME, KREMENCHUK, KYIV, SCREENS, ZHYTOMYR, Way, jump
from tests.e2e.window import DESKTOP, ON_THE_PAGE, PHONE, Size, Window, played

pytestmark = [*ON_THE_PAGE, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

ALL = [(PHONE, "uk"), (PHONE, "en"), (DESKTOP, "uk"), (DESKTOP, "en")]
NAMES = ["phone-uk", "phone-en", "desktop-uk", "desktop-en"]


async def assert_emergency(window: Window) -> None:
    """One tap from here stand the numbers."""
    await window.press_frame("emergency")
    assert "102" in await window.text()


async def assert_gone(window: Window) -> None:
    """The cover alone in the chat, and the panel says that nothing is held."""
    covered = str(cover(window.lang, window.at.app.knowledge.world()).text)
    assert await window.phone.locator("[data-message]").count() == 1
    assert await window.text() == covered
    assert [window.at.covered(one) for one in window.person.messages] == [True]
    await window.page.wait_for_selector(f"{window.role('holdings')}[data-state=nothing]", state="attached")


async def go_and_look(window: Window, way: Way) -> None:
    """Goes a way by the page; every screen on it fits the window and has the button to the numbers."""
    await window.fresh()
    for step in way[: len(HOME)]:
        await step(window)
    for step in way[len(HOME) :]:
        await step(window)
        assert await window.overflowing() == []
        assert window.word("frame.emergency") in await window.keys()


@pytest.mark.parametrize(("size", "lang"), ALL, ids=NAMES)
async def test_a_visitor_finds_help(
    opened: Browser, database_url: str, tmp_path: Path, clock: Hands, size: Size, lang: Lang
) -> None:
    """From /start to a service in Kyiv by lists, in Zhytomyr by its name, and in Kremenchuk to the card that says
    what exists and whom to ask; the numbers are one tap from every screen on the way."""
    assert len(KYIV) - len(HOME) <= 5
    assert len(ZHYTOMYR) - len(HOME) <= 3
    async with played(opened, database_url, tmp_path, clock, size, lang) as window:
        directory = window.at.app.knowledge.directory
        for way, slug in ((KYIV, "kyiv-daycentre-raiduzhna"), (ZHYTOMYR, "zhytomyr-daycentre")):
            service = directory.by_slug(slug)
            assert service is not None
            await go_and_look(window, way)
            assert service.name(lang) in await window.text()
            assert any(label.startswith(window.word("number.copy", number="")) for label in await window.keys())
        await go_and_look(window, KREMENCHUK)
        assert directory.phone("ua-1547") in await window.text()
        assert window.word("number.copy", number=directory.phone("ua-1547")) in await window.keys()
        await assert_emergency(window)


async def test_exit_from_every_screen(opened: Browser, database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Wherever one stands, on a phone in Ukrainian: everything fits, one tap, and the cover alone is left in the
    chat."""
    async with played(opened, database_url, tmp_path, clock, PHONE, "uk") as window:
        for name, way in SCREENS.items():
            await jump(window, way)
            assert await window.overflowing() == [], name
            await window.press_frame("exit")
            await assert_gone(window)


async def test_emergency_from_every_screen(opened: Browser, database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Wherever one stands, on a desktop in English: everything fits, and the numbers are one tap away (and on the
    emergency screens they are there)."""
    async with played(opened, database_url, tmp_path, clock, DESKTOP, "en") as window:
        for name, way in SCREENS.items():
            await jump(window, way)
            assert await window.overflowing() == [], name
            if way[: len(EMERGENCY)] != EMERGENCY:
                await assert_emergency(window)
            assert "112" in await window.text()


@pytest.mark.parametrize(("size", "lang"), [ALL[1], ALL[2]], ids=[NAMES[1], NAMES[2]])
async def test_what_others_see(
    opened: Browser, database_url: str, tmp_path: Path, clock: Hands, size: Size, lang: Lang
) -> None:
    """The lock screen and the chat list show neutral words only; while the visit lasts the panel says what is held."""
    async with played(opened, database_url, tmp_path, clock, size, lang) as window:
        for way in (SCREENS["keyboard"], SCREENS["card"], EMERGENCY):
            await jump(window, way)
            line = await window.beside("chat-list").inner_text() if size == DESKTOP else ""
            assert banned_words(line) == ()
            await window.page.wait_for_selector(f"{window.role('holdings')}[data-state=held]", state="attached")
        await window.press_frame("exit")
        await window.show("lock")
        seen = await window.beside("lock-screen").locator(".notification-text").all_inner_texts()
        assert set(seen) == {shell("uk"), window.word("share.carrier")}  # a visit begins in Ukrainian
        assert await window.beside("lock-screen").is_visible()
        await window.show("chat")
        await assert_gone(window)


async def test_by_keyboard_alone(opened: Browser, database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Tab and Enter are enough: in, to the numbers, to a service by its place's name, and out."""
    async with played(opened, database_url, tmp_path, clock, DESKTOP, "uk") as window:
        field = window.phone.locator("[data-role=input]")
        await window.enter(window.phone.locator("[data-role=start]"))
        for key in ("lang.uk", "hello.on", "frame.emergency", "frame.home"):
            await window.enter(window.key(window.word(key)))
        await window.tab_to(field)
        await window.page.keyboard.type("Житомир")
        await window.enter(field)
        await window.enter(window.key(window.word("need.day")), backwards=True)
        assert "Житомир" in await window.text()
        await window.enter(window.key(window.word("frame.exit")))
        await assert_gone(window)
