"""The queue as the database counts it: by the rule of `queue`, without reading everybody who waits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.case import Case, Urgency
from db.desk.queue import AGEING, standing
from db.desk.rows import PRACTISED, SHELLS, shell
from db.models import cases

_ANSWERABLE = or_(cases.c.visitor != "blocked", cases.c.kind != "chat", cases.c.flagged)


async def first(connection: AsyncConnection, now: datetime, limit: int, *offered: ColumnElement[bool]) -> list[Case]:
    """The next ones, in the order of the queue."""
    query = SHELLS.where(*_waits(offered)).order_by(PRACTISED, _standing(now), cases.c.waiting_since, cases.c.id)
    return [shell(row) for row in await connection.execute(query.limit(limit))]


async def count(connection: AsyncConnection, *offered: ColumnElement[bool]) -> int:
    """How many people wait."""
    query = select(func.count()).select_from(cases).where(*_waits(offered), ~PRACTISED)
    return int((await connection.execute(query)).scalar_one())


async def ahead(connection: AsyncConnection, of: Case, now: datetime) -> int:
    """How many of its desk go before a waiting case."""
    mine, since, rank = standing(of, now), cases.c.waiting_since, _standing(now)
    earlier = or_(since < of.waiting_since, and_(since == of.waiting_since, cases.c.id < of.id))
    return await count(connection, cases.c.desk == of.desk, or_(rank < mine, and_(rank == mine, earlier)))


def offered_to(desk: int, on_duty: frozenset[int], overflow: datetime) -> ColumnElement[bool]:
    """What a desk is offered: its own cases, and those of others that have waited since before `overflow` or where
    nobody is on duty."""
    return or_(cases.c.desk == desk, cases.c.desk.not_in(on_duty), cases.c.waiting_since < overflow)


def _waits(offered: tuple[ColumnElement[bool], ...]) -> tuple[ColumnElement[bool], ...]:
    return (cases.c.state == "waiting", _ANSWERABLE, *offered)


def _standing(now: datetime) -> ColumnElement[int]:
    calm = and_(cases.c.urgency == int(Urgency.CALM), cases.c.waiting_since > now - AGEING)
    return case(
        (or_(cases.c.flagged, cases.c.urgency == int(Urgency.URGENT)), int(Urgency.URGENT)),
        (calm, int(Urgency.CALM)),
        else_=int(Urgency.SOON),
    )
