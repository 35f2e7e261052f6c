"""How long operators talk: at most four hours in a day and sixteen in a week (checklist 55)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import duties

DAY = timedelta(hours=24)
WEEK = timedelta(days=7)
TALK_A_DAY = timedelta(hours=4)
TALK_A_WEEK = timedelta(hours=16)
LIFE = timedelta(days=8)


async def talk_time(connection: AsyncConnection, operator: int, now: datetime) -> tuple[timedelta, timedelta]:
    """Talk in the last 24 hours and in the last 7 days; what is still running counts up to now."""
    lately = or_(duties.c.ended_at.is_(None), duties.c.ended_at > now - WEEK)
    query = select(duties.c.began_at, duties.c.ended_at).where(
        duties.c.operator == operator, duties.c.kind == "talk", lately
    )
    stretches = [(row.began_at, row.ended_at or now) for row in await connection.execute(query)]

    def since(begin: datetime) -> timedelta:
        return sum((max(timedelta(), end - max(start, begin)) for start, end in stretches), timedelta())

    return since(now - DAY), since(now - WEEK)


async def purge(connection: AsyncConnection, now: datetime) -> None:
    """Removes stretches that no cap looks back to any more."""
    await connection.execute(delete(duties).where(duties.c.ended_at < now - LIFE))
