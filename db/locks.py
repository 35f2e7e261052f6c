"""Locks: a visitor's own word, kept as a keyed hash while they want it, and how often it may be guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hmac import compare_digest
from typing import Any, Self

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import locks
from db.upsert import insert_into

LOCK_LIFE = timedelta(days=90)  # after the day of the last use
TRIES = 5
TRIES_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Lock:
    """One chat's word. `tries` texts have been typed on the cover since `tries_since`."""

    word: bytes
    used_on: date
    tries: int = 0
    tries_since: datetime | None = None

    def opens(self, word: bytes) -> bool:
        """Whether this is the word. Both are keyed hashes, so that nothing slow is needed here."""
        return compare_digest(self.word, word)

    def barred(self, now: datetime) -> bool:
        """Whether too much has been typed lately for any word to open."""
        return self.tries >= TRIES and not self._over(now)

    def tried(self, now: datetime) -> Self:
        """After one more text that was not the word."""
        if self._over(now):
            return replace(self, tries=1, tries_since=now)
        return replace(self, tries=min(self.tries + 1, TRIES))

    def used(self, now: datetime) -> Self:
        """After the word was said."""
        return replace(self, used_on=now.date(), tries=0, tries_since=None)

    def _over(self, now: datetime) -> bool:
        return self.tries_since is None or now - self.tries_since >= TRIES_WINDOW


async def locks_of(connection: AsyncConnection, chats: Collection[bytes]) -> dict[bytes, Lock]:
    """The locks of these chats."""
    if not chats:
        return {}
    found = await connection.execute(select(locks).where(locks.c.chat.in_(chats)))
    return {row.chat: Lock(row.word, row.used_on, row.tries, row.tries_since) for row in found}


async def keep_locks(connection: AsyncConnection, kept: Mapping[bytes, Lock | None]) -> None:
    """Saves locks; None drops one."""
    if dropped := [chat for chat, lock in kept.items() if lock is None]:
        await connection.execute(delete(locks).where(locks.c.chat.in_(dropped)))
    rows: list[dict[str, Any]] = [
        {"chat": chat, "word": lock.word, "used_on": lock.used_on, "tries": lock.tries, "tries_since": lock.tries_since}
        for chat, lock in kept.items()
        if lock
    ]
    if rows:
        statement = insert_into(connection, locks)
        changed = {name: statement.excluded[name] for name in ("word", "used_on", "tries", "tries_since")}
        await connection.execute(statement.on_conflict_do_update(index_elements=["chat"], set_=changed), rows)


async def purge(connection: AsyncConnection, now: datetime) -> None:
    """Words nobody has used for so long go, and so does the count of tries when its time is over."""
    await connection.execute(delete(locks).where(locks.c.used_on < (now - LOCK_LIFE).date()))
    over = locks.c.tries_since < now - TRIES_WINDOW
    await connection.execute(update(locks).where(over).values(tries=0, tries_since=None))
