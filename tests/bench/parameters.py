"""What a call says: the few parameters the load needs, out of JSON or a form, and the keyboard of a screen."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

from tests.bench.wire import Call

_READ = frozenset(
    (
        b"chat_id",
        b"message_id",
        b"message_ids",
        b"callback_query_id",
        b"reply_markup",
        b"offset",
        b"limit",
        b"timeout",
    )
)


def parameters(call: Call) -> dict[str, Any]:
    """What the load needs of a call's parameters, and as `shown` a hash of the whole body."""
    if b"json" in call.content_type:
        told: dict[str, Any] = json.loads(call.body or b"{}")
    else:
        told = {}
        for pair in (call.body or call.path.partition(b"?")[2]).split(b"&"):
            name, _, value = pair.partition(b"=")
            if name in _READ:
                told[name.decode()] = _plain(value)
    told["shown"] = hash(call.body)
    return told


@lru_cache(maxsize=512)
def _plain(value: bytes) -> str:
    return unquote_plus(value.decode())


def keyboard(given: str | dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """A keyboard as JSON, and the callback data of its buttons."""
    return _keyboard(given if isinstance(given, str) else json.dumps(given))


@lru_cache(maxsize=512)  # a bot has few different keyboards
def _keyboard(markup: str) -> tuple[str, tuple[str, ...]]:
    return markup, buttons_of(markup)


def buttons_of(markup: str) -> tuple[str, ...]:
    """The callback data of an inline keyboard, in reading order."""
    rows = json.loads(markup).get("inline_keyboard", [])
    return tuple(button["callback_data"] for row in rows for button in row if "callback_data" in button)
