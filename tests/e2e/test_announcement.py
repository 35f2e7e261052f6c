"""An answer comes while nobody may be looking: a neutral silent line, which becomes the live message when tapped."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.faults import Faults
from bot.sandbox.message import Message
from bot.sandbox.people import Person
from db.visit import Visit
from flows.discretion import banned_words
from tests.conftest import Hands
from tests.operator_double import Operator
from tests.stage import Stage, playing, settings, stage

LINE = {"uk": "Є оновлення.", "en": "There is an update."}
OPEN = {"uk": "Відкрити", "en": "Open"}
EXIT = {"uk": "Вихід", "en": "Quick exit"}
COVER = ("Порада дня", "Tip of the day")


async def in_conversation(at: Stage, person: Person, lang: str = "uk") -> Operator:
    """A person who has asked for another, and that other."""
    await at.arrive(person, lang)
    operator = Operator(at, person.chat_id)
    await operator.takes()
    return operator


async def fade(at: Stage) -> None:
    """Half an hour without a tap."""
    at.move(minutes=31)
    assert await at.app.clock.fade() == 1
    await at.settled()


def lines(person: Person) -> list[Message]:
    """The announcements that stand in a chat."""
    return [one for one in person.bot_messages if one.text in LINE.values()]


def covered(person: Person) -> bool:
    """Nothing but one cover is left."""
    (only,) = person.messages
    return only.text.startswith(COVER) and Stage.covered(only)


@pytest.mark.parametrize("lang", ["uk", "en"])
async def test_what_arrives_is_neutral_and_silent(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """One line, one button, no sound, nothing a stranger would connect with anything; the screen stays as it is."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna, lang)
        before = at.live(anna).text
        await olha.answers()
        (line,) = lines(anna)
        assert line.text == LINE[lang]
        assert at.labels(line) == [[OPEN[lang]]]
        assert not banned_words(line.text + OPEN[lang])
        sent = next(call for call in reversed(at.sandbox.calls) if call.method == "sendMessage")
        assert sent.params["disable_notification"] is True
        assert anna.bot_messages[0].text == before
        visit = await olha.visit()
        assert visit
        assert visit.notice == line.message_id


async def test_a_tap_makes_it_the_live_message(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The announcement turns into the screen, the old live one goes, and the next answer is announced again."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        old = at.live(anna).message_id
        await olha.answers()
        (line,) = lines(anna)
        anna.tap(line.message_id, OPEN["uk"])
        await at.settled()
        assert at.live(anna).message_id == line.message_id != old
        assert lines(anna) == []
        visit = await olha.visit()
        assert visit
        assert (visit.live, visit.notice) == (line.message_id, 0)
        await olha.answers()
        assert len(lines(anna)) == 1


async def test_a_second_one_is_not_sent(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """At most one stands unopened, or waits, in a chat: before and after the visit has faded."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        assert len((await olha.answers(settle=False)).rows) == 1
        await gate.arrived.wait()
        assert (await olha.answers(settle=False)).rows == []
        gate.release()
        await at.settled()
        await olha.answers()
        assert len(lines(anna)) == 1
        await fade(at)
        assert covered(anna)
        await olha.answers()
        await olha.answers()
        assert len(lines(anna)) == 1


async def test_any_other_answer_of_the_screen_folds_it(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Unopened, it goes with the next tap or word, and the next answer is announced again."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        live = at.live(anna).message_id
        for act in (lambda: anna.tap(live, "Екстрені номери"), lambda: anna.send("Житомир")):
            await olha.answers()
            assert len(lines(anna)) == 1
            act()
            await at.settled()
            assert at.live(anna).message_id == live
            visit = await olha.visit()
            assert visit
            assert visit.notice == 0


async def test_a_faded_visitor_opens_it(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The route of a case works after the visit has faded; the line they tap begins a new visit."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        await fade(at)
        await olha.answers()
        (line,) = lines(anna)
        held = await at.held(anna)
        assert (held["visits"], held["traces"], held["outbox"]) == (0, 1, 0)
        anna.tap(line.message_id, OPEN["uk"])
        await at.settled()
        visit = await olha.visit()
        assert visit
        assert visit.live == line.message_id
        assert [one.text.startswith(COVER) for one in anna.bot_messages] == [True, False]


async def test_a_faded_visitor_who_does_something_else(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Whoever comes back by /start finds no line from before, and whoever exits none either."""
    async with stage(database_url, tmp_path, clock) as at:
        for words in ("/start", "вихід"):
            anna = at.sandbox.person()
            olha = await in_conversation(at, anna)
            await fade(at)
            await olha.answers()
            assert len(lines(anna)) == 1
            await at.say(anna, words)
            assert lines(anna) == []
            await at.say(anna, "вихід")
            held = await at.held(anna)
            assert (held["visits"], held["traces"], held["outbox"]) == (0, 0, 0)


@pytest.mark.parametrize("by", ["tap", "word"])
async def test_exit_takes_it_along(database_url: str, tmp_path: Path, clock: Hands, by: str) -> None:
    """What is before the eyes is covered first: the message that was tapped; at a word the lowest. The rest goes."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        live = at.live(anna).message_id
        await olha.answers()
        (line,) = lines(anna)
        before = len(at.sandbox.calls)
        if by == "tap":
            anna.tap(live, EXIT["uk"])
        else:
            anna.send("вихід")
        await at.settled()
        first = next(call for call in at.sandbox.calls[before:] if call.method == "editMessageText")
        assert first.params["message_id"] == (live if by == "tap" else line.message_id)
        assert covered(anna)


@pytest.mark.parametrize("faded", [False, True])
async def test_exit_while_it_is_on_its_way(database_url: str, tmp_path: Path, clock: Hands, faded: bool) -> None:
    """A line that arrives after its visitor left is deleted at once, whether or not there was a visit to forget."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        if faded:
            await fade(at)
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        await olha.answers(settle=False)
        await gate.arrived.wait()
        anna.send("вихід")
        await at.until(lambda: not at.sandbox.pending)
        gate.release()
        await at.settled()
        assert covered(anna)
        held = await at.held(anna)
        assert (held["visits"], held["traces"], held["outbox"]) == (0, 0, 0)


async def test_a_fade_does_not_lose_what_waits_to_be_announced(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The visit fades while the line is on its way: the cover comes, and the line all the same."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        at.move(minutes=31)
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        await olha.answers(settle=False)
        await gate.arrived.wait()
        assert await at.app.clock.fade() == 1
        gate.release()
        await at.settled()
        assert len(lines(anna)) == 1
        assert [one.text.startswith(COVER) for one in anna.bot_messages] == [True, False]


async def test_nothing_is_announced_for_a_case_that_was_closed(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The answer waits out a 429, and the case ends meanwhile; after a restart too: the line is not sent."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        at.sandbox.faults = Faults(rate_429=1, retry_after=1, methods=frozenset({"sendMessage"}))
        await olha.answers(settle=False)
        await at.until(lambda: any(call.method == "sendMessage" and call.error_code for call in at.sandbox.calls[-9:]))
        await olha.closes()
        await at.end()
        at.sandbox.faults = Faults()
        again = settings(database_url, tmp_path, at.sandbox.url, telegram_rate=0)
        async with playing(at.sandbox, again, clock) as later:
            await later.settled()
            assert lines(anna) == []


def test_a_visit_of_an_earlier_release_can_still_be_read() -> None:
    """Somebody is in a conversation while the bot is updated."""
    assert Visit.unpack(b'[5,6,"uk","",7,8]') == Visit(5, 6, "uk", "", 7, 8, notice=0, case=0)
    visit = Visit(5, 6, "en", "1/find", 7, 8, 9, 10, bare=True)
    assert Visit.unpack(visit.pack()) == visit
