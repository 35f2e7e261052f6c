"""Out in one tap: whatever was queued, being retried or in flight, the cover is what stays."""

from pathlib import Path

import pytest

from bot.sandbox.faults import Faults
from bot.sandbox.people import Person
from db.outbox import Lane
from tests.conftest import Hands
from tests.stage import Stage, stage

pytestmark = pytest.mark.parametrize("lang", ["uk", "en"])

EXIT = {"uk": "Вихід", "en": "Quick exit"}
MENU = {"uk": "Меню", "en": "Menu"}
NUMBERS = {"uk": "Екстрені номери", "en": "Emergency numbers"}
WORD = {"uk": "вихід", "en": "exit"}


async def only_the_cover_is_left(at: Stage, person: Person) -> None:
    """One neutral line without buttons in the chat; not a row about the person."""
    await at.settled()
    (message,) = person.messages
    assert message.sender == "bot"
    assert at.covered(message)
    assert message.text.startswith(("Порада дня", "Tip of the day"))
    assert not any((await at.held(person)).values())


async def test_exit_from_a_screen(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """One tap: covered, wiped, forgotten."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        await at.say(anna, "Житомир")
        anna.press(EXIT[lang])
        await only_the_cover_is_left(at, anna)


async def test_exit_by_word(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """The word alone does it too, and goes with everything else."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        anna.send(WORD[lang])
        await only_the_cover_is_left(at, anna)


async def test_a_redraw_in_flight_that_lands_late(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """An older edit reaches Telegram after the cover: the cover follows once more."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.press(NUMBERS[lang])
        await gate.arrived.wait()
        anna.press(EXIT[lang])
        await at.until(lambda: at.covered(at.live(anna)))
        gate.release()
        await only_the_cover_is_left(at, anna)
        assert [call.ok for call in at.sandbox.calls if call.method == "editMessageText"].count(True) >= 3


async def test_a_redraw_whose_answer_is_lost(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """An older edit that has happened but is not known to have: it is not tried again over the cover."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        gate = at.sandbox.hold_answer("editMessageText", anna.chat_id)
        anna.press(NUMBERS[lang])
        await gate.arrived.wait()
        anna.press(EXIT[lang])
        await at.until(lambda: at.covered(at.live(anna)))
        gate.release(type(gate.fate).DROPPED_AFTER)
        await only_the_cover_is_left(at, anna)


async def test_a_redraw_that_waits(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """What is queued behind a call in flight is dropped, not sent after the cover."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.press(NUMBERS[lang])
        await gate.arrived.wait()
        anna.press(MENU[lang])
        await at.until(lambda: at.app.sender.lines.waiting)
        anna.press(EXIT[lang])
        await at.until(lambda: at.covered(at.live(anna)))
        gate.release()
        await only_the_cover_is_left(at, anna)


async def test_a_redraw_that_is_being_retried(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """A redraw that Telegram answered with 5xx waits for its next try; the exit takes that away."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        at.sandbox.faults = Faults(rate_5xx=1, methods=frozenset({"editMessageText"}))
        anna.press(NUMBERS[lang])
        await at.until(lambda: any(call.error_code for call in at.sandbox.calls))
        at.sandbox.faults = Faults()
        anna.press(EXIT[lang])
        await only_the_cover_is_left(at, anna)


async def test_a_429_does_not_hold_back_the_cover(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """While the chat must wait a minute after a 429, the exit's first call still goes out, and next."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        at.sandbox.faults = Faults(rate_429=1, retry_after=60, methods=frozenset({"editMessageText"}))
        anna.press(NUMBERS[lang])
        await at.until(lambda: at.sandbox.calls[-1].error_code == 429)
        at.sandbox.faults = Faults()
        anna.press(EXIT[lang])
        await only_the_cover_is_left(at, anna)


async def test_a_first_message_in_flight(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """A shell that arrives after its visitor left is deleted at once; it never gets its content."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        anna.send("/start")
        await gate.arrived.wait()
        anna.send(WORD[lang])
        await at.until(lambda: not anna.messages)
        gate.release()
        await at.settled()
        assert anna.messages == []
        assert not any((await at.held(anna)).values())


async def test_exit_twice_and_taps_after_it(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """A trembling finger: exit, exit, and a word more leave the same one line, or a new visit, never a mix."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        live = await at.arrive(anna, lang)
        screen = live.message_id
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.tap(screen, EXIT[lang])
        anna.tap(screen, EXIT[lang])
        anna.send(WORD[lang])
        await gate.arrived.wait()
        gate.release()
        await only_the_cover_is_left(at, anna)


async def test_an_exit_survives_a_restart(database_url: str, tmp_path: Path, clock: Hands, lang: str) -> None:
    """Telegram is away when the exit comes, and the bot is restarted: the exit completes afterwards."""
    from tests.stage import playing, settings  # noqa: PLC0415

    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        at.sandbox.faults = Faults(
            rate_5xx=1, methods=frozenset({"editMessageText", "deleteMessages", "deleteMessage"})
        )
        anna.send("Київ")
        anna.press(EXIT[lang])
        await at.until(lambda: any(line.exits or line.running for line in at.app.sender.lines._lines.values()))
        first = at
        restarted = settings(database_url, tmp_path, at.sandbox.url, telegram_rate=0)
        await first.end()
        first.sandbox.faults = Faults()
        async with playing(first.sandbox, restarted, clock) as again:
            await only_the_cover_is_left(again, anna)


def test_exit_is_the_first_lane(lang: str) -> None:
    """Nothing goes before an exit."""
    assert lang
    assert min(Lane) is Lane.EXIT
