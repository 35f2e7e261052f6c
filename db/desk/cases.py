"""Cases: opened, looked up, marked. Who answers them is in `claims`, what is said in `lines`, how they end in `ending`.

Every change is one statement that names the state it expects, so that of two at the same time one wins and the other
is told. All of it runs inside `Store.write`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.case import Case, Opening, Route, Urgency, Wrote
from db.desk.naming import draw
from db.desk.rows import PRACTISED, SHELL, SHELLS, shell
from db.models import barred as no_entry
from db.models import cases
from db.outbox import Order
from db.sealing import Keyring, SealError
from db.upsert import insert_into

PURPOSE = "case"
NAMES_TRIED = 100
TRIES = 5

_OPEN = cases.c.state != "closed"


async def open_case(
    connection: AsyncConnection, keys: Keyring, order: Order, opening: Opening, now: datetime, random: Random
) -> tuple[Case, bool]:
    """A new case, and True; or the one this chat has open already, and False.

    Its key is on the disk when this returns. Without a commit the key is an orphan, which `ending.sweep` removes.
    """
    number = order.next(now)
    keys.cases.make(number)
    row = _row(keys, number, opening, now)
    for attempt in range(NAMES_TRIED):
        statement = insert_into(connection, cases).values(
            {**row, "code": draw(random, attempt, practice=opening.practice)}
        )
        made = (await connection.execute(statement.on_conflict_do_nothing().returning(*SHELL))).first()
        if made is not None:
            return shell(made), True
        if already := (await case_of(connection, [opening.chat])).get(opening.chat):
            keys.cases.destroy([number])
            return already, False
    raise RuntimeError("no free name for a case")


async def case_of(connection: AsyncConnection, chats: Collection[bytes]) -> dict[bytes, Case]:
    """The open cases of these chats."""
    found = await _where(connection, cases.c.chat.in_(chats), _OPEN)
    return {case.chat: case for case in found if case.chat is not None}


async def barred(connection: AsyncConnection, chat: bytes, now: datetime) -> bool:
    """Whether this chat abused the line and cannot ask for a human yet (`ending.bar`)."""
    query = select(no_entry.c.chat).where(no_entry.c.chat == chat, no_entry.c.until > now)
    return (await connection.execute(query)).first() is not None


async def cases_by_id(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Case]:
    """Cases by id, shells of closed ones included."""
    return {case.id: case for case in await _where(connection, cases.c.id.in_(ids))}


async def open_cases(connection: AsyncConnection, desks: Collection[int] | None = None) -> list[Case]:
    """Everything that is not closed, of these desks or of all."""
    return await _where(connection, _OPEN, *([] if desks is None else [cases.c.desk.in_(desks)]))


async def held_by(connection: AsyncConnection, operator: int) -> list[Case]:
    """An operator's cases, the one they are in and those they have parked, the longest held first."""
    return await _where(connection, cases.c.operator == operator, cases.c.state.in_(("taken", "parked")))


async def flagged(connection: AsyncConnection, but: int) -> list[Case]:
    """Urgent cases that somebody other than this operator has: what a supervisor keeps an eye on."""
    return await _where(connection, _OPEN, cases.c.flagged, ~PRACTISED, cases.c.operator.not_in((0, but)))


async def with_cards(connection: AsyncConnection, desk: int) -> list[Case]:
    """Cases of a desk for which a card stands in its group, shells included."""
    return await _where(connection, cases.c.desk == desk, cases.c.card != 0)


async def routes_of(connection: AsyncConnection, keys: Keyring, ids: Collection[int]) -> dict[int, Route]:
    """The ways back to the visitors of these cases, as far as there still is one."""
    return {case: Route(**opened["route"]) for case, opened in (await _sealed(connection, keys, ids)).items()}


async def details_of(connection: AsyncConnection, keys: Keyring, ids: Collection[int]) -> dict[int, dict[str, str]]:
    """What was asked for besides a talk in these cases: number, place, safe window …"""
    return {case: dict(opened["details"]) for case, opened in (await _sealed(connection, keys, ids)).items()}


async def detail(connection: AsyncConnection, keys: Keyring, case: int, changed: Mapping[str, str]) -> bool:
    """Adds or replaces what was asked for; an empty value takes it out (a number after the call)."""
    opened = (await _sealed(connection, keys, [case])).get(case)
    if opened is None:
        return False
    kept = {name: value for name, value in {**opened["details"], **changed}.items() if value}
    return await change(connection, case, cases.c.sealed.is_not(None), sealed=_seal(keys, case, opened["route"], kept))


async def came_back(connection: AsyncConnection, keys: Keyring, case: int, route: Route) -> bool:
    """A visitor of an open case begins a new visit: answers go there from now on."""
    opened = (await _sealed(connection, keys, [case])).get(case)
    if opened is None:
        return False
    sealed = _seal(keys, case, _plain(route), opened["details"])
    return await change(connection, case, cases.c.visitor != "left", sealed=sealed, visitor="here")


async def wrote(connection: AsyncConnection, case: int, side: Wrote, now: datetime) -> bool:
    """Who said something last, for the end and for silence. A visitor who writes is here."""
    here: dict[str, Any] = {"visitor": "here"} if side == "visitor" else {}
    return await change(connection, case, cases.c.visitor != "left", wrote_last=side, wrote_at=now, **here)


async def flag(connection: AsyncConnection, case: int) -> bool:
    """Urgent, and closed by a supervisor only (checklist 49); whether it was not before."""
    return await change(connection, case, ~cases.c.flagged, flagged=True, urgency=int(Urgency.URGENT))


async def unflag(connection: AsyncConnection, case: int, urgency: Urgency = Urgency.SOON) -> bool:
    """No longer urgent; a supervisor's decision."""
    return await change(connection, case, cases.c.flagged, flagged=False, urgency=int(urgency))


async def hasten(connection: AsyncConnection, case: int) -> bool:
    """The visitor's own words say that it is urgent: it goes first, without a flag; whether it did not before."""
    urgent = int(Urgency.URGENT)
    return await change(connection, case, cases.c.urgency != urgent, urgency=urgent)


async def open_media(connection: AsyncConnection, case: int, *, open_: bool = True) -> bool:
    """Lets photos and voice of this visitor through, or no longer."""
    return await change(connection, case, cases.c.media != open_, media=open_)


async def prove(connection: AsyncConnection, keys: Keyring, case: int, word: str) -> bool:
    """Whether this is the visitor's code word; then the case says so until they are gone for a while.

    After five wrong ones in a row not even the right one is taken any more (`Case.tries`), until a new word is set.
    """
    allowed = cases.c.tries < TRIES
    if await change(connection, case, allowed, cases.c.word == _word(keys, case, word), proved=True, tries=0):
        return True
    await change(connection, case, allowed, cases.c.word.is_not(None), tries=cases.c.tries + 1)
    return False


async def set_word(connection: AsyncConnection, keys: Keyring, case: int, word: str) -> bool:
    """The visitor's code word, set after the case was opened."""
    still = (cases.c.visitor != "left", cases.c.chat.is_not(None))
    return await change(connection, case, *still, word=_word(keys, case, word), proved=False, tries=0)


async def put_card(connection: AsyncConnection, case: int, card: int) -> bool:
    """Which message in the desk's group is this case's queue card; 0 for none."""
    return await change(connection, case, card=card)


async def move(connection: AsyncConnection, case: int, desk: int) -> bool:
    """A waiting case goes to another desk's queue and keeps its time; nobody there has been told of it yet."""
    return await change(connection, case, cases.c.state == "waiting", cases.c.desk != desk, desk=desk, card=0, told=0)


async def tell(connection: AsyncConnection, case: int, before: int) -> bool:
    """One more step of escalation; False when another process has done that step."""
    return await change(connection, case, cases.c.told == before, told=before + 1)


async def change(connection: AsyncConnection, case: int, *expected: ColumnElement[bool], **values: Any) -> bool:
    """Changes an open case that is as expected; whether it was."""
    statement = update(cases).where(cases.c.id == case, _OPEN, *expected).values(**values).returning(cases.c.id)
    return (await connection.execute(statement)).first() is not None


async def _where(connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Case]:
    return [shell(row) for row in await connection.execute(SHELLS.where(*conditions).order_by(cases.c.id))]


async def _sealed(connection: AsyncConnection, keys: Keyring, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    query = select(cases.c.id, cases.c.sealed).where(cases.c.id.in_(ids), cases.c.sealed.is_not(None))
    opened: dict[int, dict[str, Any]] = {}
    if not ids:
        return opened
    for row in await connection.execute(query):
        try:
            opened[row.id] = json.loads(keys.cases.unseal(row.id, PURPOSE, row.sealed))
        except SealError:  # its key was lost with the keys folder: nobody can be reached any more
            continue
    return opened


def _row(keys: Keyring, number: int, opening: Opening, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "chat": opening.chat,
        "desk": opening.desk,
        "kind": opening.kind,
        "lang": opening.route.lang,
        "region": opening.region,
        "topic": opening.topic,
        "who": opening.who,
        "urgency": int(opening.urgency),
        "state": "kept" if opening.keep_from is not None and opening.keep_from > now else "waiting",
        "opened_at": now,
        "waiting_since": now,
        "wrote_last": "visitor",  # they asked, and nobody has answered
        "wrote_at": now,
        "word": _word(keys, number, opening.word) if opening.word else None,
        "sealed": _seal(keys, number, _plain(opening.route), opening.details),
        "keep_from": opening.keep_from,
        "keep_to": opening.keep_to,
    }


def _plain(route: Route) -> dict[str, Any]:
    return {"chat_id": route.chat_id, "generation": route.generation, "lang": route.lang}


def _seal(keys: Keyring, case: int, route: Mapping[str, Any], details: Mapping[str, str]) -> bytes:
    plain = json.dumps({"route": dict(route), "details": dict(details)}, separators=(",", ":"), ensure_ascii=False)
    return keys.cases.seal(case, PURPOSE, plain.encode())


def _word(keys: Keyring, case: int, word: str) -> bytes:
    return keys.word(case.to_bytes(8, "big"), word)
