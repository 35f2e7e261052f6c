"""What one person's phone shows of a chat besides its messages: notifications, the unread count, pop-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.entities import index_of
from bot.sandbox.message import Message

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


@dataclass(frozen=True, slots=True)
class Popup:
    """The words an answered tap brought: a line that fades, or an alert that waits to be closed."""

    text: str
    alert: bool
    number: int  # counts up, so that the same words twice are two pop-ups


@dataclass(eq=False)
class Screen:
    """One person's view of one chat."""

    lock_screen: list[Notification] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)  # messages since the person last opened the chat
    popup: Popup | None = None

    @property
    def toast(self) -> str | None:
        """The words the last answered tap showed."""
        return self.popup.text if self.popup else None

    @property
    def alert(self) -> bool:
        """Whether those words wait to be closed."""
        return self.popup is not None and self.popup.alert

    def arrive(self, message: Message, title: str, author: str = "") -> None:
        """A message reached the phone. `author` is named before the words, as groups do."""
        self.unseen.add(message.message_id)
        text = notification_text(message)
        preview = f"{author}: {text}"[:PREVIEW] if author else text
        self.lock_screen.append(Notification(message.date, title, preview, message.silent))


def notification_text(message: Message) -> str:
    """The words a preview shows: one line, spoilers covered, media by their kind, a pin by the words it pins."""
    text = message.text or f"[{message.kind}]"
    if message.kind == "pinned_message":
        text = f"«{message.extra[message.kind].get('text', '')}»"
    for entity in message.entities:
        if entity["type"] == "spoiler":
            start = index_of(text, entity["offset"])
            end = index_of(text, entity["offset"] + entity["length"])
            text = text[:start] + "▒" * (end - start) + text[end:]
    return " ".join(text.split())[:PREVIEW]
