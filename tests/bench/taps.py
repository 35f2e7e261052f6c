"""Taps that redraw a screen: at saturation and at a steady 50 a second, floor, stock bot and ours in one run.

Saturation has two faces. A *backlog* is waiting in full, so a bot that works in batches gets full ones. A *crowd*
taps again as soon as it sees its screen, so batches are as small as the bot is quick.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.contestants import Contestant
from tests.bench.figures import Figures, measure
from tests.bench.processes import Api, DidNotStartError, api, contestant
from tests.bench.report import Goal, Outcome, megabytes, milliseconds

TOUR = ("1/sos", "1/home")  # two buttons of every screen of ours; each shows another screen than the one before
FIRST_CHAT = 1_000_000_001
CHATS = 2_500
VISIT_SECONDS = 30.0
ROUNDS, ROUND_SECONDS = 3, 20.0
CROWD, CROWD_TAPS, CROWD_SECONDS = 200, 5_000, 5.0  # a crowd ends with its taps or its time, whichever is first
STEADY_RATE, STEADY_SECONDS = 50.0, 20.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One contestant's run."""

    ready: float  # seconds from the process's start to its first getUpdates, on an empty folder
    ready_again: float  # the same on the folder it left
    visits: Figures
    rounds: tuple[Figures, ...]
    crowd: Figures
    steady: Figures

    @property
    def per_second(self) -> float:
        """Of the median round: other work on the machine disturbs one, seldom two."""
        return statistics.median(figures.per_second for figures in self.rounds)

    @property
    def cpu_per_1000(self) -> float:
        """Over all rounds: processor time is counted in hundredths of a second, and a round may be short."""
        return statistics.fmean(figures.cpu_per_1000 for figures in self.rounds)

    @property
    def passes(self) -> tuple[Figures, ...]:
        """Everything that was asked of it."""
        return (self.visits, *self.rounds, self.crowd, self.steady)

    def total(self, count: Callable[[Figures], int]) -> int:
        """A count over all passes."""
        return sum(count(figures) for figures in self.passes)


def bench(contestants: Sequence[Contestant]) -> Outcome:
    """The figures of issue A1, "Speed and size"."""
    measured: dict[str, Measured] = {}
    troubles: list[str] = []
    for each in contestants:
        try:
            with api(TOUR) as line, tempfile.TemporaryDirectory(prefix="bench-") as folder:
                measured[each.name] = _run(each, line, Path(folder))
        except DidNotStartError as fault:
            troubles.append(str(fault))
    return Outcome(
        title=f"Taps that redraw a screen, {CHATS:,} visitors",
        heads=("", *measured),
        rows=tuple((name, *(tell(of) for of in measured.values())) for name, tell in _ROWS if measured),
        goals=_goals(measured),
        lost=sum(of.total(lambda figures: figures.lost) for of in measured.values()),
        troubles=tuple(troubles),
    )


def _run(each: Contestant, line: Api, folder: Path) -> Measured:
    with contestant(each, line, folder) as (pid, ready):
        visits = measure(line, pid, "visit", first=FIRST_CHAT, count=CHATS, at_once=CHATS, seconds=VISIT_SECONDS)
        rounds = tuple(measure(line, pid, "backlog", seconds=ROUND_SECONDS) for _ in range(ROUNDS))
        crowd = measure(line, pid, "crowd", people=CROWD, taps=CROWD_TAPS, seconds=CROWD_SECONDS)
        steady = measure(line, pid, "steady", rate=STEADY_RATE, seconds=STEADY_SECONDS)
    with contestant(each, line, folder) as (_, ready_again):
        return Measured(ready, ready_again, visits, rounds, crowd, steady)


_ROWS: tuple[tuple[str, Callable[[Measured], str]], ...] = (
    ("backlog: updates/s", lambda of: f"{of.per_second:,.0f}"),
    ("backlog: p50 / p99 ms, handed out to edit", lambda of: milliseconds(of.rounds[-1].waits)),
    ("backlog: CPU s per 1,000", lambda of: f"{of.cpu_per_1000:.2f}"),
    ("backlog: calls per update", lambda of: f"{of.rounds[-1].calls_per_update:.2f}"),
    ("backlog: the API's share of a core", lambda of: f"{max(each.api_share for each in of.rounds):.0%}"),
    ("backlog: other work meanwhile, cores", lambda of: f"{max(each.others for each in of.rounds):.2f}"),
    ("crowd: updates/s", lambda of: f"{of.crowd.per_second:,.0f}"),
    ("crowd: p50 / p99 ms, handed out to edit", lambda of: milliseconds(of.crowd.waits)),
    ("crowd: CPU s per 1,000", lambda of: f"{of.crowd.cpu_per_1000:.2f}"),
    ("50/s: updates/s", lambda of: f"{of.steady.per_second:,.1f}"),
    ("50/s: p50 / p99 ms, handed out to edit", lambda of: milliseconds(of.steady.waits)),
    ("50/s: p50 / p99 ms, tap to edit", lambda of: milliseconds(of.steady.patience)),
    ("50/s: CPU s per 1,000", lambda of: f"{of.steady.cpu_per_1000:.2f}"),
    ("RSS at the end, MB", lambda of: megabytes(of.steady.rss)),
    ("ready: first start / restart, s", lambda of: f"{of.ready:.2f} / {of.ready_again:.2f}"),
    ("updates answered", lambda of: f"{of.total(lambda figures: figures.answered):,}"),
    ("lost", lambda of: f"{of.total(lambda figures: figures.lost):,}"),
    ("taps left spinning", lambda of: f"{of.total(lambda figures: figures.silent_taps):,}"),
    ("repeated calls", lambda of: f"{of.total(lambda figures: figures.repeated):,}"),
)


def _goals(measured: dict[str, Measured]) -> tuple[Goal, ...]:
    """The goals that this run can speak about."""
    ours, stock, floor = (measured.get(name) for name in ("ours", "stock", "floor"))
    if ours is None:
        return ()
    ready = max(ours.ready, ours.ready_again)
    goals = [Goal("ready within 2 s of start", f"{ready:.2f} s", met=ready < 2)]
    if stock is not None:
        times = ours.per_second / stock.per_second
        goals.append(Goal("at least 10 × stock in updates/s", f"{times:.1f} ×", met=times >= 10))
    if floor is not None:
        times = ours.cpu_per_1000 / floor.cpu_per_1000
        goals.append(Goal("at most 3 × the floor's CPU per update", f"{times:.1f} ×", met=times <= 3))
    return tuple(goals)
