"""A tap that is older than the cover it meets."""

from datetime import UTC, datetime, timedelta

from bot.covered import TAP_LIFE, Covered

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_message_is_held_for_as_long_as_telegram_keeps_a_tap() -> None:
    """Not longer: nobody who left is remembered beyond that."""
    covered = Covered()
    covered.add([b"a"], NOW)
    assert covered.holds(b"a", NOW)
    assert covered.holds(b"a", NOW + TAP_LIFE - SECOND)
    assert not covered.holds(b"a", NOW + TAP_LIFE)
    assert not covered.holds(b"b", NOW)


def test_what_is_over_is_forgotten() -> None:
    """The memory holds the last two and a half minutes only, however many leave in a day."""
    covered = Covered()
    for number in range(5000):
        covered.add([number.to_bytes(2, "big")], NOW + number * SECOND)
    assert len(covered._until) <= TAP_LIFE / SECOND + 1


def test_covered_again_counts_from_then() -> None:
    """A second exit from the same message holds it anew."""
    covered = Covered()
    covered.add([b"a"], NOW)
    covered.add([b"b"], NOW)
    covered.add([b"a"], NOW + 100 * SECOND)
    assert covered.holds(b"a", NOW + TAP_LIFE)
    assert not covered.holds(b"b", NOW + TAP_LIFE)
