"""Messages that an exit has just covered: a button tapped on one was tapped before the cover was there to be seen.

A trembling finger taps Exit and its neighbour. Without this the second tap would begin a new visit and bring back a
screen that somebody has just made vanish; and twenty taps on Exit would be twenty covers, one a second.
Kept in memory only, as keyed hashes of messages, for as long as Telegram keeps a tap: nothing about who left reaches
the disk. After a restart a tap of those seconds counts as any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

TAP_LIFE = timedelta(seconds=150)  # Telegram forgets a tap then


class Covered:
    """By `Keyring.message`, until when."""

    def __init__(self) -> None:
        self._until: dict[bytes, datetime] = {}

    def add(self, messages: Iterable[bytes], now: datetime) -> None:
        """These were covered now."""
        for message in messages:
            self._until.pop(message, None)
            self._until[message] = now + TAP_LIFE
        while self._until and next(iter(self._until.values())) < now:
            del self._until[next(iter(self._until))]

    def holds(self, message: bytes, now: datetime) -> bool:
        """Whether a tap on this message may be older than its cover."""
        return self._until.get(message, now) > now
