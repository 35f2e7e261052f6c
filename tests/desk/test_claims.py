"""Who has a case: taking it, losing it, giving it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Hands
from tests.desk.room import room

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_one_wins_and_the_other_is_told_who(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """By the card in the group the first gets the case in the own chat; the second is told who has it; the card says
    so too and has no button any more."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, iryna = await at.operator(desk, "Оксана"), await at.operator(desk, "Ірина")
        group = at.groups["kyiv"]
        group.seat(oksana)
        group.seat(iryna)
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        (card,) = at.cards()
        group.tap(oksana, card.message_id, at.word("card.take"))
        group.tap(iryna, card.message_id, at.word("card.take"))
        await at.at.settled()
        assert at.screen(oksana).startswith(case.code)
        assert at.screen(iryna) == at.word("desk.taken_by", who="Оксана")
        assert group.screen(iryna).toast == at.word("desk.taken_by", who="Оксана")
        (card,) = at.cards()
        assert card.text == f"{case.code} · на зв’язку Оксана"
        assert card.labels == []


@ONE_DATABASE
async def test_the_boards_button_takes_the_next(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The board says how many wait; its button gives the most urgent one; when nobody waits it has none."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        group = at.groups["kyiv"]
        group.seat(oksana)
        calm = await at.asks(at.at.sandbox.person(), urgency=2)
        urgent = await at.asks(at.at.sandbox.person(), urgency=0)
        await at.tick(seconds=3)
        board = next(one for one in group.bot_messages if one not in at.cards())
        assert at.word("board.text", desk="Стійка kyiv", on_duty=1, waiting=2) in board.text
        group.tap(oksana, board.message_id, at.word("board.next"))
        await at.at.settled()
        assert at.screen(oksana).startswith(urgent.code)
        group.tap(oksana, board.message_id, at.word("board.next"))
        await at.at.settled()
        assert at.screen(oksana).startswith(calm.code)
        await at.tick(seconds=3)
        assert group.message(board.message_id).labels == []


@ONE_DATABASE
async def test_a_stranger_in_the_group_takes_nothing(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Who is no operator is told what it takes, in a line only they see; nothing is written to them."""
    async with room(database_url, tmp_path, clock) as at:
        await at.operator(await at.desk(), "Оксана")
        case = await at.asks(at.at.sandbox.person())
        passer_by = at.at.sandbox.person()
        group = at.groups["kyiv"]
        group.seat(passer_by)
        (card,) = at.cards()
        group.tap(passer_by, card.message_id, at.word("card.take"))
        await at.at.settled()
        assert group.screen(passer_by).toast == at.word("card.private")
        assert passer_by.messages == []
        assert (await at.now(case)).state == "waiting"


@ONE_DATABASE
async def test_silence_gives_the_case_back(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """After ten minutes without a sign of life the case waits again, with its card; its words leave the silent
    operator's phone; what they type then goes nowhere, and a colleague goes on."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, iryna = await at.operator(desk, "Оксана"), await at.operator(desk, "Ірина")
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        await at.at.say(anna, "hello-from-anna")
        await at.take(oksana, case)
        await at.tick(minutes=9)
        assert (await at.now(case)).state == "taken"
        await at.tick(minutes=2)
        back = await at.now(case)
        assert (back.state, back.waiting_since) == ("waiting", case.waiting_since)
        assert "hello-from-anna" not in at.seen(oksana)
        assert at.word("desk.no_longer", name=case.code) == at.screen(oksana)
        (card,) = at.cards()
        assert card.labels == [at.word("card.take")]
        await at.at.say(oksana, "too-late")
        assert at.screen(oksana) == at.word("desk.nothing_active")
        await at.take(iryna, case)
        assert "hello-from-anna" in at.screen(iryna)
        assert "too-late" not in at.seen(anna, iryna)


@ONE_DATABASE
async def test_whoever_shows_up_keeps_what_they_hold(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A tap, a note or a word within ten minutes keeps every case."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        case = await at.asks(at.at.sandbox.person())
        await at.take(oksana, case)
        for words in ("// note", "/desk", "/case"):
            await at.tick(minutes=9)
            await at.at.say(oksana, words)
        assert (await at.now(case)).state == "taken"


@ONE_DATABASE
async def test_going_off_duty_gives_everything_back(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The open case and the parked one wait again; no words stay on the operator's phone."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        held = []
        for _ in range(2):
            anna = at.at.sandbox.person()
            held.append(await at.asks(anna))
            await at.at.say(anna, "hello-from-anna")
            await at.take(oksana, held[-1])
            await at.at.say(oksana, "hello-from-oksana")
        await at.at.say(oksana, "/off")
        assert [(await at.now(case)).state for case in held] == ["waiting", "waiting"]
        assert "hello-from" not in at.seen(oksana)
        await at.take(oksana, held[0])
        assert at.screen(oksana) == at.word("desk.not_on_duty")
        assert (await at.now(held[0])).state == "waiting"


@ONE_DATABASE
async def test_leaving_the_group_is_going_off_duty(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """An operator who leaves their desk's group, or is removed from it, holds nothing any more."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        for name, goes in (("Оксана", "leave"), ("Ірина", "remove")):
            who = await at.operator(desk, name)
            group = at.groups["kyiv"]
            group.seat(who)
            anna = at.at.sandbox.person()
            case = await at.asks(anna)
            await at.at.say(anna, "hello-from-anna")
            await at.take(who, case)
            getattr(group, goes)(who)
            await at.at.settled()
            assert (await at.now(case)).state == "waiting"
            assert (await at.staff(who)).state == "off"
            assert "hello-from-anna" not in at.seen(who)
            anna.press(at.word("frame.exit"))
            await at.at.settled()


async def test_words_that_come_while_the_case_is_being_shown_are_shown(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """Taken from the group, the case comes as a new message; what the visitor writes before that has arrived stands
    on it within a tick, without anybody having to look again."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        at.groups["kyiv"].join(oksana)
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        gate = at.at.sandbox.hold("sendMessage", oksana.chat_id)
        at.groups["kyiv"].press(oksana, at.word("card.take"))
        await at.at.until(gate.arrived.is_set)
        anna.send("hello-from-anna")
        await at.at.until(lambda: "hello-from-anna" in at.screen(anna))
        gate.release()
        await at.at.settled()
        await at.tick()
        assert (await at.now(case)).state == "taken"
        assert "hello-from-anna" in at.screen(oksana)
