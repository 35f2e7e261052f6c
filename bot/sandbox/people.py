"""The person with the phone: writes, taps, deletes, blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.entities import detect
from bot.sandbox.keyboards import Button, Markup
from bot.sandbox.media import media
from bot.sandbox.message import Message
from bot.sandbox.phone import Phone


class Person(Phone):
    """Every action is done at once; the bot hears of it through
    its updates. ValueError when a real phone would not offer the action."""

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
        key = next((key for row in self.keys or () for key in row if key["text"] == label), None)
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
