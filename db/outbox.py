"""The outbox: what must still be sent, committed together with the decision that asked for it.

A row leaves only when Telegram has accepted it, when something newer replaced it, when its visitor left, or
when it is too late to be of use (`not_after`). Payloads are sealed; `chat` is the keyed hash and the order key:
one chat's rows go out one after another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, delete, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db import because
from db.because import Because
from db.models import outbox
from db.sealing import Keyring, SealError

PURPOSE = "outbox"


class Lane(IntEnum):
    """Who goes first. Exit jumps every queue."""

    EXIT = 0
    URGENT = 1
    REPLY = 2
    BACKGROUND = 3


class Kind(StrEnum):
    """What a row does.

    REDRAW  what the one live message shows: an edit, after a neutral shell has been sent if there is none yet.
            At most one waits per chat; a newer one replaces it.
    SEND    a short-lived second message (the location keyboard).
    ANNOUNCE  a neutral line with one button: something is there to be read. At most one stands unopened in a chat.
    CARD    a message in a desk's group, kept current: one for each request that waits, and the board.
    COPY    a photo or voice passed on to an operator, before it is deleted from the chat it came from.
    DELETE  messages to delete.
    OTHER   a call as it is (answering a tap, leaving a group).
    """

    REDRAW = "redraw"
    SEND = "send"
    ANNOUNCE = "announce"
    CARD = "card"
    COPY = "copy"
    DELETE = "delete"
    OTHER = "other"


@dataclass(slots=True, eq=False)
class Row:
    """One thing to send. `generation` 0 belongs to no visit and is never stale.

    `because`: what it answers; a row that may put a new message into a chat is refused without it.
    `resumed`: read back after a restart, so what became of it before is not known.
    """

    id: int
    lane: Lane
    chat: bytes
    kind: Kind
    generation: int
    payload: dict[str, Any]
    made_at: datetime
    not_after: datetime
    because: Because | None = None
    attempts: int = 0
    resumed: bool = False


def clears(row: Row) -> bool:
    """Whether the row covers or deletes for a visit that has faded: nothing newer makes that needless."""
    return row.lane is Lane.BACKGROUND and row.kind in (Kind.REDRAW, Kind.DELETE)


_CLEARS = and_(outbox.c.lane == Lane.BACKGROUND, outbox.c.kind.in_((Kind.REDRAW, Kind.DELETE)))


class Order:
    """Hands out row ids: microseconds since 1970, never the same twice, so that ids are the order."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, now: datetime) -> int:
        """The next id; later than every id handed out before."""
        self._last = max(self._last + 1, int(now.timestamp() * 1_000_000))
        return self._last


async def put(connection: AsyncConnection, keys: Keyring, rows: Iterable[Row]) -> None:
    """Stores rows, sealed. Raises FirstContactError for one that would speak first, and then stores none."""
    rows = list(rows)
    await because.check(connection, rows)
    values = [
        {
            "id": row.id,
            "lane": int(row.lane),
            "chat": row.chat,
            "kind": row.kind.value,
            "generation": row.generation,
            "sealed": keys.seal(PURPOSE, orjson.dumps(row.payload), row.made_at),
            "made_at": row.made_at,
            "not_after": row.not_after,
            "attempts": row.attempts,
            "because": row.because.kind if row.because else "",
            "case_id": row.because.case_id if row.because else 0,
        }
        for row in rows
    ]
    if values:
        await connection.execute(insert(outbox), values)


async def drop(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Removes rows that were accepted or replaced."""
    if ids:
        await connection.execute(delete(outbox).where(outbox.c.id == bindparam("row")), [{"row": one} for one in ids])


async def leave(connection: AsyncConnection, chats: Collection[bytes]) -> None:
    """Removes every unsent row of chats whose visitor exits, except what an earlier exit or fade still has to cover
    and delete: that is the exit's own business now and goes in its lane."""
    if chats:
        of_these = outbox.c.chat.in_(chats)
        await connection.execute(update(outbox).where(of_these, _CLEARS).values(lane=Lane.EXIT))
        await connection.execute(delete(outbox).where(of_these, outbox.c.lane != Lane.EXIT))


async def fade(connection: AsyncConnection, chats: Collection[bytes]) -> None:
    """Removes unsent rows of chats whose visit fades, except what still has to be covered, deleted or announced."""
    if chats:
        stays = or_(outbox.c.lane == Lane.EXIT, _CLEARS, outbox.c.kind == Kind.ANNOUNCE)
        await connection.execute(delete(outbox).where(outbox.c.chat.in_(chats), not_(stays)))


async def drop_all(connection: AsyncConnection, chats: Collection[bytes]) -> None:
    """Removes everything for chats that cannot be reached any more."""
    if chats:
        await connection.execute(delete(outbox).where(outbox.c.chat.in_(chats)))


async def announcing(connection: AsyncConnection, chats: Collection[bytes]) -> set[bytes]:
    """Which of these chats have an announcement waiting or on its way."""
    query = select(outbox.c.chat).where(outbox.c.chat.in_(chats), outbox.c.kind == Kind.ANNOUNCE)
    return set((await connection.execute(query)).scalars())


async def holds(connection: AsyncConnection, row: Row) -> bool:
    """Whether the row is still to be sent: an exit takes it away, also while its call is in flight."""
    return (await connection.execute(select(outbox.c.id).where(outbox.c.id == row.id))).first() is not None


async def tried(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Notes one more attempt that Telegram did not accept."""
    if ids:
        await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(attempts=outbox.c.attempts + 1))


async def expire(connection: AsyncConnection, now: datetime) -> int:
    """Removes what is too late to send; how many went."""
    return (await connection.execute(delete(outbox).where(outbox.c.not_after < now))).rowcount


async def waiting(connection: AsyncConnection, keys: Keyring) -> list[Row]:
    """Everything unsent, in order. A row whose day key is gone can never be sent and is left to expire."""
    rows = []
    for found in await connection.execute(select(outbox).order_by(outbox.c.id)):
        try:
            payload = orjson.loads(keys.unseal(PURPOSE, found.sealed))
        except SealError:
            continue
        rows.append(
            Row(
                found.id,
                Lane(found.lane),
                found.chat,
                Kind(found.kind),
                found.generation,
                payload,
                found.made_at,
                found.not_after,
                Because(found.because, case_id=found.case_id) if found.because else None,
                found.attempts,
                resumed=True,
            )
        )
    return rows
