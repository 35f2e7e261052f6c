"""Reading the arguments of a button's address: what is not as a flow wrote it leads home, never to an error."""

from __future__ import annotations

from collections.abc import Container

from flows.engine import Action

LONGEST_NUMBER = 16  # digits; a GeoNames id has eight, a row of ours sixteen


class NotAnAddressError(ValueError):
    """The button's arguments are not ones a flow writes: old, forged or damaged."""


def number(action: Action, at: int) -> int:
    """The argument at position `at` as a number that is not negative. Raises NotAnAddressError."""
    text = action.args[at] if at < len(action.args) else ""
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER:
        raise NotAnAddressError(action.name)
    return int(text)


def word(action: Action, at: int, known: Container[str]) -> str:
    """The argument at position `at` when it is one of the known words. Raises NotAnAddressError."""
    text = action.args[at] if at < len(action.args) else ""
    if text not in known:
        raise NotAnAddressError(action.name)
    return text
