"""What a bench found, as plain tables: figures first, then every goal with an honest word beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

_WIDTH = 100  # characters; the same in a terminal and in a log


@dataclass(frozen=True, slots=True)
class Goal:
    """Something the project promised, and what was reached."""

    what: str
    reached: str
    met: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one bench. `troubles` are lines about what could not be measured."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    goals: tuple[Goal, ...] = ()
    lost: int = 0
    troubles: tuple[str, ...] = ()


def show(outcomes: Iterable[Outcome], console: Console | None = None) -> None:
    """Prints every table, then all goals."""
    outcomes = tuple(outcomes)
    out = console or Console(width=_WIDTH, highlight=False)
    for outcome in outcomes:
        if outcome.rows:
            out.print(_table(outcome.title, outcome.heads, outcome.rows))
        for trouble in outcome.troubles:
            out.print(trouble, markup=False)
    goals = [goal for outcome in outcomes for goal in outcome.goals]
    if goals:
        rows = tuple((goal.what, goal.reached, "met" if goal.met else "NOT MET") for goal in goals)
        out.print(_table("Goals", ("goal", "reached", ""), rows))


def _table(title: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE)
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    return table


def milliseconds(pair: tuple[float, float]) -> str:
    """p50 and p99, from seconds."""
    return " / ".join(f"{1000 * seconds:,.1f}" for seconds in pair)


def megabytes(size: float) -> str:
    """10⁶ bytes."""
    return f"{size / 1e6:,.0f}"
