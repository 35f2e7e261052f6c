"""What waits to be sent is stored sealed and in order, and leaves for one of four reasons only."""

from datetime import timedelta

from sqlalchemy import select

from db import outbox
from db.models import outbox as table
from db.outbox import Kind, Lane, Order, Row
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands

ANNA, BOHDAN = b"a" * 16, b"b" * 16


def rows(clock: Hands) -> list[Row]:
    order = Order()
    made = []
    for chat, lane in ((ANNA, Lane.REPLY), (BOHDAN, Lane.EXIT), (ANNA, Lane.EXIT), (BOHDAN, Lane.BACKGROUND)):
        number = order.next(clock())
        payload = {"text": f"Зразок {number}"}
        made.append(
            Row(number, lane, chat, Kind.REDRAW, 7, payload, clock(), clock() + timedelta(minutes=number % 9 + 1))
        )
    return made


async def test_rows_come_back_in_order_after_a_restart(store: Store, keys: Keyring, clock: Hands) -> None:
    """Everything is as it was put, oldest first."""
    put = rows(clock)
    async with store.write() as connection:
        await outbox.put(connection, keys, reversed(put))
    async with store.read() as connection:
        found = await outbox.waiting(connection, keys)
    assert [(one.id, one.lane, one.chat, one.payload) for one in found] == [
        (one.id, one.lane, one.chat, one.payload) for one in put
    ]


async def test_payloads_are_sealed(store: Store, keys: Keyring, clock: Hands) -> None:
    """The words of a screen do not stand in the table."""
    async with store.write() as connection:
        await outbox.put(connection, keys, rows(clock))
        sealed = (await connection.execute(select(table.c.sealed))).scalars().all()
    assert len(sealed) == 4
    assert not any("Зразок".encode() in bytes(one) for one in sealed)


async def test_an_exit_drops_what_waits_but_no_earlier_exit(store: Store, keys: Keyring, clock: Hands) -> None:
    """Only the chat's own ordinary rows go; what an exit still has to do stays."""
    put = rows(clock)
    async with store.write() as connection:
        await outbox.put(connection, keys, put)
        await outbox.leave(connection, [ANNA])
        assert [one.id for one in await outbox.waiting(connection, keys)] == [one.id for one in put[1:]]
        await outbox.drop_all(connection, [ANNA])
        assert {one.chat for one in await outbox.waiting(connection, keys)} == {BOHDAN}


async def test_attempts_are_counted_and_accepted_rows_go(store: Store, keys: Keyring, clock: Hands) -> None:
    """A refused row keeps its place and its count; an accepted one is gone."""
    put = rows(clock)
    async with store.write() as connection:
        await outbox.put(connection, keys, put)
        await outbox.tried(connection, [put[0].id])
        await outbox.drop(connection, [put[1].id, put[2].id])
        found = await outbox.waiting(connection, keys)
    assert [(one.id, one.attempts) for one in found] == [(put[0].id, 1), (put[3].id, 0)]


async def test_what_is_too_late_goes(store: Store, keys: Keyring, clock: Hands) -> None:
    """After `not_after` a row is not sent any more."""
    put = rows(clock)
    async with store.write() as connection:
        await outbox.put(connection, keys, put)
        assert await outbox.expire(connection, clock() + timedelta(hours=1)) == 4
        assert await outbox.waiting(connection, keys) == []


async def test_a_row_whose_key_is_gone_is_left_to_expire(store: Store, keys: Keyring, clock: Hands) -> None:
    """After three days nothing sealed can be opened; a start does not stumble over it."""
    async with store.write() as connection:
        await outbox.put(connection, keys, rows(clock))
        keys.destroy_old(clock() + timedelta(days=4))
        assert await outbox.waiting(connection, keys) == []


def test_ids_never_repeat_and_always_grow(clock: Hands) -> None:
    """Even when the clock stands still or goes back, the order holds."""
    order = Order()
    ids = [order.next(clock()) for _ in range(3)]
    clock.move(minutes=-5)
    ids.append(order.next(clock()))
    assert ids == sorted(set(ids))
