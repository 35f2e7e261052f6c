"""What a person's phone shows of the bot: the chat, the keys, the lock screen, the line in the list of chats."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.message import Message
from bot.sandbox.screen import ChatListLine, Notification

KYIV = (50.4501, 30.5234)


class Phone:
    """One private chat, seen from the person's side."""

    def __init__(self, cloud: Cloud, chat: Chat) -> None:
        self._cloud = cloud
        self.chat = chat
        self.location = KYIV  # what a "share location" key sends: latitude, longitude in degrees
        self.clipboard: str | None = None  # filled by a copy button
        self.opened: list[str] = []  # addresses opened by link buttons

    @property
    def api(self) -> dict[str, Any]:
        """Bot API User."""
        return self.chat.user

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        return self.chat.visible

    @property
    def bot_messages(self) -> list[Message]:
        return [message for message in self.chat.visible if message.sender == "bot"]

    @property
    def reply_keyboard(self) -> list[list[str]] | None:
        """The words on the keys below the input field, or None when there are none."""
        keys = self.keys
        return None if keys is None else [[key["text"] for key in row] for row in keys]

    @property
    def lock_screen(self) -> list[Notification]:
        return self.chat.own.lock_screen

    @property
    def chat_list_line(self) -> ChatListLine:
        return self.chat.line(self._cloud.card.name(self.chat.lang), self.chat.own)

    @property
    def toast(self) -> str | None:
        """The words the last answered tap showed."""
        return self.chat.own.toast

    @property
    def alert(self) -> bool:
        """Whether those words stand until they are closed."""
        return self.chat.own.alert

    def message(self, message_id: int) -> Message:
        message = self.chat.messages.get(message_id)
        if message is None or message.hidden:
            raise ValueError(f"no message {message_id} on this phone")
        return message

    @property
    def keys(self) -> list[list[dict[str, Any]]] | None:
        """The keys below the input field as the bot described them."""
        if self.chat.keyboard is None or self.chat.keyboard.markup.keyboard is None:
            return None
        keys: list[list[dict[str, Any]]] = self.chat.keyboard.markup.keyboard["keyboard"]
        return keys
