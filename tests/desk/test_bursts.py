"""The two shapes in which other bots lose or scatter words (docs/benchmarks.md), and a crowd that asks at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from db.desk import audit, cases
from db.desk.queue import order
from tests.conftest import Hands
from tests.desk.room import room

BURST, PEOPLE, WORDS = 10, 20, 2
CROWD, STAFF = 36, 9  # `make bench` lets a thousand ask and a hundred take


async def test_a_burst_of_ten_arrives_whole_in_order_in_one_place(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """Ten messages typed at once stand once and in their order on the operator's screen, and nowhere else."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        anna = at.at.sandbox.person()
        await at.take(oksana, await at.asks(anna))
        sent = [f"burst-{number:02}" for number in range(BURST)]
        for word in sent:
            anna.send(word)
        await at.at.settled()
        shown = [part for part in at.screen(oksana).split() if part.startswith("burst-")]
        assert shown == sent
        assert len([one for one in oksana.bot_messages if "burst-" in one.text]) == 1
        assert "burst-" not in at.seen(at.groups["kyiv"])


async def test_twenty_people_with_two_messages_each_are_twenty_cases(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """Everybody is one request with both messages in it, in their order, whoever wrote in between."""
    async with room(database_url, tmp_path, clock) as at:
        await at.operator(await at.desk(), "Оксана")
        people = [at.at.sandbox.person() for _ in range(PEOPLE)]
        for person in people:
            await at.asks(person)
        for number in range(WORDS):
            for who, person in enumerate(people):
                person.send(f"word-{who}-{number}")
        await at.at.settled()
        async with at.at.app.store.read() as connection:
            assert len(await cases.open_cases(connection)) == PEOPLE
        for who, person in enumerate(people):
            shown = [part for part in at.screen(person).split() if part.startswith("word-")]
            assert shown == [f"word-{who}-{number}" for number in range(WORDS)]


@pytest.mark.untraced
async def test_a_crowd_asks_and_operators_race(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Three dozen ask, nine operators take, close and take the next at the same time: every request is claimed once,
    none is left, and the claims come in the order of the queue."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        staff = [await at.operator(desk, f"Ім'я {number}") for number in range(STAFF)]
        people = [at.at.sandbox.person() for _ in range(CROWD)]
        for person in people:
            person.send("/start")
        await at.at.settled(60)
        for person in people:
            at.tap_now(person, "talk")  # a newcomer is told how to leave first, whatever they tap
        await at.at.settled(60)
        for number, person in enumerate(people):
            at.tap_now(person, "talk.send", "chat", "self", 0, "mind", number % 3)
        await at.at.settled(60)
        async with at.at.app.store.read() as connection:
            wanted = [one.code for one in order(await cases.open_cases(connection), at.at.clock())]
        assert len(wanted) == CROWD
        for _ in range(CROWD // STAFF):
            for operator in staff:
                operator.send("/take")
            await at.at.settled(60)
            for operator in staff:
                at.tap_now(operator, "desk.close", "-" * 10)
            await at.at.settled(60)
        async with at.at.app.store.read() as connection:
            taken = [one.code for one in await audit.show(connection, last=10 * CROWD) if one.action == "take"]
            assert await cases.open_cases(connection) == []
        assert Counter(taken) == Counter(wanted)
        assert taken == wanted
