"""The Bot API's methods, a module per group. Each takes the cloud and the checked parameters, and returns the
`result` or raises `Refusal`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.api import cards, chats, deleting, editing, passing, pinning, receiving, sending, taps
from bot.sandbox.cloud import Cloud
from bot.sandbox.parameters import Params

HANDLERS: dict[str, Callable[[Cloud, Params], Any]] = {
    **cards.HANDLERS,
    **chats.HANDLERS,
    **deleting.HANDLERS,
    **editing.HANDLERS,
    **passing.HANDLERS,
    **pinning.HANDLERS,
    **receiving.HANDLERS,
    **sending.HANDLERS,
    **taps.HANDLERS,
}
