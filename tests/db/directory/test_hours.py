"""Open now, or when next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.directory.hours import KYIV, HoursError, Opening, check_hours, is_open, opening
from db.directory.service import Service

from .conftest import MakeService

SUNDAY_NOON = datetime(2026, 11, 22, 12, 0, tzinfo=KYIV)


def test_round_the_clock_never_changes(make: MakeService) -> None:
    """24/7 is open and stays so."""
    service = make(hours="24/7")
    assert opening(service, SUNDAY_NOON) == Opening(is_open=True)
    assert is_open(service, SUNDAY_NOON) is True


def test_unknown_hours_are_not_guessed(make: MakeService) -> None:
    """Nothing is said of a service whose hours nobody wrote down."""
    assert opening(make(), SUNDAY_NOON) is None
    assert is_open(make(), SUNDAY_NOON) is None


def test_closed_says_when_it_opens(make: MakeService) -> None:
    """On Sunday a weekday office opens on Monday morning, Kyiv time."""
    state = opening(make(hours="Mo-Fr 08:00-17:00"), SUNDAY_NOON)
    assert state == Opening(is_open=False, changes=datetime(2026, 11, 23, 8, 0, tzinfo=KYIV))
    assert state is not None
    assert state.changes is not None
    assert state.changes.utcoffset() == timedelta(hours=2)


def test_a_line_over_midnight(make: MakeService) -> None:
    """14:00-06:00 is open at three in the morning and closes at six."""
    night = SUNDAY_NOON.replace(hour=3)
    assert opening(make(hours="Mo-Su 14:00-06:00"), night) == Opening(True, SUNDAY_NOON.replace(hour=6))
    assert is_open(make(hours="Mo-Su 14:00-06:00"), SUNDAY_NOON) is False


def test_utc_is_turned_into_kyiv_time(make: MakeService) -> None:
    """The edge's clock is UTC: 06:30 UTC is 08:30 in Kyiv in winter and 09:30 in summer."""
    service = make(hours="Mo-Su 09:00-18:00")
    assert is_open(service, datetime(2026, 1, 15, 6, 30, tzinfo=UTC)) is False
    assert is_open(service, datetime(2026, 7, 15, 6, 30, tzinfo=UTC)) is True


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 (made aware below)
def test_what_opens_next_is_ahead(moment: datetime) -> None:
    """Whenever one asks, clock changes included, the next change lies in the future."""
    now = moment.replace(tzinfo=UTC)
    service = Service(1, "sample", "day_center", "Зразок", "Sample", hours="Mo-Th 08:00-17:00; Fr 08:00-16:00")
    state = opening(service, now)
    assert state is not None
    assert state.changes is not None
    assert now < state.changes < now + timedelta(days=4)


def test_rubbish_is_refused() -> None:
    """An import with hours nobody can read is stopped by name."""
    with pytest.raises(HoursError, match="зранку"):
        check_hours("зранку до вечора")
    check_hours("")
    check_hours("Mo-Fr 08:00-12:00,13:00-17:00")
