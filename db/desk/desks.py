"""Desks: who answers where and when, and the group each has."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.staff import Desk
from db.models import desks
from db.sealing import Keyring, SealError

PURPOSE = "desk"
_PLAIN = ("slug", "name_uk", "name_en", "hours", "words_uk", "words_en")


async def all_desks(connection: AsyncConnection, keys: Keyring) -> list[Desk]:
    """Every desk, in the order they were made."""
    return [_desk(keys, row) for row in await connection.execute(select(desks).order_by(desks.c.num))]


async def desks_of(connection: AsyncConnection, keys: Keyring, chats: Collection[bytes]) -> dict[bytes, Desk]:
    """Which of these groups is which desk's."""
    found = [_desk(keys, row) for row in await connection.execute(select(desks).where(desks.c.chat.in_(chats)))]
    return {desk.chat: desk for desk in found if desk.chat is not None}


async def save_desk(connection: AsyncConnection, keys: Keyring, desk: Desk) -> Desk:
    """Keeps a desk under its slug: a new one gets a number, a known one is replaced and keeps its own."""
    row: dict[str, Any] = {name: getattr(desk, name) for name in _PLAIN}
    row |= {"regions": list(desk.regions), "languages": list(desk.languages), **_group(keys, desk.group, desk.board)}
    changed = update(desks).where(desks.c.slug == desk.slug).values(**row).returning(desks.c.num)
    num = (await connection.execute(changed)).scalar()
    if num is None:
        num = (await connection.execute(insert(desks).values(**row).returning(desks.c.num))).scalar_one()
    return replace(desk, num=num, chat=row["chat"])


async def seat_group(connection: AsyncConnection, keys: Keyring, num: int, group: int, board: int = 0) -> None:
    """Which group a desk has (0: none), and which message in it is the board."""
    await connection.execute(update(desks).where(desks.c.num == num).values(**_group(keys, group, board)))


async def upgraded(connection: AsyncConnection, keys: Keyring, old: int, new: int) -> Desk | None:
    """A group became a supergroup and has another id from now on; its messages have other ids too, so the board is
    made anew. The desk, None when the group was none of ours."""
    chat = keys.chat(old)
    desk = (await desks_of(connection, keys, [chat])).get(chat)
    if desk is None:
        return None
    await seat_group(connection, keys, desk.num, new)
    return replace(desk, group=new, chat=keys.chat(new), board=0)


def _group(keys: Keyring, group: int, board: int) -> dict[str, bytes | None]:
    if not group:
        return {"chat": None, "sealed": None}
    return {"chat": keys.chat(group), "sealed": keys.seal_staff(PURPOSE, json.dumps([group, board]).encode())}


def _desk(keys: Keyring, row: Any) -> Desk:
    try:
        group, board = json.loads(keys.unseal_staff(PURPOSE, row.sealed)) if row.sealed else (0, 0)
    except SealError:  # made with another SECRET_KEY: `stezhka desk add` with the group's id again
        group, board = 0, 0
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Desk(
        **plain, num=row.num, chat=row.chat, group=group, board=board,
        regions=tuple(row.regions), languages=tuple(row.languages),
    )  # fmt: skip
