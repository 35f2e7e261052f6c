"""Staff: who may answer, where they sit in the chat with the bot, and on which desk they are on duty."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.case import Case
from db.desk.claims import give_back_all
from db.desk.staff import DutyState, Operator, Role, Seat
from db.models import duties, operators
from db.sealing import Keyring, SealError
from db.upsert import insert_into

PURPOSE = "seat"
_HERE = operators.c.chat.is_not(None)


async def operators_of(connection: AsyncConnection, keys: Keyring, chats: Collection[bytes]) -> dict[bytes, Operator]:
    """Who of these chats is staff."""
    found = await _where(connection, keys, operators.c.chat.in_(chats))
    return {one.chat: one for one in found if one.chat is not None}


async def operator(connection: AsyncConnection, keys: Keyring, num: int) -> Operator | None:
    """An operator by number, removed ones included."""
    return next(iter(await _where(connection, keys, operators.c.num == num)), None)


async def by_nums(connection: AsyncConnection, keys: Keyring, nums: Collection[int]) -> dict[int, Operator]:
    """Operators by number, removed ones included."""
    return {one.num: one for one in await _where(connection, keys, operators.c.num.in_(nums))}


async def staff(connection: AsyncConnection, keys: Keyring, desk: int | None = None) -> list[Operator]:
    """Everybody, of one desk or of all; nobody who was removed."""
    return await _where(connection, keys, _HERE, *([] if desk is None else [operators.c.desk == desk]))


async def enlist(
    connection: AsyncConnection, keys: Keyring, seat: Seat, name: str, role: Role, desk: int, now: datetime
) -> Operator:
    """Makes a chat's owner staff, or gives who is staff already another role, desk and name."""
    chat = keys.chat(seat.chat_id)
    row = {"chat": chat, "sealed": _sealed(keys, seat), "name": name, "role": role, "desk": desk, "since": now}
    statement = insert_into(connection, operators).values(row)
    changed = {name: statement.excluded[name] for name in ("sealed", "name", "role", "desk")}
    await connection.execute(statement.on_conflict_do_update(index_elements=["chat"], set_=changed))
    return (await operators_of(connection, keys, [chat]))[chat]


async def save_seat(connection: AsyncConnection, keys: Keyring, num: int, seat: Seat) -> bool:
    """Where an operator is now in the chat with the bot."""
    return await _change(connection, num, sealed=_sealed(keys, seat))


async def rename(connection: AsyncConnection, num: int, name: str) -> bool:
    """The first name that visitors see."""
    return await _change(connection, num, name=name)


async def appoint(connection: AsyncConnection, num: int, role: Role, desk: int) -> bool:
    """Another role, another desk."""
    return await _change(connection, num, role=role, desk=desk)


async def set_state(connection: AsyncConnection, num: int, state: DutyState, now: datetime) -> bool:
    """On duty, on a break, off; False when they were already. The stretch of duty begins or ends with it.

    Going off leaves cases with their holder: `claims.give_back_all` is the caller's, together with telling them.
    """
    if not await _change(connection, num, operators.c.state != state, state=state, since=now):
        return False
    running = (duties.c.operator == num, duties.c.kind == "duty", duties.c.ended_at.is_(None))
    await connection.execute(update(duties).where(*running).values(ended_at=now))
    if state == "on":
        await connection.execute(insert(duties), [{"operator": num, "kind": "duty", "began_at": now}])
    return True


async def remove(connection: AsyncConnection, num: int, now: datetime) -> list[Case]:
    """No longer staff: chat, seat and name are forgotten, the number stays for the audit. The cases that go back to
    the queue."""
    back = await give_back_all(connection, num, now)
    await set_state(connection, num, "off", now)
    await _change(connection, num, chat=None, sealed=None, name="")
    return back


async def is_staff(connection: AsyncConnection, chats: Collection[bytes]) -> set[bytes]:
    """Which of these chats are operators'."""
    return set((await connection.execute(select(operators.c.chat).where(operators.c.chat.in_(chats)))).scalars())


async def _change(connection: AsyncConnection, num: int, *expected: ColumnElement[bool], **values: Any) -> bool:
    statement = update(operators).where(operators.c.num == num, _HERE, *expected).values(**values)
    return (await connection.execute(statement.returning(operators.c.num))).first() is not None


async def _where(connection: AsyncConnection, keys: Keyring, *conditions: ColumnElement[bool]) -> list[Operator]:
    found = await connection.execute(select(operators).where(*conditions).order_by(operators.c.num))
    return [
        Operator(row.num, row.chat, _opened(keys, row.sealed), row.name, row.desk, row.role, row.state, row.active,
                 row.since)
        for row in found
    ]  # fmt: skip


def _sealed(keys: Keyring, seat: Seat) -> bytes:
    return keys.seal_staff(PURPOSE, json.dumps(astuple(seat), separators=(",", ":"), ensure_ascii=False).encode())


def _opened(keys: Keyring, sealed: bytes | None) -> Seat | None:
    try:
        return None if sealed is None else Seat(*json.loads(keys.unseal_staff(PURPOSE, sealed)))
    except SealError:  # made with another SECRET_KEY: they write to the bot again, or are invited anew
        return None
