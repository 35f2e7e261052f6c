"""One-time codes with which somebody becomes staff. A code stands in the database as a keyed hash only."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.roster import enlist
from db.desk.staff import Operator, Role, Seat
from db.models import invites
from db.sealing import Keyring

LIFE = timedelta(hours=24)
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another (0 and O, 1 and I and L)
LENGTH = 10  # 49 bits: nobody finds one of a few codes by trying within a day


async def invite(connection: AsyncConnection, keys: Keyring, role: Role, desk: int, made_by: int, now: datetime) -> str:
    """A new code, in two groups of five; it is shown once and cannot be read again."""
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    row = {"code": keys.code(code), "role": role, "desk": desk, "made_by": made_by, "expires_at": now + LIFE}
    await connection.execute(insert(invites), [row])
    return f"{code[:5]}-{code[5:]}"


async def accept(
    connection: AsyncConnection, keys: Keyring, code: str, seat: Seat, name: str, now: datetime
) -> Operator | None:
    """Makes the owner of a valid code staff. It works once, within its time; None otherwise."""
    plain = "".join(sign for sign in code.upper() if sign in SIGNS)
    valid = delete(invites).where(invites.c.code == keys.code(plain), invites.c.expires_at > now)
    found = (await connection.execute(valid.returning(invites.c.role, invites.c.desk))).first()
    return None if found is None else await enlist(connection, keys, seat, name, found.role, found.desk, now)


async def purge(connection: AsyncConnection, now: datetime) -> None:
    """Removes codes that nobody used in time."""
    await connection.execute(delete(invites).where(invites.c.expires_at <= now))
