"""What staff and the bot did, without content: every row is chained to the one before with a key from `SECRET_KEY`, so
that a row changed, added or taken out by somebody who only has the database shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import audit
from db.sealing import Keyring
from db.upsert import insert_into

LIFE = timedelta(days=365)
CODE_LETTERS = 24
_START = bytes(32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. `actor` is an operator's number, 0 the bot or the command line; `code` a case's name."""

    id: int
    at: datetime
    actor: int
    action: str
    code: str


async def write(
    connection: AsyncConnection, keys: Keyring, actor: int, action: str, now: datetime, code: str = ""
) -> None:
    """Adds a row at the end of the chain. Two processes at once: the second one chains to the first one's row."""
    while True:
        last = (await connection.execute(select(audit.c.id, audit.c.link).order_by(audit.c.id.desc()).limit(1))).first()
        entry = Entry((last.id if last else 0) + 1, now, actor, action, code)
        link = keys.link(last.link if last else _START, _packed(entry))
        row = {"id": entry.id, "at": now, "actor": actor, "action": action, "code": code, "link": link}
        made = insert_into(connection, audit).values(row).on_conflict_do_nothing().returning(audit.c.id)
        if (await connection.execute(made)).first() is not None:
            return


async def verify(connection: AsyncConnection, keys: Keyring, now: datetime) -> int | None:
    """The first row that is not as it was written or does not follow the one before; None when all do.

    The oldest row that is left may have lost its predecessor to age; its own content cannot be proved then. Rows cut
    off at the very end cannot be seen either: compare the last number with one noted elsewhere.
    """
    before: tuple[int, bytes] = (0, _START)
    for row in await connection.execute(select(audit).order_by(audit.c.id)):
        entry = Entry(row.id, row.at, row.actor, row.action, row.code)
        follows = row.id == before[0] + 1 and row.link == keys.link(before[1], _packed(entry))
        anchor = before[0] == 0 and row.id > 1 and row.at < now - LIFE
        if not follows and not anchor:
            return int(row.id)
        before = (row.id, row.link)
    return None


async def show(
    connection: AsyncConnection, *, last: int = 50, actor: int | None = None, code: str | None = None
) -> list[Entry]:
    """The latest rows, oldest first; of one operator or about one case."""
    query = select(audit.c.id, audit.c.at, audit.c.actor, audit.c.action, audit.c.code)
    if actor is not None:
        query = query.where(audit.c.actor == actor)
    if code is not None:
        query = query.where(audit.c.code == code)
    found = await connection.execute(query.order_by(audit.c.id.desc()).limit(last))
    return [Entry(*row) for row in found][::-1]


async def purge(connection: AsyncConnection, now: datetime) -> None:
    """Removes what is older than a year, but for the last such row: the chain hangs on it."""
    anchor = (await connection.execute(select(func.max(audit.c.id)).where(audit.c.at < now - LIFE))).scalar()
    if anchor is not None:
        await connection.execute(delete(audit).where(audit.c.id < anchor))


def _packed(entry: Entry) -> bytes:
    parts = (entry.id, round(entry.at.timestamp() * 1000), entry.actor, entry.action, entry.code)
    return "\x1f".join(map(str, parts)).encode()
