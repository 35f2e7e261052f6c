"""What is said in a case: sealed under the case's key, in order, until it ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.case import Delivery, Line, Side
from db.models import case_lines
from db.sealing import Keyring, SealError

PURPOSE = "line"
# From where a line can still get there: what was opened is not merely delivered any more, and cannot be gone unread.
_BEFORE: dict[Delivery, tuple[Delivery, ...]] = {
    "waiting": ("not_delivered",),
    "delivered": ("waiting", "not_delivered", "gone"),
    "opened": ("waiting", "delivered", "not_delivered", "gone"),
    "not_delivered": ("waiting", "delivered"),
    "gone": ("waiting", "delivered"),
}


async def add_line(
    connection: AsyncConnection,
    keys: Keyring,
    case: int,
    side: Side,
    text: str,
    number: int,
    now: datetime,
    *,
    source: bytes | None = None,
    state: Delivery = "waiting",
) -> Line:
    """One more line; `number` (`db.outbox.Order`) is its place, `source` (`Keyring.message`) the message it came
    from. Raises SealError when the case has ended."""
    row = {
        "id": number,
        "case": case,
        "side": side,
        "sealed": keys.cases.seal(case, PURPOSE, text.encode()),
        "made_at": now,
        "state": state,
        "source": source,
    }
    await connection.execute(insert(case_lines), [row])
    return Line(number, case, side, text, now, state)


async def lines_of(
    connection: AsyncConnection, keys: Keyring, case: int, *, last: int | None = None, sides: Collection[Side] = ()
) -> list[Line]:
    """The lines of a case in their order; only the last so many, only these sides."""
    query = select(case_lines).where(case_lines.c.case == case).order_by(case_lines.c.id.desc())
    if sides:
        query = query.where(case_lines.c.side.in_(sides))
    found = await connection.execute(query.limit(last) if last is not None else query)
    lines = []
    for row in found:
        try:
            text = keys.cases.unseal(row.case, PURPOSE, row.sealed).decode()
        except SealError:  # the key was lost with the keys folder
            continue
        lines.append(Line(row.id, row.case, row.side, text, row.made_at, row.state))
    return lines[::-1]


async def edit_line(connection: AsyncConnection, keys: Keyring, source: bytes, text: str) -> Line | None:
    """The message a line came from was edited; the line as it is now, None when it is in no open case."""
    found = (await connection.execute(select(case_lines).where(case_lines.c.source == source))).first()
    if found is None:
        return None
    line = Line(found.id, found.case, found.side, "", found.made_at, found.state)
    sealed = keys.cases.seal(line.case, PURPOSE, text.encode())
    await connection.execute(update(case_lines).where(case_lines.c.id == line.id).values(sealed=sealed))
    return replace(line, text=text)


async def withdraw_line(connection: AsyncConnection, line: int, side: Side) -> int:
    """Takes a line back, by the side that said it; its case, 0 when it is not there."""
    mine = delete(case_lines).where(case_lines.c.id == line, case_lines.c.side == side)
    return (await connection.execute(mine.returning(case_lines.c.case))).scalar() or 0


async def last_said(connection: AsyncConnection, keys: Keyring, case: int) -> Line | None:
    """The operator's last line that went to the visitor."""
    return next(iter(await lines_of(connection, keys, case, last=1, sides=["operator"])), None)


async def delivered(connection: AsyncConnection, case: int) -> bool:
    """All that the operator said so far has been announced or shown; whether anything was still waiting."""
    return await _all(connection, case, "delivered")


async def opened(connection: AsyncConnection, case: int) -> bool:
    """The visitor has looked at the conversation; whether there was anything new in it."""
    return await _all(connection, case, "opened")


async def taken_away(connection: AsyncConnection, case: int) -> bool:
    """What announced the operator's words went before it was tapped; whether any were unread."""
    return await _all(connection, case, "gone")


async def _all(connection: AsyncConnection, case: int, state: Delivery) -> bool:
    theirs = (case_lines.c.case == case, case_lines.c.side == "operator", case_lines.c.state.in_(_BEFORE[state]))
    changed = update(case_lines).where(*theirs).values(state=state).returning(case_lines.c.id)
    return len((await connection.execute(changed)).all()) > 0


async def mark(connection: AsyncConnection, lines: Iterable[int], state: Delivery) -> list[int]:
    """What became of lines; those whose state changed. Late news never takes a state back."""
    still = (case_lines.c.id.in_(list(lines)), case_lines.c.state.in_(_BEFORE[state]))
    changed = update(case_lines).where(*still).values(state=state).returning(case_lines.c.id)
    return sorted((await connection.execute(changed)).scalars())
