"""A stock python-telegram-bot application that serves a group of operators."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import ChatMigrated
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot.sandbox.group import Group
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.test_stock_bot import Stock, polling, stock_client


class Desk:
    """The smallest desk one would write with the library: a pinned card that one person takes."""

    def __init__(self, app: Stock) -> None:
        self.app = app
        self.takers: list[tuple[int, str | None]] = []
        self.changes: list[str] = []
        self.home = 0
        app.add_handler(CommandHandler("card", self.card))
        app.add_handler(CallbackQueryHandler(self.take))
        app.add_handler(ChatMemberHandler(self.change, ChatMemberHandler.ANY_CHAT_MEMBER))
        app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.moved))
        app.add_handler(MessageHandler(filters.PHOTO, self.pass_on))

    async def card(self, update: Update, context: Any) -> None:
        """/card: a card with a button, pinned without a sound."""
        button = InlineKeyboardButton("Take", callback_data="take")
        assert update.effective_chat is not None
        sent = await update.effective_chat.send_message("Card", reply_markup=InlineKeyboardMarkup([[button]]))
        await sent.pin(disable_notification=True)

    async def take(self, update: Update, context: Any) -> None:
        """The first has it; whoever comes later is told so."""
        query = update.callback_query
        assert query is not None
        self.takers.append((query.from_user.id, query.from_user.username))
        if len(self.takers) > 1:
            await query.answer("Somebody has it", show_alert=True)
            return
        await query.answer("Yours")
        await query.edit_message_text(f"Taken by {query.from_user.first_name}")

    async def change(self, update: Update, context: Any) -> None:
        """Who became what."""
        changed = update.my_chat_member or update.chat_member
        assert changed is not None
        self.changes.append(changed.new_chat_member.status)

    async def moved(self, update: Update, context: Any) -> None:
        """Follows the group."""
        assert update.message is not None
        self.home = update.message.migrate_to_chat_id or self.home

    async def pass_on(self, update: Update, context: Any) -> None:
        """A photo from a private chat goes to the group."""
        assert update.message is not None
        await update.message.copy(self.home, protect_content=True)


@pytest.fixture
def people(sandbox: Sandbox) -> tuple[Person, Person]:
    """Two operators."""
    return sandbox.person(name="Перша"), sandbox.person(name="Друга", username="druha")


def staffed(sandbox: Sandbox, people: tuple[Person, Person]) -> Group:
    """A basic group that the bot administers."""
    return sandbox.group("Зразок групи", kind="group", members=people, admin=True)


async def test_a_card_is_taken_once(sandbox: Sandbox, people: tuple[Person, Person]) -> None:
    """A card is sent and pinned; the first tap takes it, the second person alone is told by an alert."""
    first, second = people
    desk = Desk(stock_client(sandbox))
    async with polling(desk.app):
        group = staffed(sandbox, people)
        group.say(first, "/card")
        await sandbox.wait(lambda s: group.pinned is not None)
        group.press(second, "Take")
        await sandbox.wait(lambda s: group.screen(second).toast == "Yours")
        sandbox.cloud.changes.touch()
        await sandbox.wait(lambda s: group.bot_messages[0].text == "Taken by Друга")
        pinned = (await desk.app.bot.get_chat(group.chat_id)).pinned_message
        await desk.app.bot.edit_message_reply_markup(
            group.chat_id,
            group.bot_messages[0].message_id,
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Take", callback_data="take")]]),
        )
        group.press(first, "Take")
        await sandbox.wait(lambda s: group.screen(first).alert)
    assert desk.takers == [(second.chat_id, "druha"), (first.chat_id, first.api["username"])]
    assert pinned is not None
    assert (group.screen(first).toast, group.screen(second).toast) == ("Somebody has it", "Yours")


async def test_people_rights_and_an_upgrade(sandbox: Sandbox, people: tuple[Person, Person]) -> None:
    """Who comes, goes and becomes what is understood; the move is followed; a photo is passed on to the new place."""
    first, second = people
    desk = Desk(stock_client(sandbox))
    async with polling(desk.app):
        await sandbox.wait(lambda s: s.cloud.updates.polled)  # it has said what it wants to hear
        first.send("start")
        group = staffed(sandbox, people)
        group.leave(second)
        group.join(second)
        bigger = group.upgrade()
        await sandbox.wait(lambda s: len(desk.changes) == 4 and desk.home == bigger.chat_id)
        with pytest.raises(ChatMigrated) as migrated:
            await desk.app.bot.send_message(group.chat_id, "x")
        first.send_other("photo")
        await sandbox.wait(lambda s: len(bigger.bot_messages) == 1)
        administrators = await desk.app.bot.get_chat_administrators(bigger.chat_id)
    assert migrated.value.new_chat_id == bigger.chat_id
    assert desk.changes == ["member", "administrator", "left", "member"]
    assert [one.status for one in administrators] == ["creator", "administrator"]
    assert (bigger.bot_messages[0].kind, bigger.bot_messages[0].protected) == ("photo", True)
