"""Urgent cases, the supervisor, and limits that look after operators."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.sandbox.people import Person
from db.desk import audit
from db.desk.case import Case
from db.desk.duty import TALK_A_DAY, TALK_A_WEEK
from db.models import duties
from tests.conftest import Hands
from tests.desk.room import Room, room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def talk(at: Room) -> tuple[Person, Person, Person, Case]:
    """An operator, a supervisor beside them, a visitor who has said something, and their case."""
    desk = await at.desk()
    oksana, olha = await at.operator(desk, "Оксана"), await at.operator(desk, "Ольга", "supervisor")
    anna = at.at.sandbox.person()
    case = await at.asks(anna)
    await at.at.say(anna, "hello-from-anna")
    await at.take(oksana, case)
    return oksana, olha, anna, case


async def test_an_urgent_case_is_not_closed_alone(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """An operator flags a case and cannot close it, not even by an old button; a supervisor looks, takes it over, the
    operator is told and has no way in any more, and the supervisor closes it."""
    async with room(database_url, tmp_path, clock) as at:
        oksana, olha, anna, case = await talk(at)
        await at.press(oksana, "desk.flag")
        assert at.word("desk.urgency.urgent") in at.screen(oksana)
        for args in ((), ("----------",)):
            await at.tap(oksana, "desk.close", *args)
            assert at.screen(oksana) == at.word("desk.close.flagged", name=case.code)
        await at.tap(oksana, "desk.calm")
        assert at.screen(oksana) == at.word("desk.not_yours")
        assert (await at.now(case)).flagged

        await at.at.say(oksana, "/supervisor")
        assert olha.bot_messages[-1].text == at.word("ping.supervisor", name=case.code)
        assert "hello-from-anna" not in at.seen(olha)
        await at.press(olha, "ping.open")
        assert "hello-from-anna" in at.screen(olha)
        await at.press(olha, "desk.take_over")
        assert at.screen(olha).startswith(case.code)
        assert oksana.bot_messages[-1].text == at.word("ping.taken_over", name=case.code)
        assert "hello-from-anna" not in at.seen(oksana)
        await at.at.say(oksana, "too-late")
        assert "too-late" not in at.seen(anna, olha)
        await at.press(olha, "desk.close")
        await at.press(olha, "close.now")
        assert (await at.now(case)).state == "closed"
        assert "hello-from-anna" not in at.seen(anna, oksana, olha)


@pytest.mark.parametrize("ending", ["exit", "left", "closed"])
async def test_a_look_ends_with_the_conversation(database_url: str, tmp_path: Path, clock: Hands, ending: str) -> None:
    """What a supervisor read along leaves their screen when the visitor goes or the operator closes; that they looked
    is in the audit."""
    async with room(database_url, tmp_path, clock) as at:
        oksana, olha, anna, case = await talk(at)
        await at.at.say(oksana, "/supervisor")
        await at.press(olha, "ping.open")
        assert "hello-from-anna" in at.screen(olha)
        if ending == "exit":
            await at.press(anna, "frame.exit")
        elif ending == "left":
            await at.tap(anna, "talk.left")
        else:
            await at.press(oksana, "desk.close")
            await at.press(oksana, "close.now")
        assert at.screen(olha) == at.word("desk.gone")
        assert "hello-from-anna" not in at.seen(oksana, olha)
        async with at.at.app.store.read() as connection:
            looks = [one for one in await audit.show(connection, code=case.code) if one.action == "look"]
        assert [one.actor for one in looks] == [(await at.staff(olha)).num]


async def test_a_supervisor_takes_the_flag_off(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """After that the case is closed as any other, by whoever has it."""
    async with room(database_url, tmp_path, clock) as at:
        olha = await at.operator(await at.desk(), "Ольга", "supervisor")
        case = await at.asks(at.at.sandbox.person())
        await at.take(olha, case)
        await at.press(olha, "desk.flag")
        await at.press(olha, "desk.calm")
        assert not (await at.now(case)).flagged


async def test_danger_words_hurry_a_case_and_are_relayed(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """They raise its urgency, so that it goes first, and reach the operator as they are."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        first, anna = at.at.sandbox.person(), at.at.sandbox.person()
        await at.asks(first, urgency=1)
        case = await at.asks(anna, urgency=2)
        await at.at.say(anna, "він мене вб'є")
        assert (await at.now(case)).urgency == 0
        await at.at.say(oksana, "/take")
        assert at.screen(oksana).startswith(case.code)
        assert "він мене вб'є" in at.screen(oksana)


async def test_an_abuser_is_kept_out_for_a_day(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Only a supervisor can; no new case is opened for that chat for a day, the lines stay open, then it is over."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, olha = await at.operator(desk, "Оксана"), await at.operator(desk, "Ольга", "supervisor")
        rude = at.at.sandbox.person()
        case = await at.asks(rude)
        await at.take(oksana, case)
        await at.at.say(oksana, "/block")
        assert at.screen(oksana) == at.word("desk.not_yours")
        await at.tap(olha, "desk.over", case.id)
        await at.at.say(olha, "/block")
        await at.press(olha, "desk.block.yes")
        assert (await at.now(case)).state == "closed"
        await at.tap(rude, "talk.send", "chat", "self", 0, "mind", 1)
        assert at.screen(rude).startswith(at.word("talk.not_open").splitlines()[0])
        with pytest.raises(KeyError):
            await at.case(rude)
        at.at.move(hours=25)
        await at.at.say(oksana, "/on")
        await at.tap(rude, "talk.send", "chat", "self", 0, "mind", 1)
        assert (await at.case(rude)).state == "waiting"


async def _talked(at: Room, num: int, begin: float, hours: float) -> None:
    """So many hours of talk that began so many hours ago."""
    now = at.at.clock()
    from datetime import timedelta  # noqa: PLC0415

    began = now - timedelta(hours=begin)
    row = {"operator": num, "kind": "talk", "began_at": began, "ended_at": began + timedelta(hours=hours)}
    async with at.at.app.store.write() as connection:
        await connection.execute(insert(duties), [row])


async def test_after_enough_talk_no_new_case(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Four hours in a day, sixteen in a week; before that a warning; a talk that runs is finished in peace."""
    assert (TALK_A_DAY.total_seconds(), TALK_A_WEEK.total_seconds()) == (4 * 3600, 16 * 3600)
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, iryna = await at.operator(desk, "Оксана"), await at.operator(desk, "Ірина")
        case, other = await at.asks(at.at.sandbox.person()), await at.asks(at.at.sandbox.person())
        await _talked(at, (await at.staff(oksana)).num, 6, 3.75)
        await at.at.say(oksana, "/desk")
        assert at.word("desk.nearly_enough", left="15 хвилин") in at.screen(oksana)
        await at.take(oksana, case)
        await at.tick(minutes=9)
        await at.at.say(oksana, "hello")
        await at.tick(minutes=9)
        await at.at.say(oksana, "hello-again")
        assert at.screen(oksana).startswith(case.code)
        await at.take(oksana, other)
        assert at.screen(oksana) == at.word("desk.enough")
        for day in range(5):
            await _talked(at, (await at.staff(iryna)).num, 26 + 24 * day, 3.3)
        await at.take(iryna, other)
        assert at.screen(iryna) == at.word("desk.enough")
        assert (await at.now(other)).state == "waiting"


async def test_three_cases_are_enough(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The fourth is not taken; after one is closed it is."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        asked = [await at.asks(at.at.sandbox.person()) for _ in range(4)]
        for case in asked:
            await at.take(oksana, case)
        assert at.screen(oksana) == at.word("desk.too_many", most=3)
        assert [(await at.now(case)).state for case in asked] == ["parked", "parked", "taken", "waiting"]
        await at.at.say(oksana, "/close")
        await at.press(oksana, "close.now")
        await at.take(oksana, asked[3])
        assert at.screen(oksana).startswith(asked[3].code)
