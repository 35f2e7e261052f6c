"""A chat with the bot in it: its messages, and what the phone in it shows outside of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.entities import index_of
from bot.sandbox.message import Message

DELETABLE_FOR = timedelta(hours=48)  # Bot API reference, deleteMessage
PREVIEW = 120  # characters of a notification; the exact number differs by phone and is not documented
LINE = 60  # characters of the line in the chat list


@dataclass(frozen=True, slots=True)
class Notification:
    """What a locked phone showed when a message arrived."""

    at: datetime
    title: str
    preview: str
    silent: bool


@dataclass(frozen=True, slots=True)
class ChatListLine:
    """What the list of chats shows about this one."""

    title: str
    preview: str
    at: datetime | None
    unread: int


@dataclass(eq=False)
class Chat:
    id: int
    type: str  # private | group | supergroup | channel
    title: str
    persona: str = "survivor"  # survivor | relative | operator
    lang: str = "uk"
    started: bool = False  # the person wrote to the bot, so the bot may write back
    blocked: bool = False  # by the person
    bot_status: str = "member"  # of a group: member | administrator | left | kicked
    messages: dict[int, Message] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # ids deleted for everyone
    keyboard: Message | None = None  # the message whose reply keyboard the phone shows
    lock_screen: list[Notification] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)  # the bot's messages since the person last opened the chat
    toast: str | None = None
    last_id: int = 0

    @property
    def private(self) -> bool:
        return self.type == "private"

    @property
    def api(self) -> dict[str, Any]:
        """Bot API Chat."""
        name = "first_name" if self.private else "title"
        return {"id": self.id, "type": self.type, name: self.title}

    def add(self, message: Message) -> None:
        self.messages[message.message_id] = message
        self.last_id = max(self.last_id, message.message_id)
        if message.markup.keyboard is not None:
            self.keyboard = message
        elif message.markup.removes:
            self.keyboard = None

    def notify(self, message: Message, title: str) -> None:
        """A message from the bot reached the phone."""
        self.unseen.add(message.message_id)
        preview = notification_text(message)
        self.lock_screen.append(Notification(message.date, title, preview, message.silent))

    def erase(self, message_id: int) -> None:
        """Gone for everyone. A reply keyboard goes with the message that brought it."""
        message = self.messages.pop(message_id)
        self.gone.add(message_id)
        self.unseen.discard(message_id)
        if self.keyboard is message:
            self.keyboard = None

    def hide(self, message_id: int) -> None:
        """Gone for the person only: the bot can still edit and delete it."""
        message = self.messages[message_id]
        message.hidden = True
        self.unseen.discard(message_id)
        if self.keyboard is message:
            self.keyboard = None

    def deletable(self, message: Message, now: datetime) -> bool:
        """In a group an administrator deletes without an age limit, anyone else only what is theirs."""
        if not self.private:
            if self.bot_status == "administrator":
                return True
            if message.sender != "bot":
                return False
        return now - message.date <= DELETABLE_FOR

    @property
    def visible(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.hidden]

    def line(self, title: str) -> ChatListLine:
        last = next((message for message in reversed(self.messages.values()) if not message.hidden), None)
        if last is None:
            return ChatListLine(title, "", None, 0)
        return ChatListLine(title, notification_text(last)[:LINE], last.date, len(self.unseen))


def notification_text(message: Message) -> str:
    """The words a preview shows: one line, spoilers covered, media by their kind."""
    text = message.text or f"[{message.kind}]"
    for entity in message.entities:
        if entity["type"] == "spoiler":
            start = index_of(text, entity["offset"])
            end = index_of(text, entity["offset"] + entity["length"])
            text = text[:start] + "▒" * (end - start) + text[end:]
    return " ".join(text.split())[:PREVIEW]
