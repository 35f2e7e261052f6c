"""Whether a service is open now, and when that changes. Kyiv time; nothing is guessed when hours are unknown.

Public holidays are not applied: under martial law they are working days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # missing in its stubs only

from db.directory.service import Service

KYIV = ZoneInfo("Europe/Kyiv")
ROUND_THE_CLOCK = "24/7"


class HoursError(ValueError):
    """Hours that are not OpenStreetMap `opening_hours`; the message shows them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """`changes` is when a closed service opens, or an open one closes (Kyiv time); None: never."""

    is_open: bool
    changes: datetime | None = None


def opening(service: Service, now: datetime) -> Opening | None:
    """How things stand at `now` (aware), None when the hours are unknown.

    Raises HoursError when the row's hours cannot be read; an import refuses such rows.
    """
    if not service.hours:
        return None
    if service.hours == ROUND_THE_CLOCK:
        return Opening(is_open=True)
    hours = _parsed(service.hours)
    here = now.astimezone(KYIV)
    return Opening(hours.is_open(here), hours.next_change(here))


def is_open(service: Service, now: datetime) -> bool | None:
    """Whether it is open at `now`, None when the hours are unknown."""
    state = opening(service, now)
    return None if state is None else state.is_open


def check_hours(hours: str) -> None:
    """Raises HoursError unless `hours` is empty or can be read."""
    if hours:
        _parsed(hours)


@lru_cache(maxsize=512)
def _parsed(hours: str) -> OpeningHours:
    try:
        return OpeningHours(hours, timezone=KYIV)
    except ParserError as fault:
        raise HoursError(f"not opening hours: '{hours}'") from fault
