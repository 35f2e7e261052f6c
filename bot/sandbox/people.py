"""The person with the phone: writes, taps, deletes, blocks; sees what the phone shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.chat import Chat, ChatListLine, Notification
from bot.sandbox.cloud import Cloud
from bot.sandbox.entities import detect
from bot.sandbox.keyboards import Button, Markup
from bot.sandbox.media import media
from bot.sandbox.message import Message

KYIV = (50.4501, 30.5234)


class Person:
    """One private chat, seen from the person's side. Every action is done at once; the bot hears of it through
    its updates. ValueError when a real phone would not offer the action."""

    def __init__(self, cloud: Cloud, chat: Chat) -> None:
        self._cloud = cloud
        self.chat = chat
        self.location = KYIV  # what a "share location" key sends: latitude, longitude in degrees
        self.clipboard: str | None = None  # filled by a copy button
        self.opened: list[str] = []  # addresses opened by link buttons

    # --- what the phone shows ---

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
        keys = self._keys()
        return None if keys is None else [[key["text"] for key in row] for row in keys]

    @property
    def lock_screen(self) -> list[Notification]:
        return self.chat.lock_screen

    @property
    def chat_list_line(self) -> ChatListLine:
        return self.chat.line(self._cloud.card.name(self.chat.lang))

    @property
    def toast(self) -> str | None:
        """The words the last answered tap showed."""
        return self.chat.toast

    def message(self, message_id: int) -> Message:
        message = self.chat.messages.get(message_id)
        if message is None or message.hidden:
            raise ValueError(f"no message {message_id} on this phone")
        return message

    # --- what the person does ---

    def send(self, text: str) -> Message:
        return self._send("text", text=text, entities=detect(text))

    def send_location(self, latitude: float, longitude: float) -> Message:
        return self._send("location", extra={"location": {"latitude": latitude, "longitude": longitude}})

    def send_other(self, kind: str) -> Message:
        """A photo, voice, sticker, contact, document, poll, video …"""
        return self._send(kind, extra=media(kind, self.api))

    def forward(self, what: str | int, *, sender: str = "Someone Else") -> Message:
        """A text that somebody else wrote elsewhere, or a message of this chat by its id."""
        now = self._cloud.clock.unix()
        if isinstance(what, str):
            origin = {"type": "hidden_user", "sender_user_name": sender, "date": now}
            return self._send("text", text=what, entities=detect(what), extra={"forward_origin": origin})
        source = self.message(what)
        if source.protected:
            raise ValueError("protected content cannot be forwarded")
        origin = {"type": "user", "sender_user": source.author, "date": int(source.date.timestamp())}
        return self._send(
            source.kind, text=source.text, entities=source.entities, extra={**source.extra, "forward_origin": origin}
        )

    def edit(self, message_id: int, text: str) -> Message:
        self._able()
        message = self.message(message_id)
        if message.sender != "user" or message.kind != "text":
            raise ValueError("only one's own texts can be edited")
        message.text, message.entities, message.edited = text, detect(text), self._cloud.clock.now()
        self._update("edited_message", message.to_api())
        return message

    def tap(self, message_id: int, label_or_data: str) -> str | None:
        """A button under a message, by its words or its data. The query id, or None for a link or copy button."""
        button = self.message(message_id).button(label_or_data)
        if button is None:
            raise ValueError(f"message {message_id} has no button {label_or_data!r}")
        return self.tap_button(message_id, button)

    def tap_button(self, message_id: int, button: Button) -> str | None:
        self._able()
        self.chat.toast = None
        self.chat.unseen.clear()
        if button.kind == "copy":
            self.clipboard = button.value
        elif button.kind == "url":
            self.opened.append(button.value)
        if button.kind != "callback":
            self._cloud.changes.touch()
            return None
        query_id = self._cloud.open_query(self.chat.id)
        message = self.message(message_id).to_api()
        instance = f"-{self.chat.id}"
        query = {"id": query_id, "from": self.api, "message": message, "chat_instance": instance, "data": button.value}
        self._update("callback_query", query)
        return query_id

    def press(self, label: str) -> str | Message | None:
        """The button with these words (or this data) on the newest message that has it, keys included."""
        keyboard = self.chat.keyboard
        for message in reversed(self.messages):
            if message is keyboard and any(label in row for row in self.reply_keyboard or ()):
                return self.press_key(label)
            if message.sender == "bot" and (button := message.button(label)) is not None:
                return self.tap_button(message.message_id, button)
        raise ValueError(f"nothing to press says {label!r}")

    def press_key(self, label: str) -> Message:
        """A key of the reply keyboard: it sends its words, or the location."""
        key = next((key for row in self._keys() or () for key in row if key["text"] == label), None)
        if key is None:
            raise ValueError(f"no key says {label!r}")
        if key.get("request_location"):
            return self.send_location(*self.location)
        if key.get("request_contact"):
            return self.send_other("contact")
        return self.send(label)

    def read(self) -> None:
        """Opens the chat, so nothing in it is unread."""
        self.chat.unseen.clear()
        self._cloud.changes.touch()

    def delete(self, message_id: int, for_both: bool = True) -> None:
        self.message(message_id)
        self._removal(for_both)(message_id)
        self._cloud.changes.touch()

    def clear(self, for_both: bool = True) -> None:
        """Deletes the whole history. A bot is not told."""
        remove = self._removal(for_both)
        for message in self.messages:
            remove(message.message_id)
        self._cloud.changes.touch()

    def block(self) -> None:
        self._membership(blocked=True)

    def unblock(self) -> None:
        self._membership(blocked=False)

    # --- how it is done ---

    @property
    def api(self) -> dict[str, Any]:
        """Bot API User."""
        chat = self.chat
        return {"id": chat.id, "is_bot": False, "first_name": chat.title, "language_code": chat.lang}

    def _keys(self) -> list[list[dict[str, Any]]] | None:
        if self.chat.keyboard is None or self.chat.keyboard.markup.keyboard is None:
            return None
        keys: list[list[dict[str, Any]]] = self.chat.keyboard.markup.keyboard["keyboard"]
        return keys

    def _able(self) -> None:
        if self.chat.blocked:
            raise ValueError("the person has blocked the bot")

    def _send(self, kind: str, **details: Any) -> Message:
        self._able()
        chat = self.chat
        message = Message(
            self._cloud.next_message_id(chat),
            chat.api,
            self.api,
            "user",
            self._cloud.clock.now(),
            kind=kind,
            markup=Markup(),
            **details,
        )
        chat.add(message)
        chat.started = True
        chat.unseen.clear()
        self._update("message", message.to_api())
        return message

    def _removal(self, for_both: bool) -> Callable[[int], None]:
        return self.chat.erase if for_both else self.chat.hide

    def _membership(self, *, blocked: bool) -> None:
        if self.chat.blocked is blocked:
            return
        self.chat.blocked = blocked
        bot = self._cloud.card.user
        kicked = {"user": bot, "status": "kicked", "until_date": 0}
        member = {"user": bot, "status": "member"}
        old, new = (member, kicked) if blocked else (kicked, member)
        self._update(
            "my_chat_member",
            {
                "chat": self.chat.api,
                "from": self.api,
                "date": self._cloud.clock.unix(),
                "old_chat_member": old,
                "new_chat_member": new,
            },
        )

    def _update(self, kind: str, body: dict[str, Any]) -> None:
        self._cloud.updates.push({kind: body})
        self._cloud.changes.touch()
