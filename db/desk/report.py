"""The anonymous figures of cases, by whole months: counts that cannot be joined, small ones left out (checklist 40)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import tallies

LEAST = 5  # a count below it could be somebody
# What is about cases; "case_…" are the labels an operator chose when closing.
MEASURES = ("asked", "nobody_on_duty")
PREFIX = "case_"


@dataclass(frozen=True, slots=True)
class Cell:
    """How often a label was counted; None: too few to be told."""

    measure: str
    label: str
    count: int | None


async def case_figures(connection: AsyncConnection, since: date, until: date) -> list[Cell]:
    """Everything counted about cases from the first day of a month to before the first day of another.

    Raises ValueError for other days: two periods that differ by a day would tell that day's count.
    """
    if since.day != 1 or until.day != 1 or since >= until:
        raise ValueError("a report is of whole months")
    about = or_(tallies.c.measure.in_(MEASURES), tallies.c.measure.startswith(PREFIX, autoescape=True))
    query = (
        select(tallies.c.measure, tallies.c.label, func.sum(tallies.c.count).label("total"))
        .where(about, tallies.c.day >= since, tallies.c.day < until)
        .group_by(tallies.c.measure, tallies.c.label)
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in await connection.execute(query):
        counted[row.measure][row.label] = int(row.total)
    return [cell for measure in sorted(counted) for cell in told(measure, counted[measure])]


def told(measure: str, counts: dict[str, int]) -> list[Cell]:
    """The cells of one measure, largest first. When a single one is too small, the next smallest is left out with it:
    otherwise a total known from elsewhere would give it away."""
    order = sorted(counts, key=lambda label: (-counts[label], label))
    small = [label for label in order if counts[label] < LEAST]
    if len(small) == 1 and len(order) > 1:
        small.append(order[-2])
    return [Cell(measure, label, None if label in small else counts[label]) for label in order]
