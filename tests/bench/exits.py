"""How soon somebody is out: from the tap on Exit to the first call for it, and to the last message gone.

Once with nothing else to do; and once while 500 chats wait for their screens, a third of all calls is refused with
429 and Telegram takes 30 calls a second: with lanes, and beside them the same bot with one line for everything.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.contestants import ONE_LINE, OURS, Contestant
from tests.bench.figures import percentile
from tests.bench.processes import DidNotStartError, contestant, throttled_api
from tests.bench.report import Goal, Outcome
from tests.bench.seeded import SECRET, Visitors, seed

LEAVERS, MESSAGES = 100, 20
TAPPERS = 500
REFUSED = 1 / 3
FIRST_TAPPER, FIRST_LEAVER = 1_000_000_001, 2_000_000_001
IDLE_EVERY, IDLE_SECONDS = 0.2, 22.0
WARM_UP, OVERLOAD_EVERY, OVERLOAD_SECONDS = 5.0, 0.35, 48.0
LIMIT = {"TELEGRAM_RATE": "30", "SECRET_KEY": SECRET}
IDLE_GOAL, FIRST_GOAL, WIPE_GOAL = 0.050, 1.0, 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Left:
    """What one play told about those who left, in seconds. One who is not out at the end counts with the time since."""

    first: list[float]
    wiped: list[float]
    unfinished: int
    tappers: list[int]  # redraws each of those who stayed has seen
    longest: float  # the longest anybody still waits at the end

    @classmethod
    def of(cls, state: dict[str, Any], tappers: int) -> Left:
        """Out of what the API tells."""
        counts = dict.fromkeys(range(FIRST_TAPPER, FIRST_TAPPER + tappers), 0)
        for chat in state["served"]:
            counts[chat] += 1
        return cls(state["first"], state["wiped"], state["unfinished"], list(counts.values()), state["longest"])


def bench(contestants: Sequence[Contestant]) -> Outcome:
    """The figures of issue B, "Speed"."""
    heads = ("", "idle", "overload", "overload, one line")
    if OURS not in contestants:
        return Outcome("Leaving", heads, ())
    try:
        idle = _play(OURS, 0, every=IDLE_EVERY, seconds=IDLE_SECONDS)
        storm = {"again": True, "refuse": REFUSED, "after": WARM_UP, "every": OVERLOAD_EVERY}
        lanes = _play(OURS, TAPPERS, seconds=OVERLOAD_SECONDS, **storm)
        one_line = _play(ONE_LINE, TAPPERS, seconds=OVERLOAD_SECONDS, **storm)
    except DidNotStartError as fault:
        return Outcome("Leaving", heads, (), troubles=(str(fault),))
    plays = (idle, lanes, one_line)
    rows = (
        ("exits", *(f"{len(of.first)}" for of in plays)),
        ("tap to first call: p50 / p99 s", *(_pair(of.first) for of in plays)),
        (f"tap to {MESSAGES} messages gone: p50 / p99 s", *(_pair(of.wiped) for of in plays)),
        (f"gone within {WIPE_GOAL:g} s", *(f"{_share(of.wiped):.0%}" for of in plays)),
        ("not out at the end", *(f"{of.unfinished}" for of in plays)),
        ("screens per chat that stays: fewest / most", *(_range(of.tappers) for of in plays)),
        ("screens a second to those who stay", *(_rate(of) for of in plays)),
    )
    return Outcome(
        title=f"Leaving, {TAPPERS} chats waiting, a third of calls refused, 30 a second",
        heads=heads,
        rows=rows,
        goals=_goals(idle, lanes),
    )


def _goals(idle: Left, lanes: Left) -> tuple[Goal, ...]:
    at_once, first = percentile(idle.first, 99), percentile(lanes.first, 99)
    wiped, fair = _share(lanes.wiped), max(lanes.tappers) - min(lanes.tappers)
    return (
        Goal("idle: first call within 50 ms, p99", f"{1000 * at_once:.0f} ms", met=at_once < IDLE_GOAL),
        Goal("overload: first call within 1 s, p99", f"{first:.2f} s", met=first < FIRST_GOAL),
        Goal("overload: 20 messages gone within 3 s, 9 of 10", f"{wiped:.0%}", met=wiped >= 0.9),
        Goal("overload: nobody gets a second screen before all had a first", f"{fair} apart", met=fair <= 1),
    )


def _play(of: Contestant, tappers: int, **how: Any) -> Left:
    groups = (Visitors(FIRST_TAPPER, tappers), Visitors(FIRST_LEAVER, LEAVERS, messages=MESSAGES))
    with tempfile.TemporaryDirectory(prefix="bench-") as name, throttled_api() as line:
        seed(Path(name), groups)
        with contestant(of, line, Path(name), **LIMIT):
            chats = {"tappers": (FIRST_TAPPER, tappers), "leavers": (FIRST_LEAVER, LEAVERS)}
            return Left.of(line.finish("play", **chats, messages=MESSAGES, **how), tappers)


def _pair(values: list[float]) -> str:
    return f"{percentile(values, 50):.3f} / {percentile(values, 99):.3f}"


def _share(values: list[float]) -> float:
    return sum(value < WIPE_GOAL for value in values) / len(values) if values else 0.0


def _range(counts: list[int]) -> str:
    return f"{min(counts)} / {max(counts)}" if counts else ""


def _rate(of: Left) -> str:
    return f"{sum(of.tappers) / OVERLOAD_SECONDS:.1f}" if of.tappers else ""
