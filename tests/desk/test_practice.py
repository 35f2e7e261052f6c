"""Practice, played through the whole desk: the real bot over HTTP, a scripted visitor on a phone of the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.practice.visitor import Pace
from bot.sandbox.people import Person
from db.desk.case import Urgency
from db.desk.naming import PRACTICE
from db.models import tallies
from flows.training.judge import CHECKS
from flows.training.scripts import NUDGE, SCRIPTS
from tests.conftest import Hands
from tests.desk.room import Room, room
from tests.stage import playing

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
AT_ONCE = Pace(look=0.005, think=0, sign=0)


async def counted(at: Room) -> list[tuple[str, str, int]]:
    """Every figure there is."""
    async with at.at.app.store.read() as connection:
        found = await connection.execute(select(tallies.c.measure, tallies.c.label, tallies.c.count))
        return sorted((row.measure, row.label, row.count) for row in found)


async def practised(at: Room, operator: Person, script: str, lang: str = "uk") -> Person:
    """The operator picks a case; the scripted visitor, once their first words are there."""
    assert at.at.app.practice is not None
    at.at.app.practice.pace = AT_ONCE
    known = set(at.at.sandbox.cloud.chats)
    await at.at.say(operator, "/practice")
    await at.press(operator, SCRIPTS[script].label, lang)
    await at.at.until(lambda: at.at.sandbox.cloud.chats.keys() - known)
    (number,) = at.at.sandbox.cloud.chats.keys() - known
    visitor = at.at.sandbox.person(number)
    await reads(at, visitor, SCRIPTS[script].opening, lang)
    return visitor


async def reads(at: Room, person: Person, key: str, lang: str = "uk") -> None:
    """Waits until these words stand on somebody's screen."""
    await at.at.until(lambda: at.word(key, lang) in at.seen(person))
    await at.at.settled()


async def talk(at: Room, operator: Person, visitor: Person, exchange: Sequence[tuple[str, str]], lang: str) -> None:
    """The operator's words, and the key of what the visitor answers to each."""
    for words, answer in exchange:
        operator.send(words)
        await reads(at, visitor, answer, lang)


async def test_a_practice_from_picking_to_the_review(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Picked by a button, taken from the group, answered, closed: one screen tells what went well and what was missed.
    Nobody else hears a sound of it, no figure moves, and nothing of it is left."""
    async with room(database_url, tmp_path, clock, practice=True) as at:
        desk = await at.desk()
        oksana, olha = await at.operator(desk, "Оксана"), await at.operator(desk, "Ольга", "supervisor")
        before, on_phone = await counted(at), len(olha.lock_screen)
        visitor = await practised(at, oksana, "urgent")
        (card,) = at.cards()
        assert card.text.startswith(PRACTICE)
        assert card.silent
        assert at.word("card.practice") in card.text
        at.groups["kyiv"].join(oksana)
        at.groups["kyiv"].press(oksana, at.word("card.take"))
        await at.at.settled()
        await at.at.say(oksana, "/case")
        assert at.screen(oksana).startswith(PRACTICE)
        assert at.word("training.urgent.opening") in at.screen(oksana)

        exchange = (
            ("Чи зручно вам зараз писати?", "training.urgent.safe"),
            ("Я вам вірю. Де ви? Напишіть, куди їхати.", "training.urgent.where"),
            ("Читаю вас.", "training.urgent.throat"),
        )
        await talk(at, oksana, visitor, exchange, "uk")
        await at.at.say(oksana, "/danger")
        await at.at.say(oksana, "/urgent")
        await at.at.say(oksana, "/close")
        assert at.word("desk.call") in str(at.at.labels(oksana.bot_messages[-1]))  # never alone, here neither
        await at.at.say(oksana, "/supervisor")
        assert at.word("remark.played") in at.screen(oksana)
        await at.at.say(oksana, "Подзвоню за вас. Бережіть себе.")
        await reads(at, visitor, "training.urgent.help")
        await at.at.say(oksana, "/close")
        await at.press(oksana, "close.result.talked")
        await at.press(oksana, "close.now")

        review = at.screen(oksana)
        good, _, missed = review.partition(at.word("review.missed").removeprefix("<b>").removesuffix("</b>"))
        assert review.startswith(PRACTICE)
        done = ("safe", "flag", "script", "place", "help", "supervisor", "held", "outcome")
        for name in SCRIPTS["urgent"].checks:
            where = good if name in done else missed
            assert at.word(CHECKS[name].text) in where, name
        assert at.at.app.practice is not None
        await at.at.until(lambda: at.at.app.practice and not at.at.app.practice.busy(1))
        await at.at.settled()
        assert await counted(at) == before
        assert len(olha.lock_screen) == on_phone
        assert at.cards() == []
        assert at.at.covered(visitor.bot_messages[-1])
        assert at.word("training.urgent.throat") not in at.seen(oksana, visitor, at.groups["kyiv"])
        assert set((await at.at.held(visitor)).values()) == {0}


async def test_the_next_practice_uses_the_same_phone_in_ones_own_language(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """One at a time; who pretends to be somebody else is met with the last shift's note at hand, in English."""
    async with room(database_url, tmp_path, clock, practice=True) as at:
        olha = await at.operator(await at.desk(), "Olha", "supervisor")
        await at.at.say(olha, "/lang")
        olha.press("English")
        await at.at.settled()
        visitor = await practised(at, olha, "abusive", "en")
        await at.at.say(olha, "/practice")
        await at.press(olha, SCRIPTS["calm"].label, "en")
        assert at.screen(olha) == at.word("desk.practice.running", "en", mark=PRACTICE)
        await at.at.say(olha, "/take")
        await at.at.say(olha, "/block")
        await at.press(olha, "desk.block.yes", "en")
        assert at.word("review.supervisor_abuse", "en") in at.screen(olha)
        assert at.at.app.practice is not None
        await at.at.until(lambda: at.at.app.practice and not at.at.app.practice.busy(1))
        people = set(at.at.sandbox.cloud.chats)

        await at.press(olha, "desk.practice.again", "en")
        await at.press(olha, SCRIPTS["impersonator"].label, "en")
        await reads(at, visitor, "training.impersonator.opening", "en")  # who was blocked in a practice is not barred
        assert set(at.at.sandbox.cloud.chats) == people
        await at.at.say(olha, "/take")
        assert at.word("training.impersonator.brief", "en") in at.screen(olha)
        assert at.word("training.impersonator.brief", "en") not in at.seen(visitor)
        olha.send("Please type your code word.")
        await reads(at, visitor, "training.impersonator.word", "en")
        await at.at.say(olha, "Have a look at https://example.org/help")
        await at.at.say(olha, "/close")
        await at.press(olha, "close.now", "en")
        good, _, missed = at.screen(olha).partition("Missed")
        assert at.word("review.word", "en") in good
        assert at.word("review.held", "en") in missed


async def test_a_practice_is_handed_to_nobody_and_pages_nobody(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """However long it waits, no supervisor is called; only the queue takes it back; a made-up button changes
    nothing."""
    async with room(database_url, tmp_path, clock, practice=True) as at:
        desk = await at.desk()
        oksana, olha = await at.operator(desk, "Оксана"), await at.operator(desk, "Ольга", "supervisor")
        visitor = await practised(at, oksana, "calm")
        assert (await at.case(visitor)).urgency == Urgency.CALM  # whatever is read out of the script's words
        on_phone = len(olha.lock_screen)
        await at.tick(minutes=11)
        await at.tick(minutes=10)
        assert len(olha.lock_screen) == on_phone
        case = await at.case(visitor)
        await at.take(oksana, case)
        await at.at.say(oksana, "/hand")
        assert "Ольга" not in str(at.at.labels(oksana.bot_messages[-1]))
        await at.tap(oksana, "desk.hand.now", (await at.staff(olha)).num)
        assert (await at.now(case)).operator == (await at.staff(oksana)).num
        assert len(olha.lock_screen) == on_phone


async def test_who_is_left_alone_asks_once_and_then_leaves(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """And the operator is told that there is nothing to review; the next practice can begin."""
    async with room(database_url, tmp_path, clock, practice=True) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        visitor = await practised(at, oksana, "child")
        await at.at.say(oksana, "/take")
        at.at.move(minutes=3)
        await reads(at, visitor, NUDGE)
        at.at.move(minutes=26)
        await at.at.until(lambda: at.at.app.practice and not at.at.app.practice.busy(1))
        await at.at.settled()
        assert at.at.covered(visitor.bot_messages[-1])
        assert visitor.bot_messages == visitor.messages
        await at.at.say(oksana, "/close")
        await at.press(oksana, "close.now")
        assert at.word("review.missed") not in at.screen(oksana)
        assert at.screen(oksana).startswith("«" + PRACTICE)
        await at.press(oksana, "desk.practice.again")
        await at.press(oksana, SCRIPTS["calm"].label)
        await at.at.until(at.cards)


async def test_a_restart_in_the_middle_ends_it_with_its_review(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The scripted visitor does not outlive the process. Who talked with them is told so on the next screen, and has
    the review of what there was; a card that nobody took goes."""
    async with room(database_url, tmp_path, clock, practice=True) as at:
        desk = await at.desk()
        oksana, iryna = await at.operator(desk, "Оксана"), await at.operator(desk, "Ірина")
        visitor = await practised(at, oksana, "calm")
        await at.at.say(oksana, "/take")
        oksana.send("Чи зручно вам зараз писати?")
        await reads(at, visitor, "training.calm.safe")
        await practised(at, iryna, "child")
        taken, untaken = at.cards()
        await at.at.end()
        clock.move(seconds=30)
        async with playing(at.at.sandbox, at.at.app.settings, clock, practice=True) as again:
            at.at = again
            await at.tick()
            assert at.cards() == [taken]
            assert untaken.text not in at.seen(at.groups["kyiv"])
            assert at.word("desk.practice.cut") in at.seen(oksana)
            await at.at.say(oksana, "Ви ще тут?")
            assert at.word("desk.visitor_gone", name="").removeprefix("«»") in at.screen(oksana)
            await at.at.say(oksana, "/close")
            await at.press(oksana, "close.now")
            good, _, missed = at.screen(oksana).partition(
                at.word("review.missed").removeprefix("<b>").removesuffix("</b>")
            )
            assert at.word(CHECKS["safe"].text) in good
            assert at.word(CHECKS["step"].text) in missed


async def test_on_real_telegram_it_is_said_where_one_practises(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Not in `/help`; typed or by an old button, it is refused politely, and nobody sets off."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        people = set(at.at.sandbox.cloud.chats)
        await at.at.say(oksana, "/help")
        assert "/practice" not in at.screen(oksana)
        await at.at.say(oksana, "/practice")
        assert at.screen(oksana) == at.word("desk.practice.elsewhere")
        await at.tap(oksana, "desk.practice.begin", "calm")
        assert at.screen(oksana) == at.word("desk.practice.elsewhere")
        assert set(at.at.sandbox.cloud.chats) == people
        assert at.cards() == []
