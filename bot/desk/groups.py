"""Groups that do not let the bot write: shut out, without the right, gone.

While a group is shut nothing is posted there; one silent try after a while, each pause twice as long, finds out when
it is open again. What waited meanwhile is in the database, so everything is posted anew from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)


@dataclass(slots=True)
class _Shut:
    pause: timedelta
    again_at: datetime


class Groups:
    """By keyed hash. `heard`: whether a group took the last message, since the desk's clock last looked."""

    def __init__(self) -> None:
        self._shut: dict[bytes, _Shut] = {}
        self.heard: dict[bytes, bool] = {}

    def shut(self, group: bytes | None) -> bool:
        """Whether nothing can be written there, as far as we know."""
        return group in self._shut

    def refused(self, group: bytes, now: datetime) -> bool:
        """It did not take a message; whether that is news."""
        before = self._shut.get(group)
        pause = min(before.pause * 2, LONGEST_PAUSE) if before else FIRST_PAUSE
        self._shut[group] = _Shut(pause, now + pause)
        return before is None

    def took(self, group: bytes) -> bool:
        """It took a message; whether that is news."""
        return self._shut.pop(group, None) is not None

    def to_be_tried(self, group: bytes | None, now: datetime) -> bool:
        """Whether it is time for a try; says so once."""
        shut = self._shut.get(group) if group else None
        if shut is None or now < shut.again_at:
            return False
        shut.again_at = now + shut.pause
        return True
