"""The sandbox's clock: real time plus a shift, so that a test lives through 48 hours without waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Message dates, ages and expiries all come from here."""

    def __init__(self, source: Callable[[], datetime] = utc_now) -> None:
        self._source = source
        self.offset = 0.0  # seconds the clock was moved by

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._source() + timedelta(seconds=self.offset) if self.offset else self._source()

    def unix(self) -> int:
        """Whole seconds, as the Bot API writes dates."""
        return int(self.now().timestamp())

    def steady(self) -> float:
        """Seconds for measuring rates: never jumps back by itself, follows `move`, runs even if `source` stands."""
        return time.monotonic() + self.offset

    def move(self, seconds: float) -> None:
        self.offset += seconds
