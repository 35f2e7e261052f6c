"""A hundred thousand visits expire at once: what those who are here notice of it, and what it costs in memory.

Telegram takes about 30 calls a second, so such a fade lasts for hours; its first minute is played here, beside the
same minute without it. How long the whole would last is said, not played.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench.contestants import OURS, Contestant
from tests.bench.exits import FIRST_LEAVER, FIRST_TAPPER, LIMIT
from tests.bench.figures import percentile
from tests.bench.processes import DidNotStartError, Usage, contestant, throttled_api
from tests.bench.report import Goal, Outcome, megabytes, milliseconds
from tests.bench.seeded import Visitors, seed

EXPIRED, IDLE = 100_000, timedelta(minutes=40)
TAPPERS, RATE = 200, 8.0  # taps a second; each is two calls, so the fade has a third of Telegram's limit left
SECONDS = 25.0
NEVER = {"IDLE_FADE_MINUTES": "1440"}
TWICE, LEAST = 2.0, 0.010  # as in tests.bench.directory: below `LEAST` seconds a doubled wait is nobody's
GROWTH = 10e6  # bytes that count as flat


@dataclass(frozen=True, slots=True)
class Minute:
    """What a play told."""

    waits: list[float]
    faded: int
    rss: tuple[int, int]  # at its beginning, at its end

    @property
    def pair(self) -> tuple[float, float]:
        """p50 and p99, seconds from a tap to its screen."""
        return percentile(self.waits, 50), percentile(self.waits, 99)


def bench(contestants: Sequence[Contestant]) -> Outcome:
    """The figures of issue B, "100,000 expiring visits"."""
    title, heads = f"{EXPIRED:,} visits expire at once, {RATE:g} taps a second go on", ("", "without", "with the fade")
    if OURS not in contestants:
        return Outcome(title, heads, ())
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            groups = (Visitors(FIRST_LEAVER, EXPIRED, IDLE, messages=1), Visitors(FIRST_TAPPER, TAPPERS))
            seed(Path(name), groups)
            calm, fade = _play(Path(name), **NEVER), _play(Path(name))
    except DidNotStartError as fault:
        return Outcome(title, heads, (), troubles=(str(fault),))
    hours = EXPIRED / (fade.faded / SECONDS) / 3600 if fade.faded else float("inf")
    rows = (
        ("taps answered", f"{len(calm.waits):,}", f"{len(fade.waits):,}"),
        ("tap to screen: p50 / p99 ms", milliseconds(calm.pair), milliseconds(fade.pair)),
        ("visits covered", f"{calm.faded:,}", f"{fade.faded:,}"),
        ("all of them would take, hours", "", f"{hours:.1f}"),
        ("RSS at the beginning / end, MB", _both(calm.rss), _both(fade.rss)),
    )
    allowed = max(TWICE * calm.pair[1], LEAST)
    growth = fade.rss[1] - max(fade.rss[0], calm.rss[1])
    return Outcome(
        title=title,
        heads=heads,
        rows=rows,
        goals=(
            Goal(
                "the reply lane's p99 at most doubled by a fade",
                f"{1000 * calm.pair[1]:.0f} to {1000 * fade.pair[1]:.0f} ms",
                met=fade.pair[1] <= allowed and fade.faded > 0,
            ),
            Goal("memory flat while visits fade", f"{growth / 1e6:+.0f} MB", met=growth < GROWTH),
        ),
    )


def _play(folder: Path, **settings: str) -> Minute:
    with throttled_api() as line, contestant(OURS, line, folder, **LIMIT, **settings) as (pid, _):
        line.finish("play", seconds=3.0, tappers=(FIRST_TAPPER, TAPPERS), rate=RATE)  # warm
        before = Usage.of(pid).rss
        state = line.finish("play", seconds=SECONDS, tappers=(FIRST_TAPPER, TAPPERS), rate=RATE)
        return Minute(state["waits"], state["faded"], (before, Usage.of(pid).rss))


def _both(rss: tuple[int, int]) -> str:
    return " / ".join(map(megabytes, rss))
