"""What a board and a waiting visitor may be told of a desk: how many wait, who is there, how long it usually takes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.rows import PRACTISED
from db.models import cases, operators

LATELY = timedelta(hours=24)  # as long as shells live
ENOUGH = 3  # cases taken lately, below which "usually" would be one person's luck


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one desk. `usual_minutes` is the median wait of the last 24 hours, None when too few were taken to tell."""

    waiting: int = 0
    on_duty: int = 0
    usual_minutes: int | None = None


async def figures(connection: AsyncConnection, now: datetime) -> dict[int, Figures]:
    """Per desk; one that is not in it has nobody waiting and nobody on duty. Who is only practised is nobody."""
    waiting = await _count(connection, cases.c.desk, and_(cases.c.state == "waiting", ~PRACTISED))
    on_duty = await _count(connection, operators.c.desk, operators.c.state == "on")
    waits: dict[int, list[timedelta]] = defaultdict(list)
    taken = select(cases.c.desk, cases.c.waiting_since, cases.c.taken_at).where(
        cases.c.taken_at > now - LATELY, ~PRACTISED
    )
    for row in await connection.execute(taken):
        waits[row.desk].append(max(timedelta(), row.taken_at - row.waiting_since))
    return {
        desk: Figures(waiting.get(desk, 0), on_duty.get(desk, 0), _usual(waits.get(desk, [])))
        for desk in {*waiting, *on_duty, *waits}
    }


def _usual(waits: list[timedelta]) -> int | None:
    return round(median(wait.total_seconds() for wait in waits) / 60) if len(waits) >= ENOUGH else None


async def _count(
    connection: AsyncConnection, desk: ColumnElement[int], condition: ColumnElement[bool]
) -> dict[int, int]:
    found = await connection.execute(select(desk, func.count()).where(condition).group_by(desk))
    return {int(number): int(count) for number, count in found}
