"""How a case ends, and what of it stays: nothing that leads to the person, then nothing at all.

Ended means: keyed hash, sealed route, code word and lines are gone from the database in this transaction, and the key
is destroyed right after its commit. What a crash in between leaves, `sweep` removes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, literal, or_, select, update
from sqlalchemy import case as when
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.case import Case
from db.desk.claims import Gone, left_behind
from db.desk.rows import SHELL, shell
from db.models import Instant, barred, case_lines, cases
from db.sealing import Keyring
from db.store import after_commit
from db.upsert import insert_into

SHELL_LIFE = timedelta(hours=24)
SILENCE = timedelta(hours=24)  # a case in which nobody writes for so long is over (checklist 37)
ROLLED_BACK = timedelta(minutes=10)  # a key without a row may belong to a transaction that is still running

_OPEN = cases.c.state != "closed"
_NO_WAY_BACK: dict[str, Any] = {"chat": None, "word": None, "sealed": None, "proved": False, "media": False}


@dataclass(frozen=True, slots=True)
class Closed:
    """It is over; the case as it was before."""

    case: Case


@dataclass(frozen=True, slots=True)
class NeedsSupervisor:
    """It is flagged: nobody closes it alone (checklist 49)."""


async def close(
    connection: AsyncConnection, keys: Keyring, case: int, now: datetime, *, operator: int = 0, supervisor: bool = False
) -> Closed | NeedsSupervisor | Gone:
    """Closes a case of this operator (0: whoever has it). A flagged one only with a supervisor."""
    mine = [cases.c.operator == operator] if operator and not supervisor else []
    allowed = [] if supervisor else [~cases.c.flagged]
    before = await _before(connection, cases.c.id == case, *mine)
    ended = await _end(connection, keys, [cases.c.id == case, *mine, *allowed], now) if before else []
    if ended:
        return Closed(before[0])
    return NeedsSupervisor() if before and before[0].flagged else Gone()


async def left(connection: AsyncConnection, keys: Keyring, chats: Collection[bytes], now: datetime) -> list[Case]:
    """Visitors who vanished: nothing leads to them any more, whatever state their case was in. The cases as they were.

    A waiting one is closed with that. One that somebody holds stays as a shell, so that they see what happened, and so
    does a flagged one in the queue, because only a supervisor closes it.
    """
    theirs = cases.c.chat.in_(chats)
    before = await _before(connection, theirs)
    if before:
        over = and_(cases.c.state.in_(("waiting", "kept")), ~cases.c.flagged)
        values = {
            "state": when((over, "closed"), (cases.c.state == "kept", "waiting"), else_=cases.c.state),
            "closed_at": when((over, literal(now, Instant)), else_=None),
            "visitor": "left",
        }
        await connection.execute(update(cases).where(theirs, _OPEN).values(**_NO_WAY_BACK, **values))
        await _forget(connection, keys, [case.id for case in before])
    return before


async def faded(connection: AsyncConnection, chats: Collection[bytes]) -> list[Case]:
    """Visitors whose visit ended by idleness: their cases go on; who comes back has to give the code word anew."""
    theirs = update(cases).where(cases.c.chat.in_(chats), _OPEN, cases.c.visitor == "here")
    found = await connection.execute(theirs.values(visitor="faded", proved=False).returning(*SHELL))
    return [shell(row) for row in found]


async def blocked(connection: AsyncConnection, chats: Collection[bytes]) -> list[Case]:
    """Visitors who blocked the bot: nobody can answer them; they may come back."""
    theirs = update(cases).where(cases.c.chat.in_(chats), _OPEN, cases.c.visitor.not_in(("blocked", "left")))
    found = await connection.execute(theirs.values(visitor="blocked", proved=False).returning(*SHELL))
    return [shell(row) for row in found]


async def bar(connection: AsyncConnection, chat: bytes, until: datetime) -> None:
    """This chat cannot ask for a human until then: an abuser of the line, by a supervisor's decision. Everything else,
    emergency first, stays open to them."""
    statement = insert_into(connection, barred).values(chat=chat, until=until)
    await connection.execute(statement.on_conflict_do_update(index_elements=["chat"], set_={"until": until}))


async def wake(connection: AsyncConnection, now: datetime) -> list[Case]:
    """Requests kept for a safe time that has come: they wait from now on."""
    due = update(cases).where(cases.c.state == "kept", cases.c.keep_from <= now)
    found = await connection.execute(due.values(state="waiting", waiting_since=now).returning(*SHELL))
    return [shell(row) for row in found]


async def outlived(connection: AsyncConnection, keys: Keyring, now: datetime) -> list[Case]:
    """Ends what nobody will come back to: kept requests whose time has passed, and silence of a day. As they were.

    Of a flagged one all that leads to the person goes as well, and its shell waits for a supervisor.
    """
    quiet = func.max if connection.dialect.name == "sqlite" else func.greatest
    heard = quiet(
        cases.c.opened_at,
        func.coalesce(cases.c.wrote_at, cases.c.opened_at),
        func.coalesce(cases.c.keep_to, cases.c.opened_at),
        type_=Instant(),
    )
    missed = and_(cases.c.state.in_(("kept", "waiting")), cases.c.keep_to < now, cases.c.taken_at.is_(None))
    over = or_(missed, heard < now - SILENCE)
    before = [case for case in await _before(connection, over) if case.chat is not None or not case.flagged]
    await _end(connection, keys, [cases.c.id.in_([case.id for case in before]), ~cases.c.flagged], now)
    flagged = [case.id for case in before if case.flagged]
    if flagged:
        await connection.execute(
            update(cases).where(cases.c.id.in_(flagged), _OPEN).values(**_NO_WAY_BACK, visitor="left")
        )
        await _forget(connection, keys, flagged)
    return before


async def sweep(connection: AsyncConnection, keys: Keyring, now: datetime) -> None:
    """Destroys keys that no open conversation needs: a crash between a commit and its key, or an opening that was
    rolled back. Ids are microseconds since 1970, so a key tells its age."""
    query = select(cases.c.id, (_OPEN & cases.c.sealed.is_not(None)).label("alive"))
    alive = {row.id: bool(row.alive) for row in await connection.execute(query)}
    young = int((now - ROLLED_BACK).timestamp() * 1_000_000)
    after = [key for key in keys.cases.held() if not alive.get(key, key > young)]
    after_commit(connection, lambda: keys.cases.destroy(after))


async def purge_cases(connection: AsyncConnection, keys: Keyring, now: datetime) -> list[Case]:
    """All that is due: ends what is outlived, removes shells after a day, sweeps keys. The cases that ended now."""
    ended = await outlived(connection, keys, now)
    await connection.execute(delete(cases).where(cases.c.closed_at < now - SHELL_LIFE))
    await connection.execute(delete(barred).where(barred.c.until <= now))
    await sweep(connection, keys, now)
    return ended


async def _before(connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Case]:
    query = select(*SHELL).where(_OPEN, *conditions).order_by(cases.c.id)
    return [shell(row) for row in await connection.execute(query)]


async def _end(
    connection: AsyncConnection, keys: Keyring, expected: list[ColumnElement[bool]], now: datetime
) -> list[int]:
    values = {"state": "closed", "closed_at": now, "lease_until": None, **_NO_WAY_BACK}
    statement = update(cases).where(_OPEN, *expected).values(**values).returning(cases.c.id)
    ended = list((await connection.execute(statement)).scalars())
    await _forget(connection, keys, ended)
    await left_behind(connection, ended, now)
    return ended


async def _forget(connection: AsyncConnection, keys: Keyring, ids: list[int]) -> None:
    """Lines now, the keys when it is committed."""
    if ids:
        await connection.execute(delete(case_lines).where(case_lines.c.case.in_(ids)))
        after_commit(connection, lambda: keys.cases.destroy(ids))
