"""Two conversations in one operator's hands, and conversations that change hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Hands
from tests.desk.room import Room, room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_words_go_to_the_open_case_only(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """With two cases in hand the name of the open one heads every screen, and what is typed goes there and nowhere
    else, parked and resumed as often as one likes."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        anna, maria = at.at.sandbox.person(), at.at.sandbox.person()
        first, second = await at.asks(anna), await at.asks(maria)
        await at.take(oksana, first)
        await at.at.say(oksana, "for-anna-one")
        await at.take(oksana, second)
        assert at.screen(oksana).startswith(second.code)
        await at.at.say(oksana, "for-maria")
        await at.tap(oksana, "desk.resume", first.id)
        assert at.screen(oksana).startswith(first.code)
        await at.at.say(oksana, "for-anna-two")
        for key in ("desk.replies", "desk.hand", "desk.close"):
            await at.press(oksana, key)
            assert first.code in at.screen(oksana)
            await at.press(oksana, "frame.back")

        annas, marias = (await at.open(anna)).text, (await at.open(maria)).text
        assert annas.index("for-anna-one") < annas.index("for-anna-two")
        assert "for-maria" not in annas
        assert "for-maria" in marias
        assert "for-anna" not in marias

        await at.press(oksana, "desk.park")
        await at.at.say(oksana, "for-nobody")
        assert at.screen(oksana) == at.word("desk.nothing_active")
        assert "for-nobody" not in at.seen(anna, maria)


async def _handed(at: Room, to: str) -> None:
    """A case goes on to somebody else with a note."""
    desk = await at.desk()
    oksana, iryna = await at.operator(desk, "Оксана"), await at.operator(desk, "Ірина")
    anna = at.at.sandbox.person()
    case = await at.asks(anna)
    await at.at.say(anna, "hello-from-anna")
    await at.take(oksana, case)
    await at.at.say(oksana, "// quiet-note")
    assert "quiet-note" in at.screen(oksana)
    await at.press(oksana, "desk.hand")
    oksana.press("Ірина" if to == "person" else at.word("desk.hand.queue"))
    await at.at.settled()
    await at.at.say(oksana, "handing-note")
    assert case.code in at.screen(oksana)
    assert "hello-from-anna" not in at.seen(oksana)

    if to == "person":
        line = iryna.bot_messages[-1]
        assert case.code in line.text
        assert "note" not in line.text
        await at.press(iryna, "ping.open")
    else:
        assert (await at.now(case)).state == "waiting"
        await at.at.say(iryna, "/take")
    shown = at.screen(iryna)
    assert shown.startswith(case.code)
    for words in ("hello-from-anna", "quiet-note", "handing-note", at.word("remark.handed")):
        assert words in shown
    await at.at.say(iryna, "hello-from-iryna")
    await at.at.say(oksana, "too-late")
    text = (await at.open(anna)).text
    assert "hello-from-iryna" in text
    assert "Ірина" in text
    assert "note" not in at.seen(anna)
    assert "too-late" not in at.seen(anna, iryna)


async def test_handed_to_a_colleague(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The colleague is called, sees what was said and both notes and to ask again whether it is safe; the visitor sees
    no note and repeats nothing; whoever handed it over has no way into it any more."""
    async with room(database_url, tmp_path, clock) as at:
        await _handed(at, "person")


async def test_handed_to_the_queue(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The same by way of the queue."""
    async with room(database_url, tmp_path, clock) as at:
        await _handed(at, "queue")


async def test_cards_beyond_a_colleagues_hands(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Nobody on a break, and nobody with three cases, is handed another."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, iryna = await at.operator(desk, "Оксана"), await at.operator(desk, "Ірина")
        asked = [await at.asks(at.at.sandbox.person()) for _ in range(4)]
        for case in asked[:3]:
            await at.take(iryna, case)
        await at.take(oksana, asked[3])
        who = await at.staff(iryna)
        await at.tap(oksana, "desk.hand.now", who.num)
        assert (await at.now(asked[3])).operator == (await at.staff(oksana)).num
        await at.at.say(iryna, "/break")
        await at.at.say(oksana, "/hand")
        assert "Ірина" not in oksana.bot_messages[-1].labels
