"""Buttons in rows that stay readable on a narrow phone (390 px)."""

from __future__ import annotations

from flows.engine import Button, Row

HALF = 22  # characters that fit half a row; longer words get a row of their own
HALF_NUMBER = 16  # the same for a number to copy: it must not break in the middle, and Telegram adds a mark to it


def rows_of(buttons: list[Button]) -> tuple[Row, ...]:
    """Two in a row where both are short, in the given order."""
    rows: list[Row] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and _short(last[0]) and _short(button):
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return tuple(rows)


def _short(button: Button) -> bool:
    return len(button.label) <= (HALF_NUMBER if button.copy else HALF)
