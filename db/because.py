"""Why a message may be sent: the guard of promise 4, we never speak first (checklist 3).

A row that may put a new message into a chat must say what it answers. An edit, a deletion or the answer to a tap
puts nothing into a chat and need not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Self

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import cases, desks, operators

if TYPE_CHECKING:
    from db.outbox import Row

WINDOW = timedelta(minutes=10)  # an update older than this brings no new message: nobody is waiting for it any more
_SPEAKING = ("send", "copy", "forward")  # how the names of Bot API methods that make a message begin


class FirstContactError(Exception):
    """Something would have written to a person who is not waiting for it. Says nothing about whom."""


@dataclass(frozen=True, slots=True)
class Because:
    """What a message answers: an update of that very chat, an open case its visitor asked for, or a person on staff."""

    kind: Literal["update", "case", "staff"]
    at: datetime | None = None
    case_id: int = 0

    @classmethod
    def update(cls, at: datetime) -> Self:
        """The chat did something at that time."""
        return cls("update", at=at)

    @classmethod
    def case(cls, case_id: int) -> Self:
        """The chat's visitor asked for a person, and that case is open."""
        return cls("case", case_id=case_id)

    @classmethod
    def staff(cls) -> Self:
        """The chat is a desk's group or an operator's own."""
        return cls("staff")


def speaks(row: Row) -> bool:
    """Whether carrying this row out may put a new message into its chat."""
    kind = row.kind.value
    if kind == "redraw":
        return bool(row.payload.get("shell"))
    if kind == "other":
        return str(row.payload.get("method", "")).startswith(_SPEAKING)
    return kind in ("send", "announce") or (kind == "card" and bool(row.payload.get("send")))


async def check(connection: AsyncConnection, rows: Iterable[Row]) -> None:
    """Raises FirstContactError when one of the rows would speak first."""
    speaking = [row for row in rows if speaks(row)]
    for row in speaking:
        if row.because is None:
            raise FirstContactError(f"a {row.kind.value} without a reason")
        if row.because.kind == "update" and (row.because.at is None or row.made_at - row.because.at > WINDOW):
            raise FirstContactError(f"a {row.kind.value} for an update that is too old")
    if (about := [row for row in speaking if row.because and row.because.kind == "case"]) and not (
        {(row.because.case_id, row.chat) for row in about if row.because} <= await _open_cases(connection, about)
    ):
        raise FirstContactError("a message for a case that is not open, or not of that chat")
    if (told := {row.chat for row in speaking if row.because and row.because.kind == "staff"}) and not (
        told <= await _staff(connection, told)
    ):
        raise FirstContactError("a message for staff to somebody who is none")


async def still_holds(connection: AsyncConnection, row: Row) -> bool:
    """Whether the reason is still one now that the row is about to go: its case may have been closed meanwhile."""
    if row.because is None or row.because.kind != "case":
        return True
    return (row.because.case_id, row.chat) in await _open_cases(connection, [row])


async def _open_cases(connection: AsyncConnection, rows: Iterable[Row]) -> set[tuple[int, bytes]]:
    ids = {row.because.case_id for row in rows if row.because}
    query = select(cases.c.id, cases.c.chat).where(cases.c.id.in_(ids), cases.c.state != "closed")
    return {(found.id, found.chat) for found in await connection.execute(query)}


async def _staff(connection: AsyncConnection, chats: Collection[bytes]) -> set[bytes]:
    query = union_all(
        select(operators.c.chat).where(operators.c.chat.in_(chats)), select(desks.c.chat).where(desks.c.chat.in_(chats))
    )
    return set((await connection.execute(query)).scalars())
