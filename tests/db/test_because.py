"""The outbox refuses what would speak first (promise 4, checklist 3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db import outbox
from db.because import WINDOW, Because, FirstContactError
from db.outbox import Kind, Lane, Order, Row
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands

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


def row(clock: Hands, kind: Kind, payload: dict[str, Any], because: Because | None = None) -> Row:
    """A row for a chat, made now."""
    now = clock()
    return Row(Order().next(now), Lane.REPLY, b"c" * 16, kind, 1, payload, now, now + WINDOW, because)


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


def test_the_refusal_tells_nothing_of_whom() -> None:
    """Its words may stand in a log."""
    with pytest.raises(FirstContactError) as refused:
        outbox.because.check(
            [Row(1, Lane.REPLY, b"c" * 16, Kind.SEND, 77, {"chat_id": 424242}, *[Hands().now] * 2, None)]
        )
    assert str(refused.value) == "a send without a reason"
