"""Visits, traces, seen updates and counts: kept sealed while they are of use, and then gone."""

from datetime import timedelta

from sqlalchemy import select

from db import memory
from db.memory import Trace
from db.models import tallies, visits
from db.sealing import Keyring
from db.store import Store
from db.visit import Visit
from tests.conftest import Hands


def visit(number: int) -> Visit:
    return Visit(number, 5, "en", "1/find.where/all", 77, 78)


async def test_a_visit_comes_back_as_it_was(store: Store, keys: Keyring, clock: Hands) -> None:
    """What the next tap needs is there; an unknown chat is a stranger."""
    chat, other = keys.chat(1), keys.chat(2)
    async with store.write() as connection:
        await memory.keep_visits(connection, keys, {chat: visit(1)}, clock())
        await memory.keep_visits(connection, keys, {chat: visit(1).but(lang="uk")}, clock())
        found = await memory.visits_of(connection, keys, [chat, other])
    assert found == {chat: visit(1).but(lang="uk")}


async def test_a_visit_stands_in_the_table_sealed(store: Store, keys: Keyring, clock: Hands) -> None:
    """Without keys the row tells nothing: no chat id, no address of a screen."""
    async with store.write() as connection:
        await memory.keep_visits(connection, keys, {keys.chat(1001001): visit(1001001)}, clock())
        chat, sealed = (await connection.execute(select(visits.c.chat, visits.c.sealed))).one()
    assert b"1001001" not in bytes(chat) + bytes(sealed)
    assert b"find" not in bytes(sealed)


async def test_idle_visits_newest_first(store: Store, keys: Keyring, clock: Hands) -> None:
    """Those that have been quiet since then, the latest first, so many at once."""
    async with store.write() as connection:
        for number in (1, 2, 3):
            await memory.keep_visits(connection, keys, {keys.chat(number): visit(number)}, clock())
            clock.move(minutes=10)
        found = await memory.idle_visits(connection, keys, clock() - timedelta(minutes=15), 5)
        assert [one.chat_id for one in found.values()] == [2, 1]
        assert len(await memory.idle_visits(connection, keys, clock(), 2)) == 2


async def test_saving_which_message_is_live_is_no_activity(store: Store, keys: Keyring, clock: Hands) -> None:
    """A shell that arrives late does not keep a visit alive."""
    chat = keys.chat(1)
    async with store.write() as connection:
        await memory.keep_visits(connection, keys, {chat: visit(1)}, clock())
        clock.move(minutes=40)
        await memory.reseat_visits(connection, keys, {chat: visit(1).but(live=99)}, clock())
        assert (await memory.visits_of(connection, keys, [chat]))[chat].live == 99
        assert chat in await memory.idle_visits(connection, keys, clock() - timedelta(minutes=30), 5)


async def test_an_update_is_new_once(store: Store, clock: Hands) -> None:
    """Telegram repeats an update for up to 24 h; it is handled once, and its number forgotten after 25."""
    async with store.write() as connection:
        assert await memory.first_seen(connection, [5, 6, 6], clock()) == {5, 6}
        assert await memory.first_seen(connection, [6, 7], clock()) == {7}
        await memory.purge(connection, clock() + timedelta(hours=26))
        assert await memory.first_seen(connection, [6], clock()) == {6}


async def test_traces_are_known_until_deleted(store: Store, keys: Keyring, clock: Hands) -> None:
    """Every message that can still be deleted is known, with its time, until it is."""
    chat = keys.chat(1)
    async with store.write() as connection:
        await memory.add_traces(connection, keys, [Trace(1, 50, clock()), Trace(1, 51, clock()), Trace(1, 50, clock())])
        assert sorted((await memory.traces_of(connection, keys, [chat]))[chat]) == [(50, clock()), (51, clock())]
        await memory.drop_traces(connection, [keys.message(1, 50)])
        assert await memory.traces_of(connection, keys, [chat]) == {chat: [(51, clock())]}
        await memory.forget(connection, [chat])
        assert await memory.traces_of(connection, keys, [chat]) == {}


async def test_who_left_is_a_stranger(store: Store, keys: Keyring, clock: Hands) -> None:
    """Forgetting takes one person's rows and nobody else's."""
    async with store.write() as connection:
        await memory.keep_visits(connection, keys, {keys.chat(n): visit(n) for n in (1, 2)}, clock())
        await memory.forget(connection, [keys.chat(1)])
        assert set(await memory.visits_of(connection, keys, [keys.chat(1), keys.chat(2)])) == {keys.chat(2)}
        assert not any((await memory.holdings(connection, keys, 1)).values())


async def test_counts_add_up_by_day(store: Store, clock: Hands) -> None:
    """A measure and a label a day have one row, which grows."""
    async with store.write() as connection:
        await memory.count(connection, {("found", "shelter"): 2, ("exit", ""): 1}, clock())
        await memory.count(connection, {("found", "shelter"): 3}, clock())
        await memory.count(connection, {("found", "shelter"): 1}, clock() + timedelta(days=1))
        found = (await connection.execute(select(tallies).order_by(tallies.c.day, tallies.c.measure))).all()
    assert [(row.measure, row.label, row.count) for row in found] == [
        ("exit", "", 1),
        ("found", "shelter", 5),
        ("found", "shelter", 1),
    ]


async def test_a_visit_whose_key_is_gone_is_a_stranger(store: Store, keys: Keyring, clock: Hands) -> None:
    """Nothing is guessed from a blob nobody can open."""
    async with store.write() as connection:
        await memory.keep_visits(connection, keys, {keys.chat(1): visit(1)}, clock())
        await memory.add_traces(connection, keys, [Trace(1, 50, clock())])
        keys.destroy_old(clock() + timedelta(days=4))
        assert await memory.visits_of(connection, keys, [keys.chat(1)]) == {}
        assert await memory.traces_of(connection, keys, [keys.chat(1)]) == {}
