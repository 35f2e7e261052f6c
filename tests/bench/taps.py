"""Taps that redraw a screen: at saturation and at a steady 50 a second, floor, stock bot and ours in one run."""

from __future__ import annotations

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
CHATS = 1_000
VISIT_SECONDS = 30.0
TAPS, TAPS_SECONDS = 10_000, 10.0  # a saturated round ends with whichever comes first
ROUNDS = 3  # the median one is shown: other work on the machine disturbs one, seldom two
STEADY_RATE, STEADY_SECONDS = 50.0, 20.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One contestant's run."""

    ready: float  # seconds from the process's start to its first getUpdates, on an empty folder
    ready_again: float  # the same on the folder it left
    visits: Figures
    rounds: tuple[Figures, ...]
    steady: Figures

    @property
    def saturated(self) -> Figures:
        """The median round."""
        return sorted(self.rounds, key=lambda figures: figures.per_second)[len(self.rounds) // 2]

    @property
    def passes(self) -> tuple[Figures, ...]:
        """Everything that was asked of it."""
        return (self.visits, *self.rounds, self.steady)

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
        visits = measure(line, pid, "visit", first=FIRST_CHAT, count=CHATS, seconds=VISIT_SECONDS)
        rounds = tuple(measure(line, pid, "saturate", taps=TAPS, seconds=TAPS_SECONDS) for _ in range(ROUNDS))
        steady = measure(line, pid, "steady", rate=STEADY_RATE, seconds=STEADY_SECONDS)
    with contestant(each, line, folder) as (_, ready_again):
        return Measured(ready, ready_again, visits, rounds, steady)


_ROWS: tuple[tuple[str, Callable[[Measured], str]], ...] = (
    ("saturated: updates/s", lambda of: f"{of.saturated.per_second:,.0f}"),
    ("saturated: p50 / p99 ms, handed out to edit", lambda of: milliseconds(of.saturated.waits)),
    ("saturated: CPU s per 1,000", lambda of: f"{of.saturated.cpu_per_1000:.2f}"),
    ("saturated: calls per update", lambda of: f"{of.saturated.calls_per_update:.2f}"),
    ("saturated: the API's share of a core", lambda of: f"{of.saturated.api_share:.0%}"),
    ("saturated: other work meanwhile, cores", lambda of: f"{of.saturated.others:.2f}"),
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
        times = ours.saturated.per_second / stock.saturated.per_second
        goals.append(Goal("at least 10 × stock in updates/s", f"{times:.1f} ×", met=times >= 10))
    if floor is not None:
        times = ours.saturated.cpu_per_1000 / floor.saturated.cpu_per_1000
        goals.append(Goal("at most 3 × the floor's CPU per update", f"{times:.1f} ×", met=times <= 3))
    return tuple(goals)
