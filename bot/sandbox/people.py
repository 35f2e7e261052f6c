"""The person with the phone: writes, taps, deletes, blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.entities import detect
from bot.sandbox.keyboards import Button
from bot.sandbox.media import media
from bot.sandbox.message import Message
from bot.sandbox.phone import Phone
from bot.sandbox.tapping import tap_callback

WORDED = ("text", "photo", "voice", "video", "document", "audio", "animation")  # kinds with a text or a caption


class Person(Phone):
    """Every action is done at once; the bot hears of it through
    its updates. ValueError when a real phone would not offer the action."""

    def send(self, text: str) -> Message:
        return self._send("text", text=text, entities=detect(text))

    def send_location(self, latitude: float, longitude: float) -> Message:
        return self._send("location", extra={"location": {"latitude": latitude, "longitude": longitude}})

    def say(self, text: str) -> Message:
        """The same as `send`, as `Group.say` has it."""
        return self.send(text)

    def send_other(self, kind: str, caption: str = "") -> Message:
        """A photo, voice, sticker, contact, document, poll, video …; its file can be passed on by its id."""
        return self._send(kind, text=caption, entities=detect(caption), extra=self.attachment(kind))

    def attachment(self, kind: str) -> dict[str, Any]:
        """The Bot API fields of something this person takes from their phone."""
        return media(self._cloud, kind, self.api)

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
        if message.sender != "user" or message.kind not in WORDED:
            raise ValueError("only one's own texts and captions can be edited")
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
        return self.use(self.chat, self.message(message_id), button)

    def use(self, chat: Chat, message: Message, button: Button) -> str | None:
        """Presses a button in this chat, a group or the private one, on this person's phone."""
        if button.kind == "callback":
            return tap_callback(self._cloud, chat, self.api, message, button.value)
        if button.kind == "copy":
            self.clipboard = button.value
        else:
            self.opened.append(button.value)
        chat.screens[self.chat_id].unseen.clear()
        self._cloud.changes.touch()
        return None

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
        self.chat.own.unseen.clear()
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

    def protect(self, on: bool = True) -> None:
        """Forbids saving and forwarding from this chat; what is written from now on is marked."""
        self.chat.protected = on
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
        self.chat.started = True
        message = self._cloud.from_person(self.chat, self.api, kind=kind, **details)
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
        self._cloud.tell(kind, body)
