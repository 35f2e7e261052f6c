"""Which messages in a desk's group stand for what.

A slot is a case's id, or a desk's number with a minus: its board.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import desks
from db.models import cases
from db.sealing import Keyring


async def standing(connection: AsyncConnection, keys: Keyring, slot: int) -> int:
    """The message's id, 0 when there is none."""
    if slot < 0:
        found = {desk.num: desk.board for desk in await desks.all_desks(connection, keys)}
        return found.get(-slot, 0)
    return (await connection.execute(select(cases.c.card).where(cases.c.id == slot))).scalar() or 0


async def stand(connection: AsyncConnection, keys: Keyring, slot: int, message_id: int) -> None:
    """From now on it is this message (0: none). A closed case keeps its card's id until the card has gone."""
    if slot > 0:
        await connection.execute(update(cases).where(cases.c.id == slot).values(card=message_id))
        return
    desk = next((one for one in await desks.all_desks(connection, keys) if one.num == -slot), None)
    if desk is not None:
        await desks.seat_group(connection, keys, desk.num, desk.group, message_id)


async def moved(connection: AsyncConnection, keys: Keyring, old: int, new: int) -> None:
    """A group became a supergroup: its messages have other ids there, so everything is posted anew."""
    desk = await desks.upgraded(connection, keys, old, new)
    if desk is not None:
        await connection.execute(update(cases).where(cases.c.desk == desk.num).values(card=0))
