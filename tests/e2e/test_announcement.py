"""An answer comes while nobody may be looking: a neutral silent line, which becomes the live message when tapped."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ledger import Ledger
from bot.sandbox.message import Message
from bot.sandbox.people import Person
from db import memory
from db.because import Because
from db.visit import Visit
from flows.discretion import banned_words
from flows.engine import go
from tests.conftest import Hands
from tests.stage import Stage, stage

LINE = {"uk": "Є оновлення.", "en": "There is an update."}
OPEN = {"uk": "Відкрити", "en": "Open"}
EXIT = {"uk": "Вихід", "en": "Quick exit"}
COVER = ("Порада дня", "Tip of the day")
OPENS = go("privacy")  # stands for the conversation
CASE = 7


async def visit_of(at: Stage, person: Person) -> Visit:
    """What the bot remembers of a person."""
    chat = at.app.keys.chat(person.chat_id)
    async with at.app.store.read() as connection:
        return (await memory.visits_of(connection, at.app.keys, [chat]))[chat]


async def announce(at: Stage, to: Visit) -> None:
    """What an operator's answer does."""
    ledger = Ledger(at.app.keys, at.app.ingest._order, at.clock())
    ledger.announce(to, OPENS, Because.case(CASE))
    async with at.app.store.write() as connection:
        await ledger.save(connection)
    at.app.sender.accept(ledger)
    await at.settled()


def lines(person: Person) -> list[Message]:
    """The announcements that stand in a chat."""
    return [one for one in person.bot_messages if one.text in LINE.values()]


def covered(person: Person) -> bool:
    """Nothing but one cover is left."""
    (only,) = person.messages
    return only.text.startswith(COVER) and only.markup.inline is None


@pytest.mark.parametrize("lang", ["uk", "en"])
async def test_what_arrives_is_neutral_and_silent(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """One line, one button, no sound, nothing a stranger would connect with anything; the screen stays as it is."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        before = (await at.arrive(anna, lang)).text
        await announce(at, await visit_of(at, anna))
        (line,) = lines(anna)
        assert line.text == LINE[lang]
        assert at.labels(line) == [[OPEN[lang]]]
        assert not banned_words(line.text + OPEN[lang])
        assert at.sandbox.calls[-1].params["disable_notification"] is True
        assert anna.bot_messages[0].text == before
        assert (await visit_of(at, anna)).notice == line.message_id


async def test_a_tap_makes_it_the_live_message(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The announcement turns into the screen, and the old live one goes."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        old = await at.arrive(anna)
        await announce(at, await visit_of(at, anna))
        (line,) = lines(anna)
        anna.tap(line.message_id, OPEN["uk"])
        await at.settled()
        live = at.live(anna)
        assert live.message_id == line.message_id != old.message_id
        assert lines(anna) == []
        visit = await visit_of(at, anna)
        assert (visit.live, visit.notice) == (line.message_id, 0)
        await announce(at, visit)
        assert len(lines(anna)) == 1


async def test_a_second_one_is_not_sent(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """At most one stands unopened, or waits, in a chat: before and after the visit has faded."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        visit = await visit_of(at, anna)
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        ledger = Ledger(at.app.keys, at.app.ingest._order, clock())
        ledger.announce(visit, OPENS, Because.case(CASE))
        ledger.announce(visit, OPENS, Because.case(CASE))
        async with at.app.store.write() as connection:
            await ledger.save(connection)
        at.app.sender.accept(ledger)
        await gate.arrived.wait()
        again = Ledger(at.app.keys, at.app.ingest._order, clock())
        again.announce(visit, OPENS, Because.case(CASE))
        async with at.app.store.write() as connection:
            await again.save(connection)
        assert again.rows == []
        gate.release()
        await at.settled()
        await announce(at, visit)
        assert len(lines(anna)) == 1
        at.move(minutes=31)
        assert await at.app.clock.fade() == 1
        await at.settled()
        assert covered(anna)
        await announce(at, visit)
        await announce(at, visit)
        assert len(lines(anna)) == 1


async def test_any_other_answer_of_the_screen_folds_it(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Unopened, it goes with the next tap or word, and the next answer is announced again."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        live = await at.arrive(anna)
        for act in (lambda: anna.tap(live.message_id, "Екстрені номери"), lambda: anna.send("Житомир")):
            await announce(at, await visit_of(at, anna))
            assert len(lines(anna)) == 1
            act()
            await at.settled()
            assert at.live(anna).message_id == live.message_id
            assert (await visit_of(at, anna)).notice == 0


async def test_a_faded_visitor_opens_it(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The route of a case works after the visit has faded; the line they tap begins a new visit."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        route = await visit_of(at, anna)
        at.move(minutes=31)
        await at.app.clock.fade()
        await at.settled()
        await announce(at, route)
        (line,) = lines(anna)
        assert await at.held(anna) == {"visits": 0, "traces": 1, "outbox": 0}
        anna.tap(line.message_id, OPEN["uk"])
        await at.settled()
        assert (await visit_of(at, anna)).live == line.message_id
        assert [one.text.startswith(COVER) for one in anna.bot_messages] == [True, False]


async def test_a_faded_visitor_who_does_something_else(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Whoever comes back by /start finds no line from before, and whoever exits none either."""
    async with stage(database_url, tmp_path, clock) as at:
        for words in ("/start", "вихід"):
            anna = at.sandbox.person()
            await at.arrive(anna)
            route = await visit_of(at, anna)
            at.move(minutes=31)
            await at.app.clock.fade()
            await at.settled()
            await announce(at, route)
            assert len(lines(anna)) == 1
            await at.say(anna, words)
            assert lines(anna) == []
            await at.say(anna, "вихід")
            assert not any((await at.held(anna)).values())


@pytest.mark.parametrize("by", ["tap", "word"])
async def test_exit_takes_it_along(database_url: str, tmp_path: Path, clock: Hands, by: str) -> None:
    """What is before the eyes is covered first: the message that was tapped; at a word the lowest. The rest goes."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        live = await at.arrive(anna)
        await announce(at, await visit_of(at, anna))
        (line,) = lines(anna)
        before = len(at.sandbox.calls)
        if by == "tap":
            anna.tap(live.message_id, EXIT["uk"])
        else:
            anna.send("вихід")
        await at.settled()
        first = next(call for call in at.sandbox.calls[before:] if call.method != "getUpdates")
        assert (first.method, first.params["message_id"]) == (
            "editMessageText",
            live.message_id if by == "tap" else line.message_id,
        )
        assert covered(anna)
        assert not any((await at.held(anna)).values())


@pytest.mark.parametrize("faded", [False, True])
async def test_exit_while_it_is_on_its_way(database_url: str, tmp_path: Path, clock: Hands, faded: bool) -> None:
    """A line that arrives after its visitor left is deleted at once, whether or not there was a visit to forget."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        route = await visit_of(at, anna)
        if faded:
            at.move(minutes=31)
            await at.app.clock.fade()
            await at.settled()
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        ledger = Ledger(at.app.keys, at.app.ingest._order, clock())
        ledger.announce(route, OPENS, Because.case(CASE))
        async with at.app.store.write() as connection:
            await ledger.save(connection)
        at.app.sender.accept(ledger)
        await gate.arrived.wait()
        anna.send("вихід")
        await at.until(lambda: not at.sandbox.pending)
        gate.release()
        await at.settled()
        assert covered(anna)
        assert not any((await at.held(anna)).values())


async def test_a_fade_does_not_lose_what_waits_to_be_announced(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The visit fades while the line waits for Telegram: the cover comes, and the line all the same."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        at.move(minutes=31)
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        ledger = Ledger(at.app.keys, at.app.ingest._order, clock())
        ledger.announce(await visit_of(at, anna), OPENS, Because.case(CASE))
        async with at.app.store.write() as connection:
            await ledger.save(connection)
        at.app.sender.accept(ledger)
        await gate.arrived.wait()
        assert await at.app.clock.fade() == 1
        gate.release()
        await at.settled()
        assert len(lines(anna)) == 1
        assert [one.text.startswith(COVER) for one in anna.bot_messages] == [True, False]


def test_a_visit_of_an_earlier_release_can_still_be_read() -> None:
    """Somebody is in a conversation while the bot is updated."""
    assert Visit.unpack(b'[5,6,"uk","",7,8]') == Visit(5, 6, "uk", "", 7, 8, notice=0, case=0)
    visit = Visit(5, 6, "en", "1/find", 7, 8, 9, 10)
    assert Visit.unpack(visit.pack()) == visit
