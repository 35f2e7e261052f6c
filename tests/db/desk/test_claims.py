"""Exactly one operator has a case; what they do not answer for goes back to the queue with its time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from random import Random

import pytest

from db.desk import claims
from db.desk.case import Case
from db.desk.cases import cases_by_id, flag, held_by, open_cases
from db.desk.claims import Gone, HeldBy, Taken
from db.desk.duty import talk_time
from db.desk.ending import close, left
from db.desk.roster import operator
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands
from tests.db.desk.made_up import LEASE, asked, hired

HOUR = timedelta(hours=1)


async def test_the_first_one_has_it(store: Store, keys: Keyring, clock: Hands) -> None:
    """The second is told who has it; what is gone is gone."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        anna, ira = [await hired(connection, keys, number, clock()) for number in (11, 12)]
        clock.move(minutes=4)
        won = await claims.take(connection, case.id, anna.num, clock() + LEASE, clock())
        assert isinstance(won, Taken)
        assert (won.case.state, won.case.operator, won.case.taken_at) == ("taken", anna.num, clock())
        for second in (anna, ira):
            lost = await claims.take(connection, case.id, second.num, clock() + LEASE, clock())
            assert lost == HeldBy(anna.num)
        active = [(await operator(connection, keys, one.num)).active for one in (anna, ira)]  # type: ignore[union-attr]
        assert active == [case.id, 0]
        await close(connection, keys, case.id, clock())
        assert await claims.take(connection, case.id, ira.num, clock() + LEASE, clock()) == Gone()
        assert await claims.take(connection, 5, ira.num, clock() + LEASE, clock()) == Gone()


async def test_an_operator_is_in_one_case_at_a_time(store: Store, keys: Keyring, clock: Hands) -> None:
    """Taking another parks the former; going into one is explicit; a colleague's cannot be entered."""
    async with store.write() as connection:
        first, second, other = [await asked(connection, keys, number, clock()) for number in (1, 2, 3)]
        anna, ira = [await hired(connection, keys, number, clock()) for number in (11, 12)]

        async def states() -> list[str]:
            return [one.state for one in await open_cases(connection)]

        for case, who in ((first, anna), (second, anna), (other, ira)):
            await claims.take(connection, case.id, who.num, clock() + LEASE, clock())
        assert await states() == ["parked", "taken", "taken"]
        assert await claims.switch(connection, anna.num, first.id, clock())
        assert await states() == ["taken", "parked", "taken"]
        assert not await claims.switch(connection, anna.num, other.id, clock())
        assert await states() == ["taken", "parked", "taken"]
        assert await claims.switch(connection, anna.num, 0, clock())
        assert await states() == ["parked", "parked", "taken"]
        assert [one.id for one in await held_by(connection, anna.num)] == [first.id, second.id]
        assert (await operator(connection, keys, anna.num)).active == 0  # type: ignore[union-attr]


async def test_given_back_and_handed_over(store: Store, keys: Keyring, clock: Hands) -> None:
    """The queue gets it with its old time; a colleague finds it parked; only the holder can do either."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        anna, ira = [await hired(connection, keys, number, clock()) for number in (11, 12)]
        await claims.take(connection, case.id, anna.num, clock() + LEASE, clock())
        clock.move(minutes=5)
        assert await claims.give_back(connection, case.id, ira.num, clock()) is None
        back = await claims.give_back(connection, case.id, anna.num, clock())
        assert back is not None
        assert (back.state, back.operator, back.waiting_since) == ("waiting", 0, case.waiting_since)
        assert (await operator(connection, keys, anna.num)).active == 0  # type: ignore[union-attr]

        assert await claims.hand_to(connection, case.id, anna.num, ira.num, clock() + LEASE, clock()) is None
        handed = await claims.hand_to(connection, case.id, 0, ira.num, clock() + LEASE, clock())
        assert handed is not None
        assert (handed.state, handed.operator) == ("parked", ira.num)
        await claims.switch(connection, ira.num, case.id, clock())
        assert await claims.hand_to(connection, case.id, ira.num, anna.num, clock() + LEASE, clock())
        assert (await operator(connection, keys, ira.num)).active == 0  # type: ignore[union-attr]


async def test_who_falls_silent_loses_it_to_the_queue(store: Store, keys: Keyring, clock: Hands) -> None:
    """Parked ones too; whoever shows up keeps theirs; both sides can be told who had it."""
    async with store.write() as connection:
        held = [await asked(connection, keys, number, clock()) for number in (1, 2, 3)]
        anna, ira = [await hired(connection, keys, number, clock()) for number in (11, 12)]
        for case, who in zip(held, (anna, anna, ira), strict=True):
            await claims.take(connection, case.id, who.num, clock() + LEASE, clock())
        clock.move(minutes=14)
        assert await claims.lapsed(connection, clock()) == []
        await claims.renew_leases(connection, ira.num, clock() + LEASE)
        clock.move(minutes=2)
        back = await claims.lapsed(connection, clock())
        assert [(case.id, who) for case, who in back] == [(held[0].id, anna.num), (held[1].id, anna.num)]
        assert {case.state for case, _ in back} == {"waiting"}
        assert (await operator(connection, keys, anna.num)).active == 0  # type: ignore[union-attr]
        assert await claims.lapsed(connection, clock()) == []
        assert [one.id for one in await claims.give_back_all(connection, ira.num, clock())] == [held[2].id]


async def test_nobody_waits_for_who_has_left(store: Store, keys: Keyring, clock: Hands) -> None:
    """The case of a visitor who vanished does not go back to the queue; a flagged one does, for a supervisor."""
    async with store.write() as connection:
        plain, flagged = [await asked(connection, keys, number, clock()) for number in (1, 2)]
        anna = await hired(connection, keys, 11, clock())
        for case in (plain, flagged):
            await claims.take(connection, case.id, anna.num, clock() + LEASE, clock())
        await flag(connection, flagged.id)
        await left(connection, keys, [keys.chat(1), keys.chat(2)], clock())
        assert [one.state for one in await held_by(connection, anna.num)] == ["parked", "taken"]
        clock.move(minutes=20)
        await claims.lapsed(connection, clock())
        found = await cases_by_id(connection, [plain.id, flagged.id])
        assert (found[plain.id].state, found[plain.id].closed_at) == ("closed", clock())
        assert (found[flagged.id].state, found[flagged.id].closed_at) == ("waiting", None)


async def test_talk_runs_while_somebody_is_in_a_case(store: Store, keys: Keyring, clock: Hands) -> None:
    """Switching does not end it, parking and closing do; what is older than a day or a week does not count."""
    async with store.write() as connection:
        first, second = [await asked(connection, keys, number, clock()) for number in (1, 2)]
        anna = await hired(connection, keys, 11, clock())

        async def talked() -> tuple[float, float]:
            day, week = await talk_time(connection, anna.num, clock())
            return day / HOUR, week / HOUR

        await claims.take(connection, first.id, anna.num, clock() + LEASE, clock())
        clock.move(hours=1)
        await claims.take(connection, second.id, anna.num, clock() + LEASE, clock())
        clock.move(hours=1)
        assert await talked() == (2, 2)
        await claims.switch(connection, anna.num, 0, clock())
        clock.move(hours=5)
        assert await talked() == (2, 2)
        await claims.switch(connection, anna.num, first.id, clock())
        clock.move(hours=1)
        await close(connection, keys, first.id, clock(), operator=anna.num)
        clock.move(hours=17.5)
        assert await talked() == (1.5, 3)
        clock.move(days=6)
        assert await talked() == (0, 1.5)


async def test_practice_is_no_talk(store: Store, keys: Keyring, clock: Hands) -> None:
    """Hours of it bring nobody nearer to the caps; going into it from a talk ends the talk, coming back begins it."""
    async with store.write() as connection:
        anna = await hired(connection, keys, 11, clock())
        played = await asked(connection, keys, 1, clock(), practice=True)
        real = await asked(connection, keys, 2, clock())
        for case in (played, real):
            await claims.take(connection, case.id, anna.num, clock() + LEASE, clock())
            clock.move(hours=1)
        for case in (played, real):
            await claims.switch(connection, anna.num, case.id, clock())
            clock.move(hours=1)
        await claims.switch(connection, anna.num, 0, clock())
        assert await talk_time(connection, anna.num, clock()) == (2 * HOUR, 2 * HOUR)


@pytest.mark.untraced
async def test_ten_cases_for_each_of_forty_takers(store: Store, database_url: str, keys: Keyring, clock: Hands) -> None:
    """Everybody reaches for everything, all at once: each case is somebody's exactly once, and everybody else is
    told whose. On PostgreSQL, where ten can write at the same moment, fewer are as hard; `make bench` has more."""
    crowd = 40 if database_url.startswith("sqlite") else 20
    async with store.write() as connection:
        waiting = [(await asked(connection, keys, number, clock())).id for number in range(1, 10 * crowd + 1)]
        takers = [(await hired(connection, keys, 5000 + number, clock())).num for number in range(crowd)]
    wins: dict[int, list[int]] = {}
    told: dict[int, set[int]] = {}

    async def reach(who: int) -> None:
        mine = Random(who).sample(waiting, 15) + waiting[(who % crowd) * 10 : (who % crowd) * 10 + 10]  # noqa: S311
        for begin in range(0, 25, 5):
            async with store.write() as connection:
                for case in mine[begin : begin + 5]:
                    answer = await claims.take(connection, case, who, clock() + LEASE, clock())
                    if isinstance(answer, Taken):
                        wins.setdefault(case, []).append(who)
                    elif isinstance(answer, HeldBy):
                        told.setdefault(case, set()).add(answer.operator)
            await asyncio.sleep(0)

    await asyncio.gather(*(reach(who) for who in takers))
    async with store.read() as connection:
        after: list[Case] = await open_cases(connection)
    assert {case.id: [case.operator] for case in after} == wins
    assert len(wins) == 10 * crowd
    assert all(holders == set(wins[case]) for case, holders in told.items())
    in_one = [case for case in after if case.state == "taken"]
    assert len({case.operator for case in in_one}) == len(in_one)
