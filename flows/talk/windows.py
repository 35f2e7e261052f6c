"""Hours that can be named as safe, in Kyiv time, from now on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from db.directory.hours import KYIV
from flows.engine import Action
from flows.texts import N_

LABELS = {
    "day": N_("window.day"),
    "eve": N_("window.eve"),
    "morn": N_("window.morn"),
    "noon": N_("window.noon"),
    "teve": N_("window.teve"),
}

Span = tuple[datetime, datetime]

# code → days from today, from, to. Each is offered while at least an hour of it is left.
_HOURS: dict[str, tuple[int, time, time]] = {
    "day": (0, time(9), time(17)),
    "eve": (0, time(17), time(21)),
    "morn": (1, time(9), time(12)),
    "noon": (1, time(12), time(17)),
    "teve": (1, time(17), time(21)),
}


def windows(now: datetime) -> dict[str, Span]:
    """Code → (from, to), aware and in UTC, of the hours that can still be chosen."""
    today = now.astimezone(KYIV).date()
    spans = {
        code: (_moment(today + timedelta(days=days), start), _moment(today + timedelta(days=days), end))
        for code, (days, start, end) in _HOURS.items()
    }
    return {code: span for code, span in spans.items() if now <= span[1] - timedelta(hours=1)}


def span_of(action: Action, at: int, now: datetime) -> Span | None:
    """The hours that an address names at position `at`; None when they cannot be chosen any more."""
    return windows(now).get(action.args[at]) if at < len(action.args) else None


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, KYIV).astimezone(UTC)
