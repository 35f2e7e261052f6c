"""All that the desk lets go of when its time is over, in one list."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import audit, duty, invites
from db.desk.case import Case
from db.desk.ending import purge_cases
from db.sealing import Keyring


async def purge(connection: AsyncConnection, keys: Keyring, now: datetime) -> list[Case]:
    """Cases: silence of 24 h, shells 24 h, orphaned keys. Invitations: 24 h. Duties: 8 days. Audit: a year.

    The cases that ended with it, as they were: their cards have to go, their operators to be told.
    """
    ended = await purge_cases(connection, keys, now)
    await invites.purge(connection, now)
    await duty.purge(connection, now)
    await audit.purge(connection, now)
    return ended
