"""The outbox refuses what would speak first (promise 4, checklist 3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from db import because, outbox
from db.because import WINDOW, Because, FirstContactError
from db.models import desks, operators
from db.outbox import Kind, Lane, Order, Row
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands
from tests.operator_double import close_case, open_case

# What may put a new message into a chat …
SPEAKING: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.REDRAW, {"chat_id": 1, "message_id": 0, "shell": "…", "fields": {}}),
    (Kind.REDRAW, {"chat_id": 1, "message_id": 5, "shell": "…", "fields": {}}),  # when 5 is gone a new one is sent
    (Kind.SEND, {"chat_id": 1, "fields": {}}),
    (Kind.ANNOUNCE, {"chat_id": 1, "fields": {}}),
    (Kind.OTHER, {"method": "sendMessage", "fields": {}}),
    (Kind.OTHER, {"method": "sendPhoto", "fields": {}}),
    (Kind.OTHER, {"method": "copyMessage", "fields": {}}),
    (Kind.OTHER, {"method": "forwardMessage", "fields": {}}),
]
# … and what cannot.
QUIET: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.REDRAW, {"chat_id": 1, "message_id": 5, "shell": "", "fields": {}}),
    (Kind.DELETE, {"chat_id": 1, "messages": []}),
    (Kind.OTHER, {"method": "answerCallbackQuery", "fields": {}}),
    (Kind.OTHER, {"method": "leaveChat", "fields": {}}),
    (Kind.OTHER, {"method": "editMessageText", "fields": {}}),
]


def row(clock: Hands, kind: Kind, payload: dict[str, Any], why: Because | None = None) -> Row:
    """A row for a chat, made now."""
    now = clock()
    return Row(Order().next(now), Lane.REPLY, b"c" * 16, kind, 1, payload, now, now + WINDOW, why)


async def stored(store: Store, keys: Keyring) -> list[Row]:
    """What the outbox holds."""
    async with store.read() as connection:
        return await outbox.waiting(connection, keys)


@pytest.mark.parametrize("lane", list(Lane))
async def test_a_message_without_a_reason_is_refused(store: Store, keys: Keyring, clock: Hands, lane: Lane) -> None:
    """In every lane, whatever its kind; and nothing that stood beside it in the same batch is stored."""
    for kind, payload in SPEAKING:
        bad = row(clock, kind, payload)
        bad.lane = lane
        with pytest.raises(FirstContactError):
            async with store.write() as connection:
                await outbox.put(connection, keys, [row(clock, *QUIET[0]), bad])
    assert await stored(store, keys) == []


async def test_what_cannot_make_a_message_needs_no_reason(store: Store, keys: Keyring, clock: Hands) -> None:
    """An exit, a fade and the end of a spinner always go."""
    for kind, payload in QUIET:
        async with store.write() as connection:
            await outbox.put(connection, keys, [row(clock, kind, payload)])
            await outbox.drop_all(connection, [b"c" * 16])


@pytest.mark.parametrize(("age", "taken"), [(timedelta(0), True), (WINDOW, True), (WINDOW * 1.01, False)])
async def test_an_update_is_answered_within_the_window(
    store: Store, keys: Keyring, clock: Hands, age: timedelta, taken: bool
) -> None:
    """Ten minutes after an update nobody gets a message for it any more."""
    for kind, payload in SPEAKING:
        one = row(clock, kind, payload, Because.update(clock() - age))
        async with store.write() as connection:
            if taken:
                await outbox.put(connection, keys, [one])
                await outbox.drop_all(connection, [b"c" * 16])
            else:
                with pytest.raises(FirstContactError):
                    await outbox.put(connection, keys, [one])


async def test_a_case_must_be_open_and_of_that_very_chat(store: Store, keys: Keyring, clock: Hands) -> None:
    """A reason named after another chat's case, a closed one, or none at all, is no reason."""
    chat = keys.chat(1)
    own = await open_case(store, keys, 1, clock)
    others = await open_case(store, keys, 2, clock)
    ended = await open_case(store, keys, 3, clock)
    await close_case(store, ended)

    async def put(number: int) -> None:
        one = row(clock, Kind.ANNOUNCE, {"chat_id": 1, "fields": {}}, Because.case(number))
        one.chat = chat
        async with store.write() as connection:
            await outbox.put(connection, keys, [one])

    for number in (others, ended, 0, 10**9):
        with pytest.raises(FirstContactError):
            await put(number)
    assert await stored(store, keys) == []
    await put(own)
    (back,) = await stored(store, keys)
    assert back.because == Because.case(own)
    async with store.read() as connection:
        assert await because.still_holds(connection, back)
    await close_case(store, own)
    async with store.read() as connection:
        assert not await because.still_holds(connection, back)


async def test_a_visitor_who_left_is_out_of_reach(store: Store, keys: Keyring, clock: Hands) -> None:
    """After a quick exit the case may stay with its operator; it leads to no chat any more."""
    number = await open_case(store, keys, 1, clock, chat=None, sealed=None, visitor="left")
    one = row(clock, Kind.ANNOUNCE, {"chat_id": 1, "fields": {}}, Because.case(number))
    one.chat = keys.chat(1)
    with pytest.raises(FirstContactError):
        async with store.write() as connection:
            await outbox.put(connection, keys, [one])


async def test_staff_are_who_the_tables_say(store: Store, keys: Keyring, clock: Hands) -> None:
    """A desk's group and an operator's own chat are written to; anybody else is not, whatever the row claims."""
    async with store.write() as connection:
        await connection.execute(
            insert(operators), {"num": 1, "chat": keys.chat(11), "name": "О", "desk": 1, "role": "x", "since": clock()}
        )
        await connection.execute(
            insert(desks),
            {
                "num": 1,
                "slug": "d",
                "name_uk": "д",
                "name_en": "d",
                "chat": keys.chat(-22),
                "regions": [],
                "languages": [],
            },
        )
    for chat_id, taken in ((11, True), (-22, True), (33, False)):
        one = row(clock, Kind.OTHER, {"method": "sendMessage", "fields": {}}, Because.staff())
        one.chat = keys.chat(chat_id)
        one.id += chat_id
        async with store.write() as connection:
            if taken:
                await outbox.put(connection, keys, [one])
            else:
                with pytest.raises(FirstContactError):
                    await outbox.put(connection, keys, [one])
    assert len(await stored(store, keys)) == 2


async def test_the_refusal_tells_nothing_of_whom(store: Store, keys: Keyring, clock: Hands) -> None:
    """Its words may stand in a log."""
    one = row(clock, Kind.SEND, {"chat_id": 424242, "fields": {"text": "таємниця"}})
    with pytest.raises(FirstContactError) as refused:
        async with store.write() as connection:
            await outbox.put(connection, keys, [one])
    assert str(refused.value) == "a send without a reason"
