"""Waiting: told honestly, escalated, kept for a safe hour; calls and teams."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.people import Person
from tests.conftest import Hands
from tests.desk.room import Room, room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NUMBER = "+380441234567"


async def test_waiting_too_long_is_told_step_by_step(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """After ten minutes the card comes to the group again, with a sound; after twenty the supervisors are called, the
    operators are not; after thirty the visitor, who wrote last, is offered the lines again."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, olha = await at.operator(desk, "Оксана"), await at.operator(desk, "Ольга", "supervisor")
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        (card,) = at.cards()
        await at.tick(minutes=9)
        assert at.cards() == [card]
        await at.tick(minutes=2)
        (again,) = at.cards()
        assert again.message_id > card.message_id
        assert not again.silent
        calls = len(olha.bot_messages), len(oksana.bot_messages)
        await at.tick(minutes=10)
        assert (len(olha.bot_messages), len(oksana.bot_messages)) == (calls[0] + 1, calls[1])
        assert case.code in olha.bot_messages[-1].text
        assert not at.lines(anna)
        await at.tick(minutes=8)
        await at.at.say(anna, "still-here")
        await at.tick(minutes=2)
        assert len(at.lines(anna)) == 1
        assert at.lines(anna)[0].silent
        text = (await at.open(anna)).text
        assert "116 123" in text
        for _ in range(20):
            await at.tick(minutes=5)
        assert len(anna.bot_messages) == 1


async def test_urgent_waiting_is_told_within_minutes(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Two, five and ten minutes."""
    async with room(database_url, tmp_path, clock) as at:
        olha = await at.operator(await at.desk(), "Ольга", "supervisor")
        anna = at.at.sandbox.person()
        await at.asks(anna, urgency=0)
        (card,) = at.cards()
        await at.tick(minutes=2)
        assert at.cards()[0].message_id > card.message_id
        await at.tick(minutes=3)
        assert at.word("ping.open") in olha.bot_messages[-1].labels
        await at.tick(minutes=5)
        assert len(at.lines(anna)) == 1


async def test_who_was_answered_last_is_not_called_again(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """An operator wrote and then fell silent: the visitor, who did not write after that, is offered nothing."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        await at.take(oksana, case)
        await at.at.say(oksana, "hello-from-oksana")
        await at.open(anna)
        for _ in range(10):
            await at.tick(minutes=5)
        assert (await at.now(case)).told == 3
        assert not at.lines(anna)


async def test_nobody_on_duty_keeps_the_request(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """That nobody is there is said at once, with the lines; the request is kept for the hours that were named, stands
    in no queue before, wakes in them, and outside them nothing is written, not even an answer that came too late."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана", on=False)
        anna = at.at.sandbox.person()
        await at.at.arrive(anna)
        await at.press(anna, "hello.on")
        await at.tap(anna, "talk.send", "chat", "self", 0, "mind", 0)
        assert at.screen(anna).startswith(at.word("talk.nobody").splitlines()[0])
        await at.press(anna, "window.morn")
        case = await at.case(anna)
        assert case.state == "kept"
        assert at.cards() == []
        await at.at.say(oksana, "/on")
        await at.take(oksana, case)
        assert (await at.now(case)).state == "kept"
        at.at.move(hours=2)
        await at.at.app.clock.fade()
        await at.tick()
        assert case.keep_from is not None
        assert case.keep_to is not None
        while clock() < case.keep_from:
            assert at.cards() == []
            await at.tick(minutes=45)
        assert [case.code in card.text for card in at.cards()] == [True]
        assert not at.lines(anna)
        await at.take(oksana, case)
        while clock() < case.keep_to - timedelta(minutes=15):
            await at.at.say(oksana, "// note")
            await at.tick(minutes=9)
        await at.at.say(oksana, "in-time")
        assert len(at.lines(anna)) == 1
        while clock() < case.keep_to:
            await at.at.say(oksana, "// note")
            await at.tick(minutes=9)
        before = len(anna.messages)
        await at.at.say(oksana, "too-late")
        assert len(anna.messages) == before
        assert at.word("line.not_delivered") in at.screen(oksana)


async def test_a_kept_request_that_nobody_took_ends_in_silence(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """When its hours are over it is gone, and nothing is written to the visitor."""
    async with room(database_url, tmp_path, clock) as at:
        await at.operator(await at.desk(), "Оксана")
        anna = at.at.sandbox.person()
        case = await at.asks(anna, more=("morn",))
        assert case.keep_to is not None
        at.at.move(hours=1)
        await at.at.app.clock.fade()
        seen = len(anna.messages)
        while clock() < case.keep_to:
            await at.tick(hours=1)
        at.at.move(minutes=5)
        await at.at.app.clock.purge()
        await at.tick()
        assert (await at.now(case)).state == "closed"
        assert len([line for line in anna.messages if line.text != at.word("announce.text")]) <= seen


async def _asked(at: Room, kind: str, detail: str) -> tuple[Person, Person]:
    """Somebody asks for a call or a team; the visitor and the operator."""
    oksana = await at.operator(await at.desk(), "Оксана")
    anna = at.at.sandbox.person()
    await at.at.arrive(anna)
    await at.press(anna, "hello.on")
    await at.tap(anna, "talk.detail", kind, "self", 0, "mind", 1, "eve")
    await at.at.say(anna, detail)
    return anna, oksana


async def test_a_call_back_has_its_number_sealed(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The number is shown to the operator who took it and nowhere else: not in the group, not in the visitor's chat,
    not in the queue, not on the disk; after closing it is gone there too."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana = await _asked(at, "callback", "not a number")
        assert at.screen(anna).startswith(at.word("talk.callback.again").splitlines()[0])
        await at.at.say(anna, NUMBER)
        case = await at.case(anna)
        assert case.state == "kept"
        await at.tick(hours=4)
        await at.at.say(oksana, "/desk")
        assert case.code in at.screen(oksana)
        digits = NUMBER[-7:]
        assert digits not in at.seen(oksana, anna, at.groups["kyiv"]).replace(" ", "")
        assert digits.encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        await at.take(oksana, case)
        assert digits in at.screen(oksana).replace(" ", "").replace("-", "")
        await at.press(oksana, "desk.close")
        await at.press(oksana, "close.now")
        assert digits not in at.seen(oksana, anna, at.groups["kyiv"]).replace(" ", "")
        assert (await at.now(case)).state == "closed"


async def test_a_team_is_told_where_and_when(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """What was typed reaches the operator, and nobody else."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana = await _asked(at, "team", "біля старого млина, тихо")
        case = await at.case(anna)
        await at.tick(hours=4)
        assert "млина" not in at.seen(anna, oksana, at.groups["kyiv"])
        assert at.word("desk.kind.team") in at.cards()[0].text
        await at.take(oksana, case)
        assert "біля старого млина, тихо" in at.screen(oksana)
