"""A chat with the bot in it: its messages, who is in it, and what the phones in it show outside of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.message import Message
from bot.sandbox.rights import EVERYBODY
from bot.sandbox.screen import LINE, ChatListLine, Screen, notification_text

DELETABLE_FOR = timedelta(hours=48)


@dataclass(eq=False)
class Chat:
    id: int
    type: str  # private | group | supergroup | channel
    title: str
    persona: str = "survivor"  # survivor | relative | operator
    lang: str = "uk"
    username: str = ""  # of the person in a private chat
    started: bool = False  # the person wrote to the bot, so the bot may write back
    blocked: bool = False  # by the person
    protected: bool = False  # whoever keeps this chat forbade saving and forwarding from it
    bot_status: str = "member"  # of a group: member | administrator | restricted | left | kicked
    bot_rights: dict[str, bool] = field(default_factory=dict)  # of an administrator, or of a restricted member
    permissions: dict[str, bool] = field(default_factory=lambda: dict(EVERYBODY))  # of a group's plain members
    members: dict[int, str] = field(default_factory=dict)  # of a group: person's id → status, those who left too
    topics: set[int] = field(default_factory=set)  # of a supergroup with topics: their thread ids
    moved_to: int | None = None  # the supergroup this group was upgraded to
    pinned: list[int] = field(default_factory=list)  # message ids, the newest last
    messages: dict[int, Message] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # ids deleted for everyone
    keyboard: Message | None = None  # the message whose reply keyboard the phone shows
    screens: dict[int, Screen] = field(default_factory=dict)  # person's id → what their phone shows of this chat
    last_id: int = 0

    def __post_init__(self) -> None:
        if self.private:
            self.screens[self.id] = Screen()

    @property
    def private(self) -> bool:
        return self.type == "private"

    @property
    def own(self) -> Screen:
        """Of a private chat: the person's screen."""
        return self.screens[self.id]

    @property
    def api(self) -> dict[str, Any]:
        """Bot API Chat."""
        name = "first_name" if self.private else "title"
        chat = {"id": self.id, "type": self.type, name: self.title}
        if self.username:
            chat["username"] = self.username
        return chat

    @property
    def user(self) -> dict[str, Any]:
        """Bot API User: the person in this private chat, as the bot meets them everywhere."""
        user = {"id": self.id, "is_bot": False, "first_name": self.title, "language_code": self.lang}
        if self.username:
            user["username"] = self.username
        return user

    def add(self, message: Message) -> None:
        self.messages[message.message_id] = message
        self.last_id = max(self.last_id, message.message_id)
        if message.markup.keyboard is not None:
            self.keyboard = message
        elif message.markup.removes:
            self.keyboard = None

    def announce(self, message: Message, title: str) -> None:
        """A message reaches the phones of those who did not write it."""
        for person_id, screen in self.screens.items():
            if person_id != message.author.get("id"):
                screen.arrive(message, title, "" if self.private else str(message.author.get("first_name", "")))

    def erase(self, message_id: int) -> None:
        """Gone for everyone. A reply keyboard goes with the message that brought it."""
        message = self.messages.pop(message_id)
        self.gone.add(message_id)
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        self._unsee(message)

    def hide(self, message_id: int) -> None:
        """Gone for the person only: the bot can still edit and delete it."""
        message = self.messages[message_id]
        message.hidden = True
        self._unsee(message)

    def _unsee(self, message: Message) -> None:
        for screen in self.screens.values():
            screen.unseen.discard(message.message_id)
        if self.keyboard is message:
            self.keyboard = None

    def undeletable(self, message: Message, now: datetime) -> str:
        """Why the bot cannot delete this message, in TDLib's words; empty when it can.

        TDLib (`can_delete_channel_message`, `can_revoke_message`) holds bots to two days in every chat, in a
        supergroup with the right to delete as well.
        """
        late = now - message.date > DELETABLE_FOR
        mine = message.sender == "bot"
        rightful = self.bot_status == "administrator" and (
            self.type != "supergroup" or self.bot_rights.get("can_delete_messages", False)
        )
        if self.type in ("supergroup", "channel"):
            fixed = "migrate_from_chat_id" in message.extra
            allowed = not late and not fixed and (rightful or (mine and not message.service))
            return "" if allowed else "message can't be deleted"
        allowed = not late and ((mine and not message.service) or self.private or rightful)
        return "" if allowed else "message can't be deleted for everyone"

    @property
    def visible(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.hidden]

    def line(self, title: str, screen: Screen) -> ChatListLine:
        last = next((message for message in reversed(self.messages.values()) if not message.hidden), None)
        if last is None:
            return ChatListLine(title, "", None, 0)
        return ChatListLine(title, notification_text(last)[:LINE], last.date, len(screen.unseen))
