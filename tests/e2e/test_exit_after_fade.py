"""Whoever faded, came back and left at once: what the fade still had to clear is cleared all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.faults import Faults
from bot.sandbox.people import Person
from db import outbox
from db.outbox import Lane
from tests.conftest import Hands
from tests.e2e.test_announcement import COVER, EXIT, covered
from tests.stage import Stage, playing, settings, stage

CLEARING = frozenset({"editMessageText", "deleteMessage", "deleteMessages"})
AWAY = Faults(rate_429=1, retry_after=1, methods=CLEARING)  # Telegram takes nothing of what clears, for now


async def fading(at: Stage, person: Person) -> None:
    """A visit that has faded while Telegram takes nothing: its screen, two texts and a keyboard are still there."""
    await at.arrive(person)
    at.sandbox.faults = AWAY
    person.send("моє Запоріжжя")
    person.send("мій Херсон")
    await at.until(lambda: not at.sandbox.pending)
    at.move(minutes=31)
    assert await at.app.clock.fade() == 1
    assert not (await at.held(person))["visits"]


async def lanes(at: Stage, person: Person) -> list[Lane]:
    """Where what waits for a person stands."""
    async with at.app.store.read() as connection:
        rows = await outbox.waiting(connection, at.app.keys)
    return [row.lane for row in rows if row.chat == at.app.keys.chat(person.chat_id)]


@pytest.mark.parametrize("by", ["word", "tap"])
@pytest.mark.parametrize("restart", [False, True])
async def test_the_wipe_of_a_faded_visit_survives_an_exit(
    database_url: str, tmp_path: Path, clock: Hands, by: str, restart: bool
) -> None:
    """Its cover and its deletions wait when the exit comes: they become the exit's own, also across a restart."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await fading(at, anna)
        screen = anna.bot_messages[0].message_id
        assert set(await lanes(at, anna)) == {Lane.BACKGROUND}
        if by == "word":
            anna.send("вихід")
        else:
            anna.tap(screen, EXIT["uk"])
        await at.until(lambda: not at.sandbox.pending)
        assert set(await lanes(at, anna)) == {Lane.EXIT}
        if not restart:
            at.sandbox.faults = Faults()
            await at.settled()
        else:
            await at.end()
            at.sandbox.faults = Faults()
            again = settings(database_url, tmp_path, at.sandbox.url, telegram_rate=0)
            async with playing(at.sandbox, again, clock) as later:
                await later.settled()
                assert not any((await later.held(anna)).values())
        assert covered(anna)


async def test_a_new_screen_does_not_take_away_the_cover_of_an_old_one(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """A text after the fade brings a new message; the old one, still to be covered, is covered."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await fading(at, anna)
        anna.send("Житомир")
        await at.until(lambda: not at.sandbox.pending)
        at.sandbox.faults = Faults()
        await at.settled()
        old, new = anna.messages
        assert old.text.startswith(COVER)
        assert new.markup.inline


async def test_a_tap_on_the_old_screen_saves_it_from_the_cover(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Who taps the screen that was about to fade has it back at once, and it is not covered under their eyes."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await fading(at, anna)
        screen = anna.bot_messages[0].message_id
        anna.tap(screen, "Екстрені номери")
        await at.until(lambda: not at.sandbox.pending)
        at.sandbox.faults = Faults()
        before = len(at.sandbox.calls)
        await at.settled()
        edits = [call.params["text"] for call in at.sandbox.calls[before:] if call.method == "editMessageText"]
        assert not [text for text in edits if text.startswith(COVER)]
        (live,) = anna.messages
        assert live.message_id == screen
        assert live.markup.inline


async def test_who_came_back_does_not_wait_for_the_fade(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """What waits for a returning visitor lifts what the fade still had to do in that chat out of the last lane."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await fading(at, anna)
        chat = at.app.keys.chat(anna.chat_id)
        assert at.app.sender.lines._lines[chat].lane is Lane.BACKGROUND
        anna.send("Житомир")
        await at.until(lambda: not at.sandbox.pending)
        assert at.app.sender.lines._lines[chat].lane is Lane.REPLY
        at.sandbox.faults = Faults()
        await at.settled()
