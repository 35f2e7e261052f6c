"""What may hang under a message, and what Telegram refuses there.

Bytes of callback data, length of a copied text and of a placeholder: Bot API reference. How many buttons a
keyboard may have is not in the reference; the numbers are those observed and kept by python-telegram-bot
(`InlineKeyboardMarkupLimit`) and, for reply keyboards, Telegram's own 300.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.parameters import encodable
from bot.sandbox.refusal import bad

CALLBACK_BYTES = 64
COPY_CHARACTERS = 256
PLACEHOLDER_CHARACTERS = 64
INLINE_BUTTONS = 100
INLINE_ROW = 8
REPLY_BUTTONS = 300
REPLY_ROW = 12
_PRIVATE_ONLY = {"request_contact": "Phone number", "request_location": "Location", "request_poll": "Poll"}


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it. `value` is what it carries: data, address, or the text it copies."""

    text: str
    kind: str  # callback | url | copy
    value: str


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked `reply_markup`: an inline keyboard, or one of the three kinds that live at the input field."""

    inline: list[list[dict[str, Any]]] | None = None
    keyboard: dict[str, Any] | None = None  # ReplyKeyboardMarkup
    removes: bool = False  # ReplyKeyboardRemove
    forces: bool = False  # ForceReply

    @property
    def uneditable(self) -> bool:
        """A message that had anything but an inline keyboard can never be edited."""
        return self.keyboard is not None or self.removes or self.forces


NOTHING = Markup()


def read_markup(value: object, *, private: bool) -> Markup:
    """Raises Refusal with Telegram's sentence for the first thing that is wrong."""
    if value is None:
        return NOTHING
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in value:
        return Markup(inline=_inline(value["inline_keyboard"]))
    if "keyboard" in value:
        return Markup(keyboard=_reply_keyboard(value, private=private))
    if value.get("remove_keyboard") is True:
        return Markup(removes=True)
    if value.get("force_reply") is True:
        _placeholder(value)
        return Markup(forces=True)
    return NOTHING


def buttons(rows: list[list[dict[str, Any]]] | None) -> list[list[Button]]:
    return [[_seen(button) for button in row] for row in rows or ()]


def _seen(button: dict[str, Any]) -> Button:
    if "url" in button:
        return Button(button["text"], "url", button["url"])
    if "copy_text" in button:
        return Button(button["text"], "copy", button["copy_text"]["text"])
    return Button(button["text"], "callback", button["callback_data"])


def _rows(value: object, complaint: str, *, most: int, row_most: int) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad(complaint)
    if sum(map(len, value)) > most or any(len(row) > row_most for row in value):
        raise bad("reply markup is too long")
    return [row for row in value if row]


def _inline(value: object) -> list[list[dict[str, Any]]] | None:
    complaint = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    rows = _rows(value, complaint, most=INLINE_BUTTONS, row_most=INLINE_ROW)
    return [[_inline_button(button) for button in row] for row in rows] or None


def _inline_button(button: object) -> dict[str, Any]:
    wrong = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad(wrong + "InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad(
            wrong + 'Field "text" must be of type String' if "text" in button else wrong + 'Can\'t find field "text"'
        )
    if not text.strip():
        raise bad("inline keyboard button text must be non-empty")
    encodable(text, "inline keyboard button text")
    if url := button.get("url"):
        _check_url(url)
        return {"text": text, "url": url}
    if data := button.get("callback_data"):
        if not isinstance(data, str) or len(encodable(data, "inline keyboard button data").encode()) > CALLBACK_BYTES:
            raise bad("BUTTON_DATA_INVALID")
        return {"text": text, "callback_data": data}
    if "copy_text" in button:
        copied = button["copy_text"].get("text") if isinstance(button["copy_text"], dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= COPY_CHARACTERS:
            raise bad("BUTTON_COPY_TEXT_INVALID")
        return {"text": text, "copy_text": {"text": copied}}
    raise bad(wrong + "Text buttons are unallowed in the inline keyboard")


def _check_url(url: object) -> None:
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts is None or parts.scheme not in ("http", "https", "tg"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme != "tg" and "." not in (parts.hostname or ""):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_keyboard(value: dict[str, Any], *, private: bool) -> dict[str, Any]:
    complaint = 'field "keyboard" must be an Array of Arrays'
    rows = _rows(value["keyboard"], complaint, most=REPLY_BUTTONS, row_most=REPLY_ROW)
    _placeholder(value)
    return {**value, "keyboard": [[_key(key, private=private) for key in row] for row in rows]}


def _key(key: object, *, private: bool) -> dict[str, Any]:
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict) or not isinstance(key.get("text"), str):
        raise bad("can't parse keyboard button: KeyboardButton must be an Object")
    if not key["text"].strip():
        raise bad("keyboard button text must be non-empty")
    for request, thing in _PRIVATE_ONLY.items():
        if key.get(request) and not private:
            raise bad(f"{thing} can be requested in private chats only")
    return key


def _placeholder(value: dict[str, Any]) -> None:
    placeholder = value.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or len(placeholder) > PLACEHOLDER_CHARACTERS:
        raise bad("PLACEHOLDER_INVALID")
