"""How a visitor goes: by exit, by fading, by blocking the bot, by ending it, by silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.people import Person
from db.desk.case import Case
from tests.conftest import Hands
from tests.desk.room import Room, room

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def talking(at: Room) -> tuple[Person, Person, Case]:
    """A visitor and an operator in a conversation; the visitor's own word is "голуб"."""
    oksana = await at.operator(await at.desk(), "Оксана")
    anna = at.at.sandbox.person()
    case = await at.asks(anna)
    await at.press(anna, "talk.word.on")
    await at.at.say(anna, "голуб")
    await at.at.say(anna, "hello-from-anna")
    await at.take(oksana, case)
    return anna, oksana, case


async def faded(at: Room, oksana: Person, case: Case) -> None:
    """Half an hour goes by: both chats fade, the case goes back to the queue, and the operator takes it again."""
    at.at.move(minutes=31)
    await at.at.app.clock.fade()
    await at.tick()
    await at.at.say(oksana, "/on")
    await at.take(oksana, case)


async def test_exit_wins(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """With an answer on its way: the chat is covered and empty, the operator sees not to write, what they write all
    the same is refused, and nothing ever comes. The words are gone."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, case = await talking(at)
        gate = at.at.sandbox.hold("sendMessage", anna.chat_id)
        oksana.send("hello-from-oksana")
        await at.at.until(gate.arrived.is_set)
        anna.press(at.word("frame.exit"))
        await at.at.until(lambda: at.at.covered(anna.bot_messages[-1]))
        gate.release()
        await at.at.settled()
        (only,) = anna.messages
        assert at.at.covered(only)
        assert at.word("desk.visitor.left") in "".join(message.html for message in oksana.bot_messages)
        assert "hello-from" not in at.seen(oksana)
        for words in ("are-you-there", "// note"):
            await at.at.say(oksana, words)
            assert at.screen(oksana) == at.word("desk.visitor_gone", name=case.code)
        for _ in range(3):
            await at.tick(minutes=3)
        assert anna.messages == [only]
        await at.press(oksana, "desk.close")
        await at.press(oksana, "close.now")
        assert (await at.now(case)).state == "closed"
        assert anna.messages == [only]


@ONE_DATABASE
async def test_an_answer_that_a_fade_took_away_unread_is_marked(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """The line that announced it goes with the screen; the operator sees that it was not read. The next answer
    announces both, and whoever comes back by the own word reads both."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        await at.at.say(oksana, "first-from-oksana")
        await at.tick(seconds=3)
        await at.at.say(oksana, "second-from-oksana")
        assert at.screen(oksana).count(at.word("line.delivered")) == 2  # the line that stands leads to both
        for _ in range(4):  # the operator is here; the visitor does nothing
            await at.tick(minutes=8)
            await at.at.say(oksana, "/case")
        await at.at.app.clock.fade()
        await at.at.settled()
        assert at.lines(anna) == []
        assert at.screen(oksana).count(at.word("line.gone")) == 2
        await at.at.say(oksana, "third-from-oksana")
        await at.tick(seconds=3)
        assert len(at.lines(anna)) == 1
        assert at.word("line.gone") not in at.screen(oksana)
        await at.open(anna)
        await at.press(anna, "hello.on")
        await at.at.say(anna, "голуб")
        assert all(f"{which}-from-oksana" in at.screen(anna) for which in ("first", "second", "third"))
        assert at.seen(oksana).count(at.word("line.opened")) == 3


@ONE_DATABASE
async def test_only_the_own_word_leads_back(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """After fading an answer is announced all the same; whoever taps it is asked for the word, wrong ones and none
    show nothing, the right one goes on, and the operator is told that they are back."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, case = await talking(at)
        await faded(at, oksana, case)
        assert at.word("desk.visitor.faded") in at.screen(oksana)
        await at.at.say(oksana, "hello-from-oksana")
        assert len(at.lines(anna)) == 1
        await at.open(anna)
        await at.press(anna, "hello.on")
        assert at.screen(anna).startswith(at.word("talk.back.text").splitlines()[0])
        for wrong in ("ворона", "hello-from-anna"):
            await at.at.say(anna, wrong)
            assert at.screen(anna).startswith(at.word("talk.back.no").splitlines()[0])
            await at.press(anna, "talk.back.retry")
        assert "hello-from" not in at.seen(anna)
        assert at.word("desk.unproved") in oksana.bot_messages[-1].html
        await at.at.say(anna, "  ГОЛУБ ")
        assert "hello-from-oksana" in at.screen(anna)
        assert at.word("remark.back") in at.seen(oksana)
        await at.tap(oksana, "desk.case")
        assert at.word("desk.unproved") not in oksana.bot_messages[-1].html
        assert "ворона" not in at.seen(oksana)


@ONE_DATABASE
async def test_five_wrong_words_and_not_even_the_right_one(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """And every refusal reads the same."""
    async with room(database_url, tmp_path, clock) as at:
        anna, _, case = await talking(at)
        at.at.move(minutes=31)
        await at.at.app.clock.fade()
        await at.at.settled()
        await at.again(anna)
        said = set()
        for word in ("один", "два", "три", "чотири", "п'ять", "голуб"):
            await at.tap(anna, "talk.back")
            await at.at.say(anna, word)
            said.add(at.screen(anna))
        assert len(said) == 1
        assert (await at.now(case)).tries == 5
        assert not (await at.now(case)).proved


@ONE_DATABASE
async def test_without_a_word_nobody_comes_back(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Who set none asks anew; what was said before ends with that, and the former operator sees it."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        await at.at.say(anna, "hello-from-anna")
        await at.take(oksana, case)
        await faded(at, oksana, case)
        await at.again(anna)
        for word in ("", "голуб"):
            await at.tap(anna, "talk.back")
            if word:
                await at.at.say(anna, word)
            await at.tap(anna, "talk.case")
            assert "hello-from-anna" not in at.seen(anna)
        await at.tap(anna, "talk.send", "chat", "self", 0, "mind", 1)
        fresh = await at.case(anna)
        assert fresh.id != case.id
        assert (await at.now(case)).visitor == "left"
        assert at.word("desk.visitor.left") in "".join(message.html for message in oksana.bot_messages)


@ONE_DATABASE
async def test_a_second_tap_asks_once(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A trembling finger on the last button: one request, one card, the place in the queue is kept."""
    async with room(database_url, tmp_path, clock) as at:
        await at.operator(await at.desk(), "Оксана")
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        await at.at.say(anna, "hello-from-anna")
        for _ in range(3):
            await at.tap(anna, "talk.send", "chat", "self", 0, "mind", 1)
        assert (await at.case(anna)).id == case.id
        assert len(at.cards()) == 1
        assert "hello-from-anna" in at.screen(anna)


@ONE_DATABASE
async def test_who_blocks_the_bot_is_left_alone(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The operator is told and cannot write; a waiting one is not offered to anybody while it lasts."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        other = at.at.sandbox.person()
        waiting = await at.asks(other)
        for who in (anna, other):
            who.block()
        await at.at.settled()
        await at.tap(oksana, "desk.case")
        assert at.word("desk.visitor.blocked") in "".join(message.html for message in oksana.bot_messages)
        calls = len([call for call in at.at.sandbox.calls if call.chat_id == anna.chat_id])
        await at.at.say(oksana, "are-you-there")
        assert len([call for call in at.at.sandbox.calls if call.chat_id == anna.chat_id]) == calls
        await at.at.say(oksana, "/take")
        assert at.screen(oksana) == at.word("desk.nobody_waits")
        assert (await at.now(waiting)).state == "waiting"


@ONE_DATABASE
async def test_a_visitor_ends_it(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """With a second tap; both chats are clean, the operator sees it, the card is gone."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, case = await talking(at)
        await at.at.say(oksana, "hello-from-oksana")
        await at.open(anna)
        await at.press(anna, "talk.leave.on")
        assert (await at.now(case)).state == "taken"
        await at.press(anna, "talk.leave.yes")
        assert (await at.now(case)).state == "closed"
        assert at.screen(anna).startswith(at.word("talk.over").splitlines()[0])
        assert at.screen(oksana) == at.word("desk.ended", name=case.code)
        assert "hello-from" not in at.seen(anna, oksana)
        assert at.cards() == []


@ONE_DATABASE
async def test_silence_closes_quietly(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Forty minutes after an answer that stayed unanswered; not earlier, nothing is sent, the answer's line goes."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, case = await talking(at)
        await faded(at, oksana, case)
        await at.at.say(oksana, "hello-from-oksana")
        for _ in range(4):
            await at.at.say(oksana, "// note")
            await at.tick(minutes=9)
        assert (await at.now(case)).state == "taken"
        assert len(at.lines(anna)) == 1
        await at.at.say(oksana, "// note")
        sent = len([one for one in at.at.sandbox.calls if one.method == "sendMessage" and one.chat_id == anna.chat_id])
        await at.tick(minutes=5)
        assert (await at.now(case)).state == "closed"
        after = [one for one in at.at.sandbox.calls if one.method == "sendMessage" and one.chat_id == anna.chat_id]
        assert len(after) == sent
        assert not at.lines(anna)
        assert "hello-from" not in at.seen(anna, oksana)


@ONE_DATABASE
async def test_silence_never_closes_an_urgent_case(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Nor one in which the visitor wrote last."""
    async with room(database_url, tmp_path, clock) as at:
        _, oksana, case = await talking(at)
        for _ in range(6):
            await at.at.say(oksana, "// note")
            await at.tick(minutes=9)
        assert (await at.now(case)).state == "taken"
        await at.at.say(oksana, "hello-from-oksana")
        await at.at.say(oksana, "/urgent")
        for _ in range(6):
            await at.at.say(oksana, "// note")
            await at.tick(minutes=9)
        assert (await at.now(case)).state == "taken"
