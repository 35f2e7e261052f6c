"""Telegram's limits, kept by ourselves so that Telegram need not."""

from datetime import UTC, datetime, timedelta

from bot.pace import CHAT_BURST, Gauge, Pace
from db.outbox import Kind, Lane, Order, Row

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ORDER = Order()


def row(chat: bytes, lane: Lane = Lane.REPLY, kind: Kind = Kind.REDRAW) -> Row:
    return Row(ORDER.next(NOW), lane, chat, kind, 1, {}, NOW, NOW + timedelta(minutes=1))


def sent_in(pace: Pace, lane: Lane, seconds: float) -> int:
    """How many calls to ever new chats a lane makes in so much time."""
    now, sent = 0.0, 0
    while now < seconds:
        if wait := pace.lane_delay(lane, now):
            now += wait + 1e-9
            continue
        pace.spend(row(sent.to_bytes(16, "big"), lane), now)
        sent += 1
    return sent


def test_ordinary_lanes_leave_room_for_exits() -> None:
    """While replies use all they may, 25 of 30 a second, an exit need not wait."""
    pace = Pace(30)
    assert 250 <= sent_in(pace, Lane.REPLY, 10) <= 255
    pace.spend(row(b"one more"), 10)
    assert pace.lane_delay(Lane.REPLY, 10) > 0
    assert pace.lane_delay(Lane.EXIT, 10) == 0


def test_a_fade_uses_what_is_left_and_no_tap_waits_for_it() -> None:
    """With nobody here the last lane has all of 25 a second; whoever taps at any moment of that goes at once."""
    pace = Pace(30)
    assert 245 <= sent_in(pace, Lane.BACKGROUND, 10) <= 255
    now = 20.0
    for number in range(100):
        now += pace.lane_delay(Lane.BACKGROUND, now) + 1e-9
        pace.spend(row(number.to_bytes(16, "big"), Lane.BACKGROUND), now)
        assert pace.lane_delay(Lane.REPLY, now) == 0


def test_one_chat_gets_one_message_a_second_after_a_burst() -> None:
    """Frantic tapping in one chat is slowed down before Telegram refuses it."""
    pace = Pace(30)
    for _ in range(CHAT_BURST):
        assert pace.chat_delay(row(b"a"), 0) == 0
        pace.spend(row(b"a"), 0)
    assert 0.9 < pace.chat_delay(row(b"a"), 0) <= 1
    assert pace.chat_delay(row(b"b"), 0) == 0


def test_an_exit_and_an_answer_do_not_wait_for_the_chat() -> None:
    """The limit of a chat holds back its screens, neither its exit nor the spinner's end."""
    pace = Pace(30)
    for _ in range(10):
        pace.spend(row(b"a"), 0)
    assert pace.chat_delay(row(b"a", Lane.EXIT), 0) == 0
    assert pace.chat_delay(row(b"a", kind=Kind.OTHER), 0) == 0


def test_rate_zero_switches_all_limits_off() -> None:
    """A local Bot API server has no limits."""
    pace = Pace(0)
    for _ in range(1000):
        pace.spend(row(b"a"), 0)
    assert pace.lane_delay(Lane.REPLY, 0) == 0
    assert pace.chat_delay(row(b"a"), 0) == 0


def test_a_gauge_that_was_idle_owes_nothing() -> None:
    """Quiet time is not saved up beyond the burst."""
    gauge = Gauge(1, 3)
    for _ in range(3):
        assert gauge.delay(100) == 0
        gauge.spend(100)
    assert gauge.delay(100) == 1
    assert gauge.idle(103)
