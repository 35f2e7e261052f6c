"""Buttons in rows that stay readable on a narrow phone (390 px)."""

from __future__ import annotations

from flows.engine import Button, Row

HALF = 22  # characters that fit half a row; longer words get a row of their own


def rows_of(buttons: list[Button]) -> tuple[Row, ...]:
    """Two in a row where both are short, in the given order."""
    rows: list[Row] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and len(last[0].label) <= HALF and len(button.label) <= HALF:
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return tuple(rows)
