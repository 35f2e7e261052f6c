"""A group the bot was added to: the bot's standing in it, its upgrade, and what people do there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.entities import detect
from bot.sandbox.growth import free_id, grown
from bot.sandbox.hearing import heard
from bot.sandbox.keyboards import Button
from bot.sandbox.membership import Membership
from bot.sandbox.message import Message
from bot.sandbox.people import WORDED, Person


def found(
    cloud: Cloud,
    title: str,
    kind: str,
    chat_id: int | None = None,
    *,
    members: Iterable[Person] = (),
    admin: bool = False,
) -> Group:
    """A new group with these members and the bot, which hears of being added (and promoted) and of nothing else."""
    chat_id = free_id(cloud, kind) if chat_id is None else chat_id
    group = Group(
        cloud, cloud.add_chat(Chat(chat_id, kind, title, persona="operator", started=True, bot_status="left"))
    )
    for place, person in enumerate(members):
        group.seat(person, "member" if place else "creator")
    group.add_bot()
    if admin:
        group.promote()
    return group


class Group(Membership):
    """`messages` are those everybody in it sees. ValueError when a real phone would not offer the action."""

    @property
    def messages(self) -> list[Message]:
        return self.chat.visible

    @property
    def bot_messages(self) -> list[Message]:
        """Without Telegram's own lines."""
        return [message for message in self.chat.visible if message.sender == "bot" and not message.service]

    @property
    def pinned(self) -> Message | None:
        """The newest pinned message."""
        return self.chat.messages[self.chat.pinned[-1]] if self.chat.pinned else None

    def message(self, message_id: int) -> Message:
        message = self.chat.messages.get(message_id)
        if message is None:
            raise ValueError(f"no message {message_id} in this group")
        return message

    # --- what people do in it ---

    def say(self, person: Person, text: str, *, reply_to: int | None = None) -> Message:
        """Somebody writes in the group; who was not in it joins without a word about it."""
        extra = {} if reply_to is None else {"reply_to_message": self.message(reply_to).to_api()}
        return self._said(person, "text", text=text, entities=detect(text), extra=extra)

    def send_other(self, person: Person, kind: str, caption: str = "") -> Message:
        """A photo, voice …"""
        extra = person.attachment(kind)
        return self._said(person, kind, text=caption, entities=detect(caption), extra=extra)

    def edit(self, person: Person, message_id: int, text: str) -> Message:
        message = self._own(person, message_id)
        if message.kind not in WORDED:
            raise ValueError("only texts and captions can be edited")
        message.text, message.entities, message.edited = text, detect(text), self._cloud.clock.now()
        if heard(self._cloud, self.chat, message):
            self._cloud.updates.push({"edited_message": message.to_api()})
        self._cloud.changes.touch()
        return message

    def delete(self, person: Person, message_id: int) -> None:
        """One's own message, or anybody's by an administrator: gone for all. The bot is not told."""
        if self.chat.members.get(person.chat_id) not in ("creator", "administrator"):
            self._own(person, message_id)
        self.chat.erase(self.message(message_id).message_id)
        self._cloud.changes.touch()

    def tap(self, person: Person, message_id: int, label_or_data: str) -> str | None:
        """A button under a message. The query id, or None for a link or copy button."""
        button = self.message(message_id).button(label_or_data)
        if button is None:
            raise ValueError(f"message {message_id} has no button {label_or_data!r}")
        return self.tap_button(person, message_id, button)

    def tap_button(self, person: Person, message_id: int, button: Button) -> str | None:
        self._inside(person)
        return person.use(self.chat, self.message(message_id), button)

    def press(self, person: Person, label: str) -> str | None:
        """The button with these words (or this data) on the newest message that has it."""
        for message in reversed(self.messages):
            if message.sender == "bot" and (button := message.button(label)) is not None:
                return self.tap_button(person, message.message_id, button)
        raise ValueError(f"nothing to press says {label!r}")

    def read(self, person: Person) -> None:
        """Opens the group, so nothing in it is unread."""
        self.screen(person).unseen.clear()
        self._cloud.changes.touch()

    def pin(self, person: Person, message_id: int) -> None:
        """Somebody pins a message; the bot hears of it as of every service message."""
        self._inside(person)
        message = self.message(message_id)
        self.chat.pinned.append(message_id)
        self._cloud.service(self.chat, person.api, "pinned_message", message.to_api())
        self._cloud.changes.touch()

    # --- what becomes of it ---

    def protect(self, on: bool = True) -> None:
        """The owner forbids saving and forwarding; what is written from now on is marked."""
        self.chat.protected = on
        self._cloud.changes.touch()

    def upgrade(self) -> Group:
        """A basic group becomes a supergroup with a new id."""
        return Group(self._cloud, grown(self._cloud, self.chat, self.owner))

    def open_topic(self, name: str = "Topic") -> int:
        """A topic's thread id; what the bot sends there needs it."""
        message = self._cloud.service(
            self.chat, self.owner, "forum_topic_created", {"name": name, "icon_color": 7322096}
        )
        self.chat.topics.add(message.message_id)
        self._cloud.changes.touch()
        return message.message_id

    def lose_topic(self, thread_id: int) -> None:
        """Deletes a topic. The bot is not told; it finds out by a 400."""
        self.chat.topics.remove(thread_id)
        self._cloud.changes.touch()

    def _said(self, person: Person, kind: str, **details: Any) -> Message:
        self.seat(person)
        message = self._cloud.from_person(self.chat, person.api, kind=kind, **details)
        if heard(self._cloud, self.chat, message):
            self._cloud.updates.push({"message": message.to_api()})
        self._cloud.changes.touch()
        return message

    def _own(self, person: Person, message_id: int) -> Message:
        self._inside(person)
        message = self.message(message_id)
        if message.author.get("id") != person.chat_id or message.service:
            raise ValueError("only one's own messages can be changed")
        return message
