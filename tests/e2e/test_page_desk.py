"""Operators on the sandbox page: their group on every member's phone, their private chats, and what is added there.

The bot is played by plain calls, so that these are promises of the page alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, expect

from bot.sandbox.group import Group
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.e2e.handset import Handset, overflowing
from tests.e2e.window import DESKTOP, LOCALES, ON_THE_PAGE, PHONE, Size
from tests.sandbox.conftest import TOKEN, Api, inline

pytestmark = ON_THE_PAGE
CARD = "Тиха Верба"
BOTH = pytest.mark.parametrize(("size", "lang"), [(PHONE, "uk"), (DESKTOP, "en")], ids=["phone-uk", "desktop-en"])
ALL = pytest.mark.parametrize(
    ("size", "lang"),
    [(PHONE, "uk"), (PHONE, "en"), (DESKTOP, "uk"), (DESKTOP, "en")],
    ids=["phone-uk", "phone-en", "desktop-uk", "desktop-en"],
)
WORDS = {
    "uk": {"lock": "захищено: не копіюється й не пересилається", "joined": "У групі тепер"},
    "en": {"lock": "protected: cannot be copied or forwarded", "joined": "Now in the group"},
}


class Desk:
    """A visitor, two operators and their group; a card to take hangs in the group."""

    def __init__(self, sandbox: Sandbox, api: Api, page: Page) -> None:
        self.sandbox = sandbox
        self.api = api
        self.page = page
        self.visitor = sandbox.person(name="Зразок")
        self.first, self.second = (sandbox.person(name=name, persona="operator") for name in ("Марта", "Інна"))
        for person in (self.visitor, self.first, self.second):
            person.send("/start")
        self.group = sandbox.group("Зразок групи", members=[self.first, self.second], admin=True)

    def on(self, person: Person, group: Group | None = None) -> Handset:
        """A phone."""
        return Handset(self.page, person.chat_id, group.chat_id if group else person.chat_id)

    async def post_card(self) -> dict[str, Any]:
        """The bot puts the card into the group."""
        text, keys = f"<b>{CARD}</b>\nКиїв · українська", inline(["Взяти"])
        sent: dict[str, Any] = await self.api.ok(
            "sendMessage", chat_id=self.group.chat_id, text=text, parse_mode="HTML", reply_markup=keys
        )
        return sent

    async def heard(self, kind: str) -> dict[str, Any]:
        """The last update of a kind."""
        found: dict[str, Any] = [update[kind] for update in await self.api.ok("getUpdates") if kind in update][-1]
        return found


@asynccontextmanager
async def desk(opened: Browser, size: Size, lang: str) -> AsyncIterator[Desk]:
    """The page, open; an error in the browser's console, or a way out of this machine, fails the test."""
    sandbox = Sandbox(TOKEN)
    sandbox.limits = sandbox.limits.off()
    faults: list[str] = []
    async with ClientSession() as session, AsyncExitStack() as closing:
        await sandbox.start()
        closing.push_async_callback(sandbox.stop)
        context = await opened.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=LOCALES[lang],
            reduced_motion="reduce",
            has_touch=size == PHONE,
        )
        closing.push_async_callback(context.close)
        page = await context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(sandbox.url) or faults.append(f"left: {asked.url}"))
        made = Desk(sandbox, Api(session, f"{sandbox.url}/bot{TOKEN}"), page)
        await page.goto(f"{sandbox.url}/#lang={lang}")
        await made.on(made.visitor).phone.wait_for()
        yield made
    assert faults == []


@ALL
async def test_a_group_on_every_phone(opened: Browser, size: Size, lang: str) -> None:
    """The card stands on both members' phones and nowhere else; a tap carries who tapped, and an alert comes to that
    phone alone, where it waits to be closed."""
    async with desk(opened, size, lang) as at:
        await at.post_card()
        late, other = at.on(at.second, at.group), at.on(at.first, at.group)
        await late.turn_to()
        await late.sees(CARD)
        assert WORDS[lang]["joined"] in await late.phone.locator(".service").first.inner_text()
        assert await at.on(at.visitor, at.group).phone.count() == 0
        assert await overflowing(at.page) == []
        await late.press("Взяти")
        tap = await at.heard("callback_query")
        assert tap["from"]["id"] == at.second.chat_id
        words = "Її вже взяла Марта"
        await at.api.ok("answerCallbackQuery", callback_query_id=tap["id"], text=words, show_alert=True)
        await expect(late.alert).to_contain_text(words)
        await expect(other.alert).to_be_hidden()
        await late.alert.get_by_role("button").click()
        await expect(late.alert).to_be_hidden()
        await other.turn_to()
        await other.press("Взяти")
        tap = await at.heard("callback_query")
        await at.api.ok("answerCallbackQuery", callback_query_id=tap["id"], text="Ваша")
        await expect(other.phone.locator("[data-role=toast]")).to_have_text("Ваша")


@BOTH
async def test_what_a_locked_phone_shows_of_a_group(opened: Browser, size: Size, lang: str) -> None:
    """Beside each member's phone: the group's name, who wrote, and the words; not on the author's own. It is one lock
    screen for all chats on that phone."""
    async with desk(opened, size, lang) as at:
        await at.post_card()
        at.group.say(at.first, "беру")
        await at.api.ok("sendMessage", chat_id=at.second.chat_id, text="Нова відповідь")
        reader = at.on(at.second, at.group)
        await reader.turn_to()
        if size == PHONE:
            await at.page.locator("[data-role=tabs] [data-view=lock]").click()
        else:
            await at.page.locator("#panels").click()
        await expect(reader.beside("lock-screen").locator(".notification-text")).to_have_text(
            ["Нова відповідь", "Марта: беру", f"Bot: {CARD} Київ · українська"]
        )
        titles = reader.beside("lock-screen").locator(".notification-head strong")
        await expect(titles).to_have_text(["Bot", "Зразок групи", "Зразок групи"])
        author = at.on(at.first, at.group).beside("lock-screen").locator(".notification-text")
        await expect(author).to_have_text([f"Bot: {CARD} Київ · українська"])


@BOTH
async def test_protected_content(opened: Browser, size: Size, lang: str) -> None:
    """A protected message carries a lock with its meaning in words, and its menu has nothing to copy by."""
    async with desk(opened, size, lang) as at:
        for text, kept in (("вільне", False), ("захищене", True)):
            await at.api.ok("sendMessage", chat_id=at.first.chat_id, text=text, protect_content=kept)
        phone = at.on(at.first)
        await phone.turn_to()
        await phone.sees("захищене")
        lock = phone.bubble("захищене").locator("[data-role=locked]")
        await expect(lock).to_be_visible()
        assert await lock.get_attribute("title") == WORDS[lang]["lock"]
        await expect(phone.bubble("вільне").locator("[data-role=locked]")).to_be_hidden()
        for words, offered in (("вільне", 1), ("захищене", 0)):
            await phone.actions(words).click()
            assert await at.page.locator("#menu [data-role=copy-text]").count() == offered
            await at.page.keyboard.press("Escape")


async def test_people_talk_in_a_group(opened: Browser) -> None:
    """Writing, answering, changing and deleting one's own words there, by the page; names stand over others' words."""
    async with desk(opened, DESKTOP, "uk") as at:
        await at.post_card()
        mine, hers = at.on(at.first, at.group), at.on(at.second, at.group)
        await mine.sees(CARD)
        await mine.choose(mine.actions(CARD), "reply")
        await mine.say("я візьму")
        assert (await at.heard("message"))["reply_to_message"]["text"].startswith(CARD)
        await hers.sees("я візьму")
        assert await hers.bubble("я візьму").locator(".author").inner_text() == "Марта"
        assert CARD in await hers.bubble("я візьму").locator("[data-role=quote]").inner_text()
        await mine.choose(mine.actions("я візьму"), "edit")
        await mine.say("ні, не візьму")
        await hers.sees("ні, не візьму")
        await hers.actions("ні, не візьму").click()
        assert await at.page.locator("#menu [data-role=delete-all]").count() == 0
        await at.page.keyboard.press("Escape")
        await mine.choose(mine.actions("ні, не візьму"), "delete-all")
        await expect(hers.phone.locator("[data-message]").filter(has_text="не візьму")).to_have_count(0)


@BOTH
async def test_which_phones_are_shown(opened: Browser, size: Size, lang: str) -> None:
    """On a phone one of them at a time; on a desktop any of them, put away and brought back."""
    async with desk(opened, size, lang) as at:
        phones = [at.on(at.visitor), at.on(at.first), at.on(at.first, at.group), at.on(at.second, at.group)]
        for phone in phones:
            await phone.chip.wait_for()
        if size == PHONE:
            for phone in phones:
                await phone.chip.click()
                await expect(phone.phone).to_be_visible()
                assert [await other.phone.is_visible() for other in phones].count(True) == 1
                assert await overflowing(at.page) == []
        else:
            for phone in phones:
                await expect(phone.phone).to_be_visible()
            await phones[2].chip.click()
            await expect(phones[2].phone).to_be_hidden()
            await expect(phones[2].chip).to_have_attribute("aria-pressed", "false")
            await expect(phones[3].phone).to_be_visible()
            await phones[2].chip.click()
            await expect(phones[2].phone).to_be_visible()
            await expect(phones[0].beside("lock-screen")).to_be_hidden()
            await at.page.locator("#panels").click()
            await expect(phones[0].beside("lock-screen")).to_be_visible()


@BOTH
async def test_an_operator_and_a_group_are_added(opened: Browser, size: Size, lang: str) -> None:
    """By the page: a new operator joins the group at once; a new group has whoever was ticked, and the bot."""
    async with desk(opened, size, lang) as at:
        await at.page.locator("#add").click()
        await at.page.locator("#menu [data-role=add-phone]").click()
        await at.page.locator("#newcomer [name=name]").fill("Третя")
        await at.page.locator("#newcomer [name=persona]").select_option("operator")
        await at.page.locator("#newcomer [type=submit]").click()
        await expect(at.page.locator("#newcomer")).to_be_hidden()
        newcomer = at.sandbox.person(max(chat_id for chat_id in at.sandbox.cloud.chats))
        assert (newcomer.chat.title, newcomer.chat.persona) == ("Третя", "operator")
        await at.on(newcomer, at.group).chip.wait_for()
        await at.page.locator("#add").click()
        await at.page.locator("#menu [data-role=add-group]").click()
        await at.page.locator("#new-group [name=title]").fill("Друга група")
        await at.page.locator("#new-group").get_by_label("Марта").uncheck()
        await at.page.locator("#new-group [type=submit]").click()
        await expect(at.page.locator("#new-group")).to_be_hidden()
        made = at.sandbox.group(chat_id=min(at.sandbox.cloud.chats))
        assert (made.chat.title, made.chat.bot_status) == ("Друга група", "administrator")
        assert set(made.chat.members) == {at.second.chat_id, newcomer.chat_id}
        await expect(at.on(at.second, made).chip).to_be_visible()
        await expect(at.on(newcomer, made).phone).to_be_visible()


async def test_what_befalls_a_group(opened: Browser) -> None:
    """By the chat's menu: the bot loses rights, is removed and comes back; people go; a basic group grows."""
    async with desk(opened, DESKTOP, "en") as at:
        small = at.sandbox.group("Мала", kind="group", members=[at.first, at.second], admin=True)
        phone = at.on(at.first, small)
        menu = phone.phone.locator("[data-role=chat-menu]")
        await menu.wait_for()
        for entry, status, shown in (
            ("promote-less", "administrator", "bot is an administrator"),
            ("demote", "member", "bot is a member"),
            ("restrict", "restricted", "bot is restricted"),
            ("remove-bot", "kicked", "bot was removed"),
            ("add-bot", "member", "bot is a member"),
            ("promote", "administrator", "bot is an administrator"),
        ):
            async with phone.heard():
                await phone.choose(menu, entry)
            assert small.chat.bot_status == status
            await expect(phone.phone.locator("[data-role=profile] small")).to_contain_text(shown)
        async with phone.heard():
            await phone.choose(menu, "upgrade")
        assert small.chat.moved_to is not None
        bigger = at.sandbox.known_group(small.chat.moved_to)
        await at.on(at.first, bigger).phone.wait_for()
        await expect(phone.phone).to_have_count(0)
        leaver = at.on(at.second, bigger)
        async with leaver.heard():
            await leaver.choose(leaver.phone.locator("[data-role=chat-menu]"), "leave")
        await expect(leaver.phone).to_have_count(0)
        own = at.on(at.second)
        async with own.heard():
            await own.page.locator(f"{own.role('phone')} [data-role=chat-menu]").click()
            await own.page.locator("#menu [data-role=join]").click()
        await leaver.phone.wait_for()


async def test_a_group_by_keyboard(opened: Browser) -> None:
    """Tab and Enter are enough to take a card, to close what answers, and to write; the focus stays on the phone."""
    async with desk(opened, DESKTOP, "uk") as at:
        await at.post_card()
        phone = at.on(at.first, at.group)
        await phone.sees(CARD)
        await phone.phone.locator("[data-role=input]").focus()
        await phone.tab_to(phone.key("Взяти"), backwards=True)
        async with phone.heard():
            await at.page.keyboard.press("Enter")
        tap = await at.heard("callback_query")
        await at.api.ok("answerCallbackQuery", callback_query_id=tap["id"], text="Ні", show_alert=True)
        await expect(phone.alert.get_by_role("button")).to_be_focused()
        assert await phone.alert.get_by_role("alertdialog").get_attribute("aria-label") == "Повідомлення від бота"
        await at.page.keyboard.press("Enter")
        await expect(phone.alert).to_be_hidden()
        await expect(phone.phone.locator("[data-role=messages]")).to_be_focused()
        await phone.tab_to(phone.phone.locator("[data-role=input]"))
        await at.page.keyboard.type("гаразд")
        async with phone.heard():
            await at.page.keyboard.press("Enter")
        assert at.group.messages[-1].text == "гаразд"
