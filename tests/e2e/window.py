"""The sandbox page in a real browser: what a person with a mouse, a finger or a keyboard can do there, and see."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.app import held_about
from bot.sandbox.group import Group
from bot.sandbox.people import Person
from db.visit import LANGS, Lang
from tests.conftest import Hands
from tests.e2e.handset import Handset, overflowing
from tests.stage import Stage, stage

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")  # as in tests/browser.sh
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
# Tests of the page: one browser for those of a file, so they share its event loop.
ON_THE_PAGE = [pytest.mark.chromium, pytest.mark.asyncio(loop_scope="module")]
PHONE, DESKTOP = (390, 844), (1280, 900)
Size = tuple[int, int]
LOCALES = {"uk": "uk-UA", "en": "en-GB"}
# What the page shows of a chat, as [message id, words without spaces].
_SHOWN = """chat => [...document.querySelectorAll(`[data-role=phone][data-chat="${chat}"] [data-message]`)].map(
    node => [Number(node.dataset.message), node.querySelector("[data-role=text]").textContent.replace(/\\s/g, "")])"""
_SHOWS = f"([chat, wanted]) => JSON.stringify(({_SHOWN})(chat)) === wanted"


class Window(Handset):
    """One page with one person's phone in it. What goes wrong in the browser is gathered in `faults`."""

    def __init__(self, page: Page, at: Stage, person: Person, lang: Lang) -> None:
        super().__init__(page, person.chat_id, person.chat_id)
        self.at = at
        self.person = person
        self.lang = lang
        self.words = at.app.knowledge.world().speak(lang)
        self.faults: list[str] = []
        page.on("console", lambda said: said.type in ("error", "warning") and self.faults.append(said.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        page.on("request", lambda request: self._on_this_machine(request.url))
        page.on("response", lambda answer: answer.ok or self.faults.append(f"{answer.status}: {answer.url}"))

    def _on_this_machine(self, url: str) -> None:
        if not url.startswith((f"{self.at.sandbox.url}/", "data:")):
            self.faults.append(f"left this machine: {url}")

    def handset(self, person: Person, group: Group | None = None) -> Handset:
        """Another phone on the same page: a person's own chat, or the group as they see it."""
        return Handset(self.page, person.chat_id, group.chat_id if group else person.chat_id)

    def word(self, key: str, **params: object) -> str:
        """The bot's words in the person's language."""
        return str(self.words.label(key, **params))

    # --- doing ---

    async def look(self) -> None:
        """Opens the page."""
        await self.page.goto(f"{self.at.sandbox.url}/#lang={self.lang}")
        await self.phone.wait_for()
        await self.answered()

    async def start(self) -> None:
        """The page's own start button in an empty chat."""
        async with self._order():
            await self.phone.locator("[data-role=start]").click()

    async def press(self, label: str) -> None:
        """Taps a button and waits until the page shows the answer."""
        async with self._order():
            await self.key(label).click()

    async def press_frame(self, name: str) -> None:
        """A button every screen has, in whatever language this screen is: the first is Ukrainian for everybody."""
        world = self.at.app.knowledge.world()
        keys = await self.keys()
        await self.press(next(word for lang in LANGS if (word := world.speak(lang).label(f"frame.{name}")) in keys))

    async def say(self, words: str) -> None:
        """Writes in the chat and waits until the page shows the answer."""
        async with self._order():
            await super().say(words)

    async def enter(self, target: Locator, *, backwards: bool = False) -> None:
        """Gets there by keyboard and presses Enter."""
        await self.tab_to(target, backwards=backwards)
        async with self._order():
            await self.page.keyboard.press("Enter")

    @asynccontextmanager
    async def _order(self) -> AsyncIterator[None]:
        """What is done inside tells the server something: it has heard it and the page shows the answer."""
        async with self.heard():
            yield
        await self.answered()

    async def answered(self) -> None:
        """Waits until the bot has answered and the page shows what the chat holds."""
        await self.at.settled()
        self.at.sandbox.cloud.changes.touch()  # the page looks at the database now, not in two seconds
        await self.shows(self.person)

    async def shows(self, person: Person) -> None:
        """Waits until somebody's phone on the page shows what their chat holds."""
        wanted = [[one.message_id, re.sub(r"\s", "", one.text)] for one in person.messages]
        await self.page.wait_for_function(_SHOWS, arg=[person.chat_id, _compact(wanted)], timeout=15_000)

    async def fresh(self) -> None:
        """An empty chat and a new visit, whatever was there."""
        self.person.send("exit")
        await self.at.settled()
        self.person.clear()
        await self.answered()

    # --- seeing ---

    async def show(self, view: str) -> None:
        """Turns to the chat, the lock screen or the database; on a desktop all of them are in sight."""
        tab = self.page.locator(f"[data-role=tabs] [data-view={view}]")
        if await tab.is_visible():
            await tab.click()

    async def overflowing(self) -> list[str]:
        """Buttons whose words do not fit, and whatever is wider than the window."""
        return await overflowing(self.page)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """The Chromium of this machine, without a way to the network. Raises AssertionError when there is none."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "no Chromium here: sh tests/browser.sh"
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=program, args=list(QUIET))
        try:
            yield opened
        finally:
            await opened.close()


@asynccontextmanager
async def window(opened: Browser, at: Stage, size: Size, lang: Lang, *, scale: float = 1) -> AsyncIterator[Window]:
    """A page of this size in this language, with a new person's phone."""
    looking = asyncio.Lock()

    async def inspect(chat_id: int) -> dict[str, int]:
        async with looking:
            return await held_about(at.app, chat_id)

    async def blind(_: int) -> dict[str, int]:
        return {}

    at.sandbox.inspect = inspect
    person = at.sandbox.person(name="Зразок" if lang == "uk" else "Sample", lang=lang)
    context = await opened.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=LOCALES[lang],
        device_scale_factor=scale,
        reduced_motion="reduce",
        has_touch=size == PHONE,
    )
    try:
        shown = Window(await context.new_page(), at, person, lang)
        await shown.look()
        yield shown
        assert shown.faults == []
    finally:
        await context.close()
        at.sandbox.inspect = blind  # the database is closed before the page's stream has noticed
        async with looking:
            pass


@asynccontextmanager
async def played(
    opened: Browser, url: str, folder: Path, clock: Hands, size: Size, lang: Lang
) -> AsyncIterator[Window]:
    """The bot, the sandbox and a page, all at once."""
    async with stage(url, folder, clock) as at, window(opened, at, size, lang) as shown:
        yield shown
