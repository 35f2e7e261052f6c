"""How fast Telegram may be called: about 30 calls a second overall, one message a second and chat.

Ordinary lanes keep to 25/s of the 30, so that an exit always finds room. `rate` 0 switches all limits off
(a local Bot API server, benchmarks). Times are seconds of a monotonic clock, passed in.
"""

from __future__ import annotations

from db.outbox import Kind, Lane, Row

ORDINARY_SHARE = 25 / 30
CHAT_RATE = 1.0  # messages a second in one chat …
CHAT_BURST = 3  # … after so many at once
_FORGET_CHATS = 10_000
GROUP_RATE = 0.25  # a second: Telegram allows 20 a minute in a group, edits included …
GROUP_BURST = 5  # … so that a burst and the rate together stay below it
MESSAGES = (Kind.REDRAW, Kind.SEND, Kind.ANNOUNCE, Kind.CARD)  # what counts in its chat


class Gauge:
    """A leaky bucket as one number: the time at which everything spent so far will have been paid for."""

    __slots__ = ("_interval", "_paid", "_slack")

    def __init__(self, rate: float, burst: float) -> None:
        self._interval = 1 / rate
        self._slack = (burst - 1) / rate
        self._paid = 0.0

    def delay(self, now: float) -> float:
        """Seconds until one more may be spent."""
        return max(0.0, self._paid - self._slack - now)

    def rest(self, now: float) -> float:
        """Seconds until nothing is owed: who waits for that leaves the whole burst to others."""
        return max(0.0, self._paid - now)

    def spend(self, now: float) -> None:
        """One more, even beyond what is allowed: the next one waits longer."""
        self._paid = max(self._paid, now) + self._interval

    def idle(self, now: float) -> bool:
        """Whether nothing is owed."""
        return not self.rest(now)


class Pace:
    """All limits together."""

    def __init__(self, rate: float) -> None:
        self._limited = rate > 0
        if self._limited:
            self._overall = Gauge(rate, rate / 3)
            self._ordinary = Gauge(rate * ORDINARY_SHARE, max(1.0, rate / 10))
        self._chats: dict[bytes, Gauge] = {}

    def lane_delay(self, lane: Lane, now: float) -> float:
        """Seconds until any row of this lane may go."""
        if not self._limited:
            return 0.0
        overall = self._overall.delay(now)  # when exits have used all of it, the next room is an exit's as well
        if lane is Lane.EXIT:
            return overall
        # A fade that lasts for hours may use every second of Telegram's limit, yet a tap finds room at once.
        ordinary = self._ordinary.rest(now) if lane is Lane.BACKGROUND else self._ordinary.delay(now)
        return max(overall, ordinary)

    def chat_delay(self, row: Row, now: float) -> float:
        """Seconds until this row's chat may get one more message. An exit does not wait for it."""
        gauge = self._chats.get(row.chat) if row.kind in MESSAGES and row.lane is not Lane.EXIT else None
        return gauge.delay(now) if gauge else 0.0

    def spend(self, row: Row, now: float) -> None:
        """One call is being made for this row."""
        if not self._limited:
            return
        self._overall.spend(now)
        if row.lane is not Lane.EXIT:
            self._ordinary.spend(now)
        if row.kind in MESSAGES:
            if len(self._chats) > _FORGET_CHATS:
                self._chats = {chat: gauge for chat, gauge in self._chats.items() if not gauge.idle(now)}
            rate, burst = (GROUP_RATE, GROUP_BURST) if row.kind is Kind.CARD else (CHAT_RATE, CHAT_BURST)
            self._chats.setdefault(row.chat, Gauge(rate, burst)).spend(now)
