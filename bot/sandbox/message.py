"""A message as Telegram's cloud keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.entities import Entity, first_link
from bot.sandbox.keyboards import NOTHING, Button, Markup, buttons
from bot.sandbox.safe_html import safe_html


@dataclass(eq=False, slots=True)
class Message:
    message_id: int
    chat: dict[str, Any]  # Bot API Chat
    author: dict[str, Any]  # Bot API User
    sender: str  # bot | user
    date: datetime
    text: str = ""  # or the caption of a photo or voice message
    entities: list[Entity] = field(default_factory=list)
    kind: str = "text"  # or location, photo, voice …
    extra: dict[str, Any] = field(default_factory=dict)  # further Bot API fields: location, photo, forward_origin …
    markup: Markup = NOTHING
    edited: datetime | None = None
    silent: bool = False
    protected: bool = False
    preview_options: dict[str, Any] | None = None
    service: bool = False  # Telegram's own line: somebody joined, a message was pinned …; `kind` says which
    hidden: bool = False  # the person deleted it for themselves only

    @property
    def id(self) -> int:
        return self.message_id

    @property
    def html(self) -> str:
        return safe_html(self.text, self.entities)

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        return buttons(self.markup.inline)

    @property
    def labels(self) -> list[str]:
        """The words on the inline keyboard, in reading order."""
        return [button.text for row in self.buttons for button in row]

    @property
    def link_preview(self) -> str | None:
        """The address whose preview the phone shows under the message."""
        options = self.preview_options or {}
        if options.get("is_disabled"):
            return None
        return options.get("url") or first_link(self.text, self.entities)

    def button(self, label_or_data: str) -> Button | None:
        """By its data or by the words on it."""
        every = [button for row in self.buttons for button in row]
        by_value = (button for button in every if button.kind == "callback" and button.value == label_or_data)
        return next(by_value, next((button for button in every if button.text == label_or_data), None))

    def to_api(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.author,
            "chat": self.chat,
            "date": int(self.date.timestamp()),
        }
        if self.edited is not None:
            answer["edit_date"] = int(self.edited.timestamp())
        if self.text:
            answer["text" if self.kind == "text" else "caption"] = self.text
        if self.entities:
            answer["entities" if self.kind == "text" else "caption_entities"] = self.entities
        if self.extra:
            answer.update(self.extra)
        if self.markup.inline:
            answer["reply_markup"] = {"inline_keyboard": self.markup.inline}
        if self.protected:
            answer["has_protected_content"] = True
        if self.preview_options:
            answer["link_preview_options"] = self.preview_options
        return answer
