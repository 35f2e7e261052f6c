"""What is remembered of chats: visits, traces of messages, updates already seen, and anonymous counts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import barred, case_lines, cases, locks, outbox, seen_updates, tallies, traces, visits
from db.sealing import Keyring, SealError
from db.upsert import insert_into
from db.visit import Visit

SEEN_LIFE = timedelta(hours=25)  # Telegram repeats an update for at most 24 h
TRACE_LIFE = timedelta(hours=48)  # a bot can delete nothing older in a private chat

_ID_BYTES = 8  # of a message id in a sealed trace; what follows marks an unopened announcement
_NOTICE = b"!"


@dataclass(frozen=True, slots=True)
class Trace:
    """A message that can still be deleted. `notice`: it is an announcement nobody has opened yet."""

    chat_id: int
    message_id: int
    sent_at: datetime
    notice: bool = False


async def first_seen(connection: AsyncConnection, ids: Iterable[int], now: datetime) -> set[int]:
    """Which of these updates have not been handled before; from now on they have."""
    rows = [{"id": update_id, "seen_at": now} for update_id in set(ids)]
    if not rows:
        return set()
    statement = insert_into(connection, seen_updates).on_conflict_do_nothing().returning(seen_updates.c.id)
    return set((await connection.execute(statement, rows)).scalars())


async def visits_of(connection: AsyncConnection, keys: Keyring, chats: Collection[bytes]) -> dict[bytes, Visit]:
    """The visits of these chats. One that cannot be opened any more counts as none: a stranger."""
    found = await connection.execute(select(visits.c.chat, visits.c.sealed).where(visits.c.chat.in_(chats)))
    return dict(_opened(keys, found))


async def idle_visits(connection: AsyncConnection, keys: Keyring, since: datetime, limit: int) -> dict[bytes, Visit]:
    """Visits without activity since then: those whose screen tells most first, then the newest (the likeliest to be
    on a screen)."""
    query = select(visits.c.chat, visits.c.sealed).where(visits.c.seen_at < since)
    found = await connection.execute(query.order_by(visits.c.shown.desc(), visits.c.seen_at.desc()).limit(limit))
    return dict(_opened(keys, found))


async def keep_visits(connection: AsyncConnection, keys: Keyring, kept: Mapping[bytes, Visit], now: datetime) -> None:
    """Saves visits, sealed under today's key, as active now."""
    rows = [
        {"chat": chat, "sealed": keys.seal("visit", visit.pack(), now), "seen_at": now, "shown": visit.shown}
        for chat, visit in kept.items()
    ]
    if rows:
        statement = insert_into(connection, visits)
        changed = {name: statement.excluded[name] for name in ("sealed", "seen_at", "shown")}
        await connection.execute(statement.on_conflict_do_update(index_elements=["chat"], set_=changed), rows)


async def reseat_visits(
    connection: AsyncConnection, keys: Keyring, seated: Mapping[bytes, Visit], now: datetime
) -> None:
    """Saves which messages visits have, without counting it as activity of the visitor."""
    rows = [{"of": chat, "to": keys.seal("visit", visit.pack(), now)} for chat, visit in seated.items()]
    if rows:
        statement = update(visits).where(visits.c.chat == bindparam("of")).values(sealed=bindparam("to"))
        await connection.execute(statement, rows)


async def forget(connection: AsyncConnection, chats: Collection[bytes]) -> None:
    """Removes the visits and traces of chats whose visitor left."""
    if chats:
        await connection.execute(delete(visits).where(visits.c.chat.in_(chats)))
        await connection.execute(delete(traces).where(traces.c.chat.in_(chats)))


async def traces_of(
    connection: AsyncConnection, keys: Keyring, chats: Collection[bytes]
) -> dict[bytes, list[tuple[int, datetime]]]:
    """Per chat, message id and time of everything that can still be deleted."""
    by_chat: dict[bytes, list[tuple[int, datetime]]] = {}
    async for chat, plain, sent_at in _open_traces(connection, keys, chats):
        by_chat.setdefault(chat, []).append((int.from_bytes(plain[:_ID_BYTES], "big"), sent_at))
    return by_chat


async def unopened(
    connection: AsyncConnection, keys: Keyring, chats: Collection[bytes]
) -> dict[bytes, list[tuple[int, datetime]]]:
    """Per chat, the announcements that stand unopened: a chat whose visit has faded knows of them here only."""
    by_chat: dict[bytes, list[tuple[int, datetime]]] = {}
    async for chat, plain, sent_at in _open_traces(connection, keys, chats):
        if plain.endswith(_NOTICE) and len(plain) > _ID_BYTES:
            by_chat.setdefault(chat, []).append((int.from_bytes(plain[:_ID_BYTES], "big"), sent_at))
    return by_chat


async def add_traces(connection: AsyncConnection, keys: Keyring, added: Iterable[Trace]) -> None:
    """Remembers messages that can be deleted; one that is known already stays as it is."""
    rows = [
        {
            "message": keys.message(trace.chat_id, trace.message_id),
            "chat": keys.chat(trace.chat_id),
            "sealed": keys.seal("trace", _traced(trace), trace.sent_at),
            "sent_at": trace.sent_at,
        }
        for trace in added
    ]
    if rows:
        await connection.execute(insert_into(connection, traces).on_conflict_do_nothing(), rows)


async def drop_traces(connection: AsyncConnection, messages: Collection[bytes]) -> None:
    """Forgets messages that are deleted or beyond deleting; by `Keyring.message` hash."""
    if messages:
        await connection.execute(delete(traces).where(traces.c.message.in_(messages)))


async def purge(connection: AsyncConnection, now: datetime) -> None:
    """Removes what has outlived its use: old update ids, and traces Telegram would not delete any more."""
    await connection.execute(delete(seen_updates).where(seen_updates.c.seen_at < now - SEEN_LIFE))
    await connection.execute(delete(traces).where(traces.c.sent_at < now - TRACE_LIFE))


async def count(connection: AsyncConnection, added: Mapping[tuple[str, str], int], now: datetime) -> None:
    """Adds to the anonymous counts of the day: (measure, label) → how many more."""
    rows = [
        {"day": now.date(), "measure": measure, "label": label, "count": number}
        for (measure, label), number in added.items()
    ]
    if rows:
        statement = insert_into(connection, tallies)
        more = {"count": tallies.c.count + statement.excluded.count}
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["day", "measure", "label"], set_=more), rows
        )


async def holdings(connection: AsyncConnection, keys: Keyring, chat_id: int) -> dict[str, int]:
    """How many rows each table now holds about one chat: for the privacy tests and the sandbox's panel."""
    chat = keys.chat(chat_id)
    counts = {}
    for table in (visits, traces, outbox, cases, barred, locks):
        query = select(func.count()).select_from(table).where(table.c.chat == chat)
        counts[table.name] = (await connection.execute(query)).scalar_one()
    said = select(func.count()).select_from(case_lines.join(cases)).where(cases.c.chat == chat)
    counts[case_lines.name] = (await connection.execute(said)).scalar_one()
    return counts


async def _open_traces(
    connection: AsyncConnection, keys: Keyring, chats: Collection[bytes]
) -> AsyncIterator[tuple[bytes, bytes, datetime]]:
    query = select(traces.c.chat, traces.c.sealed, traces.c.sent_at).where(traces.c.chat.in_(chats))
    for row in await connection.execute(query):
        with suppress(SealError):  # its day is over, and with it the right to delete the message
            yield row.chat, keys.unseal("trace", row.sealed), row.sent_at


def _traced(trace: Trace) -> bytes:
    return trace.message_id.to_bytes(_ID_BYTES, "big") + (_NOTICE if trace.notice else b"")


def _opened(keys: Keyring, found: Iterable[Any]) -> Iterable[tuple[bytes, Visit]]:
    for chat, sealed in found:
        try:
            yield chat, Visit.unpack(keys.unseal("visit", sealed))
        except SealError:
            continue
