"""Who answers a case. Taken means: the one case its operator is in, to which typed text goes. An operator's others are
parked. Both are held on a lease: whoever falls silent loses them to the queue.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, literal, select, update
from sqlalchemy import case as when
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.case import Case
from db.desk.rows import SHELL, shell
from db.models import Instant, cases, duties, operators

_HELD = cases.c.state.in_(("taken", "parked"))


@dataclass(frozen=True, slots=True)
class Taken:
    """The claim was won."""

    case: Case


@dataclass(frozen=True, slots=True)
class HeldBy:
    """Somebody else was first (or the operator has it already)."""

    operator: int


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nothing to take any more: closed, or kept for later."""


async def take(
    connection: AsyncConnection, case: int, operator: int, lease_until: datetime, now: datetime
) -> Taken | HeldBy | Gone:
    """The claim on a waiting case: exactly one wins. What the winner was in before is parked."""
    first = func.coalesce(cases.c.taken_at, literal(now, Instant))
    won = await _moved(
        connection, cases.c.id == case, cases.c.state == "waiting",
        state="taken", operator=operator, lease_until=lease_until, taken_at=first,
    )  # fmt: skip
    if won:
        await switch(connection, operator, case, now)
        return Taken(won[0])
    held = (await connection.execute(select(cases.c.operator).where(cases.c.id == case, _HELD))).scalar()
    return HeldBy(held) if held else Gone()


async def switch(connection: AsyncConnection, operator: int, case: int, now: datetime) -> bool:
    """An operator goes into one of their cases, or into none (0); the one they were in is parked.

    False, and nothing is changed, when the case is not theirs. Talk time runs while they are in one with a person
    behind it (checklist 55); practice is not talk.
    """
    mine = (cases.c.operator == operator, _HELD)
    now_in = await _moved(connection, cases.c.id == case, *mine, state="taken") if case else []
    if case and not now_in:
        return False
    await _moved(connection, cases.c.id != case, cases.c.state == "taken", mine[0], state="parked")
    await connection.execute(update(operators).where(operators.c.num == operator).values(active=case))
    await _talk(connection, [operator], now, talking=any(not one.practice for one in now_in))
    return True


async def give_back(connection: AsyncConnection, case: int, operator: int, now: datetime) -> Case | None:
    """Back to the queue, where it keeps its time (closed when its visitor has vanished); None when it is not theirs."""
    back = await _moved(connection, cases.c.id == case, cases.c.operator == operator, _HELD, **_nobodys(now))
    await _leave(connection, {case} if back else (), now)
    return back[0] if back else None


async def give_back_all(connection: AsyncConnection, operator: int, now: datetime) -> list[Case]:
    """Everything an operator holds goes back to the queue: off duty, or removed."""
    back = await _moved(connection, cases.c.operator == operator, _HELD, **_nobodys(now))
    await _leave(connection, {case.id for case in back}, now)
    return back


async def hand_to(
    connection: AsyncConnection, case: int, holder: int, to: int, lease_until: datetime, now: datetime
) -> Case | None:
    """From its holder (0: from the queue) to another operator, who finds it parked; None when it was not so."""
    still = cases.c.state == "waiting" if holder == 0 else _HELD
    handed = await _moved(
        connection, cases.c.id == case, cases.c.operator == holder, still,
        state="parked", operator=to, lease_until=lease_until,
    )  # fmt: skip
    await _leave(connection, {case} if handed else (), now)
    return handed[0] if handed else None


async def renew_leases(connection: AsyncConnection, operator: int, until: datetime) -> None:
    """An operator showed up: what they hold stays theirs until then."""
    mine = update(cases).where(cases.c.operator == operator, _HELD)
    await connection.execute(mine.values(lease_until=until))


async def lapsed(connection: AsyncConnection, now: datetime) -> list[tuple[Case, int]]:
    """Cases whose operator fell silent go back to the queue; each with whom it was taken from, to tell both."""
    over = (_HELD, cases.c.lease_until < now)
    holders: dict[int, int] = {
        row.id: row.operator for row in await connection.execute(select(cases.c.id, cases.c.operator).where(*over))
    }
    if not holders:
        return []
    back = await _moved(connection, cases.c.id.in_(holders), *over, **_nobodys(now))
    await _leave(connection, {case.id for case in back}, now)
    return [(case, holders[case.id]) for case in back]


async def left_behind(connection: AsyncConnection, ended: Collection[int], now: datetime) -> None:
    """Cases that ended: whoever was in one is in none any more."""
    await _leave(connection, ended, now)


def _nobodys(now: datetime) -> dict[str, Any]:
    """In the queue; but one whose visitor has vanished is over, unless only a supervisor may say so."""
    over = and_(cases.c.visitor == "left", ~cases.c.flagged)
    return {
        "state": when((over, "closed"), else_="waiting"),
        "closed_at": when((over, literal(now, Instant)), else_=None),
        "operator": 0,
        "lease_until": None,
    }


async def _moved(connection: AsyncConnection, *expected: ColumnElement[bool], **values: Any) -> list[Case]:
    statement = update(cases).where(*expected).values(**values).returning(*SHELL)
    return sorted((shell(row) for row in await connection.execute(statement)), key=lambda case: case.id)


async def _leave(connection: AsyncConnection, ids: Collection[int], now: datetime) -> None:
    if not ids:
        return
    out = update(operators).where(operators.c.active.in_(ids)).values(active=0).returning(operators.c.num)
    await _talk(connection, list((await connection.execute(out)).scalars()), now, talking=False)


async def _talk(connection: AsyncConnection, who: Collection[int], now: datetime, *, talking: bool) -> None:
    """Begins or ends the stretch of talk of these operators; one that runs already goes on."""
    running = (duties.c.operator.in_(who), duties.c.kind == "talk", duties.c.ended_at.is_(None))
    if not talking:
        await connection.execute(update(duties).where(*running).values(ended_at=now))
        return
    busy = set((await connection.execute(select(duties.c.operator).where(*running))).scalars())
    rows = [{"operator": one, "kind": "talk", "began_at": now} for one in who if one not in busy]
    if rows:
        await connection.execute(insert(duties), rows)
