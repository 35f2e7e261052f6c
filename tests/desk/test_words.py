"""Words, edits and photos between a visitor and an operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.people import Person
from db.desk.case import Case
from tests.conftest import Hands
from tests.desk.room import Room, room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def talking(at: Room) -> tuple[Person, Person, Case]:
    """A visitor and an operator in a conversation."""
    oksana = await at.operator(await at.desk(), "Оксана")
    anna = at.at.sandbox.person()
    case = await at.asks(anna)
    await at.take(oksana, case)
    return anna, oksana, case


async def test_last_words_are_edited_on_both_sides(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Before and after they were read. An edit that may not leave, or makes a note of them, changes nothing there."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        typed = oksana.send("before")
        await at.at.settled()
        oksana.edit(typed.message_id, "after")
        await at.at.settled()
        shown = (await at.open(anna)).text
        assert "after" in shown
        assert "before" not in shown
        oksana.edit(typed.message_id, "after-reading")
        await at.at.settled()
        assert "after-reading" in at.at.live(anna).text
        for refused in ("Приходьте на вул. Зразкову, 5", "гляньте https://example.com/x", "// only-for-us"):
            oksana.edit(typed.message_id, refused)
            await at.at.settled()
            assert "after-reading" in at.seen(anna)
            assert refused.split()[-1] not in at.seen(anna)
        assert not at.lines(anna)


async def test_an_old_message_edited_later_goes_to_nobody(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Words of a case that is over, edited while its deletion is on its way, do not reach the next visitor."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        other = await at.asks(maria := at.at.sandbox.person())
        gate = at.at.sandbox.hold("deleteMessage", oksana.chat_id)
        typed = oksana.send("for-anna")
        await at.at.until(lambda: at.lines(anna))
        anna.press(at.word("frame.exit"))
        await at.at.until(lambda: at.at.covered(anna.bot_messages[-1]))
        oksana.send("/take")
        await at.at.until(gate.arrived.is_set)
        oksana.edit(typed.message_id, "still-for-anna")
        await at.at.until(lambda: not at.at.sandbox.pending)
        gate.release()
        await at.at.settled()
        assert (await at.now(other)).state == "taken"
        assert "for-anna" not in at.seen(maria)
        assert not at.lines(maria)


async def test_refused_words_are_sent_when_put_otherwise(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A street, a link, a beginning that tells: nothing leaves and the operator is told why; edited, it goes."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, case = await talking(at)
        for refused, why in (
            ("Приходьте на вул. Зразкову, 5", "desk.scan.street"),
            ("гляньте https://example.com/x", "desk.scan.link"),
            ("притулок для вас є", "desk.scan.first_line"),
        ):
            typed = oksana.send(refused)
            await at.at.settled()
            assert case.code in at.screen(oksana)
            assert at.word(why, what="|").partition("|")[0] in at.screen(oksana)
        assert not at.lines(anna)
        oksana.edit(typed.message_id, "місце для вас є")
        await at.at.settled()
        assert "місце для вас є" in (await at.open(anna)).text


async def test_unread_words_are_taken_back(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The last unread words go on both sides; what has been read stays: opened, or shown because they wrote."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        await at.at.say(oksana, "read-already")
        await at.open(anna)
        await at.at.say(oksana, "better-not")
        await at.press(oksana, "desk.undo")
        assert "better-not" not in at.seen(oksana)
        assert "better-not" not in (await at.open(anna)).text
        await at.press(oksana, "desk.undo")
        assert at.screen(oksana) == at.word("desk.undo.late")
        assert "read-already" in at.at.live(anna).text
        await at.at.say(oksana, "seen-while-typing")
        await at.at.say(anna, "I-write")
        assert "seen-while-typing" in at.at.live(anna).text
        await at.tap(oksana, "desk.undo")
        assert at.screen(oksana) == at.word("desk.undo.late")


async def test_a_visitors_edit_reaches_the_operator(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """What was relayed and is edited before it has been deleted is changed on the operator's screen."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        gate = at.at.sandbox.hold("deleteMessage", anna.chat_id)
        typed = anna.send("before")
        await at.at.until(gate.arrived.is_set)
        anna.edit(typed.message_id, "after")
        await at.at.until(lambda: "after" in at.seen(oksana))
        gate.release()
        await at.at.settled()
        assert "before" not in at.seen(oksana)
        assert [message for message in anna.messages if message.sender == "user"] == []


async def test_a_burst_keeps_its_order_and_loses_none(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Ten messages at once, from both sides: all are there, in order, under one screen."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        for number in range(10):
            anna.send(f"anna-{number}.")
            oksana.send(f"oksana-{number}.")
        await at.at.settled()
        await at.open(anna)
        for who in (anna, oksana):
            await at.tap(who, "talk.case" if who is anna else "desk.case")
            text = at.screen(who)
            for name in ("anna", "oksana"):
                places = [text.find(f"{name}-{number}.") for number in range(10)]
                assert -1 not in places
                assert places == sorted(places)
        assert len(at.at.live(anna).text) <= 4096


async def test_nothing_is_too_long_to_be_read(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Whoever wrote a lot while waiting is read to the end: what does not fit on one screen stands one tap away."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        for number in range(30):
            anna.send(f"anna-{number}. " + "слово " * 30)
        anna.send("long-begin " + "слово " * 600 + " long-end")
        await at.at.settled()
        await at.take(oksana, case)
        read = at.screen(oksana)
        for _ in range(9):
            if at.word("line.earlier") not in oksana.bot_messages[-1].labels:
                break
            await at.press(oksana, "line.earlier")
            assert case.code in at.screen(oksana)
            assert len(at.screen(oksana)) <= 4096
            read += at.screen(oksana)
        for words in ("long-begin", "long-end", *(f"anna-{number}." for number in range(30))):
            assert words in read


async def test_photos_pass_an_open_door_only(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Refused until the operator opens the door, after a warning; then copied, protected, before it is deleted; a
    contact never passes; nothing of it stays on either phone when the case is over."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, _ = await talking(at)
        anna.send_other("photo")
        await at.at.settled()
        assert [call for call in at.at.sandbox.calls if call.method == "copyMessage"] == []
        await at.press(oksana, "desk.media")
        assert not (await at.case(anna)).media
        await at.press(oksana, "desk.media.open")
        for kind in ("photo", "contact", "voice", "document"):
            anna.send_other(kind, "caption")
            await at.at.settled()
        copies = [message for message in oksana.messages if message.kind in ("photo", "voice", "contact", "document")]
        assert [(copy.kind, copy.protected) for copy in copies] == [("photo", True), ("voice", True)]
        assert [message for message in anna.messages if message.sender == "user"] == []
        assert not any("forward_origin" in copy.extra for copy in copies)
        anna.press(at.word("frame.exit"))
        await at.at.settled()
        assert [message for message in oksana.messages if message.kind != "text"] == []


async def test_an_operator_who_blocks_the_bot_costs_the_visitor_nothing(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """A photo on its way to an operator who cannot be reached: the visitor's screen and visit stay, the case waits."""
    async with room(database_url, tmp_path, clock) as at:
        anna, oksana, case = await talking(at)
        await at.press(oksana, "desk.media")
        await at.press(oksana, "desk.media.open")
        gate = at.at.sandbox.hold("copyMessage")
        anna.send_other("photo")
        await at.at.until(gate.arrived.is_set)
        oksana.block()
        gate.release()
        await at.at.settled()
        assert (await at.now(case)).state == "waiting"
        await at.at.say(anna, "still-here")
        assert "still-here" in at.at.live(anna).text
