"""One phone on the sandbox page, as its holder sees and uses it: a private chat, or a group on a member's phone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page, Response

MOST_TABS = 60
PATIENCE = 15_000  # milliseconds the page may take to show what has happened


class Handset:
    """`person_id` holds the phone; `chat_id` is what stands on it: their own for the chat with the bot."""

    def __init__(self, page: Page, person_id: int, chat_id: int) -> None:
        self.page = page
        self.person_id = person_id
        self.chat_id = chat_id

    @property
    def phone(self) -> Locator:
        """The phone itself."""
        return self.beside("phone")

    def beside(self, role: str) -> Locator:
        """The phone itself or a panel beside it."""
        return self.page.locator(self.role(role))

    def role(self, role: str) -> str:
        """Where to find it."""
        return f'[data-role={role}][data-chat="{self.chat_id}"][data-person="{self.person_id}"]'

    def key(self, label: str) -> Locator:
        """The newest button with exactly these words."""
        words = re.compile(rf"^{re.escape(label)}$")
        keys = self.phone.locator("[data-role=inline-keyboard] button")
        return keys.filter(has=self.page.locator(".key-text").filter(has_text=words)).last

    # --- doing ---

    async def turn_to(self) -> None:
        """Brings this phone into sight, where one is shown at a time or it was put away."""
        if not await self.phone.is_visible():
            await self.chip.click()

    @property
    def chip(self) -> Locator:
        """Its button among the phones."""
        name = str(self.person_id) if self.person_id == self.chat_id else f"{self.person_id}:{self.chat_id}"
        return self.page.locator(f'[data-show="{name}"]')

    async def press(self, label: str) -> None:
        """Taps a button; the server has heard it."""
        async with self.heard():
            await self.key(label).click()

    async def say(self, words: str) -> None:
        """Writes in the chat; the server has heard it."""
        field = self.phone.locator("[data-role=input]")
        await field.fill(words)
        async with self.heard():
            await field.press("Enter")

    async def tab_to(self, target: Locator, *, backwards: bool = False) -> None:
        """Moves the focus there by the Tab key. Raises AssertionError when it is nowhere near."""
        for _ in range(MOST_TABS):
            if await target.evaluate("node => node === document.activeElement"):
                return
            await self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError("the keyboard does not get there")

    async def choose(self, menu: Locator, role: str) -> None:
        """An entry of a menu; nothing is waited for."""
        await menu.click()
        await self.page.locator(f"#menu [data-role={role}]").click()

    def actions(self, words: str) -> Locator:
        """The button with what can be done to the newest message that holds these words."""
        return self.bubble(words).locator("[data-role=message-actions]")

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[None]:
        """What is done inside tells the server something, and it has answered."""
        async with self.page.expect_response(is_order):
            yield

    # --- seeing ---

    def bubble(self, words: str) -> Locator:
        """The newest message that holds these words."""
        return self.phone.locator("[data-message]").filter(has_text=words).last

    async def sees(self, words: str) -> None:
        """Waits until the chat shows these words."""
        await self.bubble(words).wait_for(timeout=PATIENCE)

    async def text(self) -> str:
        """The words of the newest message."""
        return await self.phone.locator("[data-message] [data-role=text]").last.inner_text()

    async def keys(self) -> list[str]:
        """The words on all buttons in the chat."""
        return await self.phone.locator("[data-role=inline-keyboard] button .key-text").all_inner_texts()

    @property
    def alert(self) -> Locator:
        """The answer to a tap that waits to be closed."""
        return self.phone.locator("[data-role=alert]")


def is_order(answer: Response) -> bool:
    """Whether a person did something; "read" is sent by the page of its own accord."""
    return "/sandbox/chats/" in answer.url and not answer.url.endswith("/read")


async def overflowing(page: Page) -> list[str]:
    """Buttons and bubbles whose words do not fit, and whatever is wider than the window."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("[data-role=phone] .key, [data-role=phone] .bubble")]
            .filter(node => node.checkVisibility() && (node.scrollWidth > node.clientWidth + 1
                || node.getBoundingClientRect().right > innerWidth
                || node.getBoundingClientRect().right > node.closest(".phone").getBoundingClientRect().right))
            .map(node => node.textContent)
            .concat(document.documentElement.scrollWidth > innerWidth ? ["the page itself"] : [])"""
    )
    return found
