"""A group the bot was added to."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.entities import detect
from bot.sandbox.message import Message
from bot.sandbox.people import Person

_FIRST = -1_001_000_000_001  # supergroups and channels count down from here, as on Telegram


class Group:
    """`messages` are those everybody in it sees. Adding the bot is told to it by a `my_chat_member`."""

    def __init__(self, cloud: Cloud, *, chat_id: int | None, title: str, kind: str) -> None:
        self._cloud = cloud
        if chat_id is None:
            chat_id = min((known for known in cloud.chats if known <= _FIRST), default=_FIRST + 1) - 1
        self.chat = cloud.add_chat(Chat(chat_id, kind, title, persona="operator", started=True))
        self._membership("left", "member")

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        return self.chat.visible

    @property
    def bot_messages(self) -> list[Message]:
        return [message for message in self.chat.visible if message.sender == "bot"]

    def say(self, person: Person, text: str) -> Message:
        """Somebody writes in the group."""
        message = Message(
            self._cloud.next_message_id(self.chat),
            self.chat.api,
            person.api,
            "user",
            self._cloud.clock.now(),
            text=text,
            entities=detect(text),
        )
        self.chat.add(message)
        self._tell("message", message.to_api())
        return message

    def promote(self) -> None:
        """Makes the bot an administrator, who may delete what anyone wrote, however old."""
        self._membership(self.chat.bot_status, "administrator")

    def remove_bot(self) -> None:
        self._membership(self.chat.bot_status, "kicked")

    def _membership(self, old: str, new: str) -> None:
        self.chat.bot_status = new
        bot = self._cloud.card.user
        states = [_membership(bot, status) for status in (old, new)]
        adder = {"id": 1, "is_bot": False, "first_name": "Sample"}
        self._tell(
            "my_chat_member",
            {
                "chat": self.chat.api,
                "from": adder,
                "date": self._cloud.clock.unix(),
                "old_chat_member": states[0],
                "new_chat_member": states[1],
            },
        )

    def _tell(self, kind: str, body: dict[str, Any]) -> None:
        self._cloud.updates.push({kind: body})
        self._cloud.changes.touch()


def _membership(bot: dict[str, Any], status: str) -> dict[str, Any]:
    extra: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot, "status": status, **extra}
