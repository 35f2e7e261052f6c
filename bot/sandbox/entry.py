"""An update in the queue, and what can be read off it without trusting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, slots=True)
class Entry:
    """An update waiting. `body` is its JSON; `lane` is what Telegram keeps in sequence under a webhook."""

    id: int
    kind: str
    body: bytes
    lane: tuple[str, int]
    expires: float  # by the sandbox's clock
    once: bool  # no offset can confirm it
    handed_out: bool = False
    gone: bool = False  # no longer in the queue, whatever a delivery still holds


def kind_of(update: Any) -> str:
    """The update's kind as `allowed_updates` names it; empty for what has none."""
    if not isinstance(update, dict):
        return ""
    return next((key for key in update if isinstance(key, str) and key != "update_id"), "")


def lane_of(kind: str, update: Any) -> tuple[str, int]:
    """Under a webhook Telegram delivers one person's texts in turn, and their taps in turn, but the two beside
    each other (the queue ids of its Bot API server: chat id, and user id with a mark of the kind)."""
    body = update.get(kind) if isinstance(update, dict) else None
    if not isinstance(body, dict):
        return kind, 0
    message = kind in ("message", "edited_message", "channel_post", "edited_channel_post")
    owner = body.get("chat") if message else body.get("from")
    number = owner.get("id") if isinstance(owner, dict) else None
    return ("message" if message else kind), number if isinstance(number, int) else 0
