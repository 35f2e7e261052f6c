"""`python -m tests.e2e.screenshots DIR`: the visit as pictures, to be looked at by a person.

Every screen on a phone and on a desktop, in both languages, as PNG files named after size, language and screen.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser

from bot.logs import configure
from db.visit import LANGS, Lang
from tests.conftest import Hands
from tests.e2e.answered import whole_visit
from tests.e2e.desk_play import STEPS, staffed
from tests.e2e.visits import HOME, KYIV, SCREENS, ZHYTOMYR, Way, jump
from tests.e2e.window import DESKTOP, PHONE, Size, Window, browser, played, window
from tests.stage import Stage, stage

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Kyiv"))  # a time at which most are open
SIZES = {"phone": PHONE, "desktop": DESKTOP}
SHOWN: dict[str, Way] = {**SCREENS, "kyiv": KYIV}


async def take(shown: Window, folder: Path, name: str) -> None:
    """One picture."""
    await shown.page.wait_for_timeout(50)  # the picture is taken after the last repaint
    await shown.page.screenshot(path=folder / f"{name}.png")


async def visit(shown: Window, folder: Path, prefix: str) -> None:
    """What others see during the visit and what is left after it; then every screen."""
    await jump(shown, KYIV)
    for view in ("lock", "data", "controls"):
        await shown.show(view)
        await take(shown, folder, f"{prefix}-view-{view}")
    await shown.show("chat")
    await shown.press_frame("exit")
    await take(shown, folder, f"{prefix}-gone")
    await shown.show("data")
    await take(shown, folder, f"{prefix}-gone-data")
    await shown.show("chat")
    for name, way in SHOWN.items():
        await jump(shown, way)
        await take(shown, folder, f"{prefix}-{name}")


async def answer(shown: Window, folder: Path, prefix: str) -> None:
    """A visit with an operator's reply in it: the chat, the lock screen and the chat list at each of its stages."""

    async def look(stage: str) -> None:
        for view in ("chat", "lock"):
            await shown.show(view)
            await take(shown, folder, f"{prefix}-answer-{stage}-{view}")
        await shown.show("chat")

    await whole_visit(shown, look)


async def introduce(opened: Browser, at: Stage, folder: Path) -> None:
    """The two pictures of the README: the menu on a phone; on a desktop one visitor with a card, one who has left."""
    async with window(opened, at, DESKTOP, "uk") as stays, window(opened, at, DESKTOP, "uk") as leaves:
        stays.person.chat.title, leaves.person.chat.title, leaves.person.chat.persona = "Олена", "Марія", "relative"
        await jump(stays, ZHYTOMYR)
        await jump(leaves, SCREENS["relative"])
        await leaves.press_frame("exit")
        await stays.page.wait_for_timeout(500)  # the other phone is drawn too
        await take(stays, folder, "sandbox-desktop-uk")
    at.sandbox.reset()
    async with window(opened, at, PHONE, "uk", scale=1.5) as shown:
        await jump(shown, HOME)
        await take(shown, folder, "sandbox-phone-uk")
    at.sandbox.reset()


async def talk(opened: Browser, size: Size, lang: Lang, folder: Path, prefix: str, clock: Hands) -> None:
    """A whole conversation with an operator, on everybody's phones."""
    with tempfile.TemporaryDirectory() as kept:
        url = f"sqlite+aiosqlite:///{Path(kept) / 'stezhka.db'}"
        async with played(opened, url, Path(kept), clock, size, lang) as shown:
            taken = 0

            async def picture(name: str) -> None:
                nonlocal taken
                taken += 1
                await take(shown, folder, f"{prefix}-desk-{taken:02}-{name}")

            people = await staffed(shown, picture)
            for step in STEPS:
                await step(people)


async def play(folder: Path) -> None:
    """All pictures."""
    configure("ERROR")
    clock = Hands()
    clock.now = MONDAY_NOON
    async with browser() as opened:
        with tempfile.TemporaryDirectory() as kept:
            url = f"sqlite+aiosqlite:///{Path(kept) / 'stezhka.db'}"
            async with stage(url, Path(kept), clock) as at:
                await introduce(opened, at, folder)
                for size, pixels in SIZES.items():
                    for lang in LANGS:
                        async with window(opened, at, pixels, lang) as shown:
                            await visit(shown, folder, f"{size}-{lang}")
                        at.sandbox.reset()
                        async with window(opened, at, pixels, lang) as shown:
                            await answer(shown, folder, f"{size}-{lang}")
                        at.sandbox.reset()
        for size, pixels in SIZES.items():
            for lang in LANGS:
                await talk(opened, pixels, lang, folder, f"{size}-{lang}", clock)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(play(target))
