"""All of an exit: a trembling hand, a long conversation, refusals, old messages, keyboards, a busy Telegram."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sandbox.faults import Faults
from bot.sandbox.people import Person
from db.models import tallies
from tests.conftest import Hands
from tests.e2e.test_announcement import EXIT
from tests.stage import Stage, playing, settings, stage

CLEARING = frozenset({"editMessageText", "deleteMessage", "deleteMessages"})


async def out(at: Stage, person: Person) -> None:
    """One cover, and not a row about the person."""
    await at.settled()
    (message,) = person.messages
    assert at.covered(message)
    assert not any((await at.held(person)).values())


def calls(at: Stage, since: int) -> list[str]:
    """What Telegram was asked for since then, in order."""
    return [one.method for one in at.sandbox.calls[since:] if one.method != "getUpdates"]


async def test_twenty_taps_are_one_exit(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Tapped over and over before the cover is seen: one cover, and nineteen spinners stopped after it."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        screen = (await at.arrive(anna)).message_id
        since, gate = len(at.sandbox.calls), at.sandbox.hold("editMessageText", anna.chat_id)
        for _ in range(20):
            anna.tap(screen, EXIT["uk"])
        await gate.arrived.wait()
        gate.release()
        await out(at, anna)
        assert calls(at, since).count("editMessageText") == 1
        assert calls(at, since).count("answerCallbackQuery") == 20
        async with at.app.store.read() as connection:
            query = select(func.sum(tallies.c.count)).where(tallies.c.measure == "exit")
            assert (await connection.execute(query)).scalar_one() == 1


@pytest.mark.parametrize("together", [True, False])
async def test_the_finger_beside_exit_brings_nothing_back(
    database_url: str, tmp_path: Path, clock: Hands, together: bool
) -> None:
    """Exit, and in the same breath, or just after it, Home and Emergency of the same screen: it stays covered."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        screen = (await at.arrive(anna)).message_id
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.tap(screen, EXIT["uk"])
        if not together:
            await gate.arrived.wait()
        for label in ("Меню", "Екстрені номери", EXIT["uk"]):
            anna.tap(screen, label)
        await at.until(lambda: not at.sandbox.pending)
        await gate.arrived.wait()
        gate.release()
        await out(at, anna)


async def test_whoever_began_anew_can_leave_anew(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Out, in again by /start, and a last tap on Exit of the first screen arrives: it means out, again."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        screen = (await at.arrive(anna)).message_id
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.tap(screen, EXIT["uk"])
        await gate.arrived.wait()
        anna.send("/start")
        await at.until(lambda: not at.sandbox.pending)
        anna.tap(screen, EXIT["uk"])
        await at.until(lambda: not at.sandbox.pending)
        gate.release()
        await out(at, anna)


async def test_a_long_conversation_goes_newest_first(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Two hundred and fifty messages of both sides: three calls of a hundred at most, from the newest down."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        many = [anna.send(f"рядок {number}").message_id for number in range(250)]
        at.sandbox.faults = Faults(rate_5xx=1, methods=frozenset({"deleteMessage"}))
        await at.until(lambda: not at.sandbox.pending)
        since = len(at.sandbox.calls)
        anna.send("вихід")
        await at.until(lambda: calls(at, since).count("deleteMessages") >= 3)
        at.sandbox.faults = Faults()
        await out(at, anna)
        wiped = [
            number
            for call in at.sandbox.calls[since:]
            if call.method == "deleteMessages" and call.ok
            for number in call.params["message_ids"]
        ]
        assert wiped == sorted(wiped, reverse=True)
        assert len(set(wiped) & set(many)) > 240


async def test_what_is_too_old_or_gone_does_not_hold_up_the_rest(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """A text beyond 48 hours is Telegram's to keep, one that was deleted by hand is gone: the others go all the same,
    and no word is said about it."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.app.clock.stop()  # nothing fades meanwhile
        at.sandbox.faults = Faults(rate_5xx=1, methods=frozenset({"deleteMessage"}))
        old = [anna.send(f"давно {number}").message_id for number in range(3)]
        await at.until(lambda: not at.sandbox.pending)
        at.move(hours=49)
        young = [anna.send(f"щойно {number}").message_id for number in range(5)]
        await at.until(lambda: not at.sandbox.pending)
        anna.delete(young[2])
        since = len(at.sandbox.calls)
        anna.send("вихід")
        await at.until(lambda: not at.sandbox.pending)
        at.sandbox.faults = Faults()
        await at.settled()
        *texts, cover = sorted(anna.messages, key=lambda one: one.sender == "bot")
        assert at.covered(cover)
        assert [one.message_id for one in texts] == old
        assert "sendMessage" not in calls(at, since)
        assert not any((await at.held(anna)).values())


async def test_one_id_that_is_refused_costs_no_other_its_deletion(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """Telegram fails a whole call for one message it will not delete: it is found by halving, the rest goes."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.app.clock.stop()
        at.sandbox.faults = Faults(rate_5xx=1, methods=frozenset({"deleteMessage"}))
        first = anna.send("перше").message_id
        await at.until(lambda: any(call.error_code == 502 for call in at.sandbox.calls))
        at.move(hours=47, minutes=59, seconds=58)
        for number in range(9):
            anna.send(f"друге {number}")
        await at.until(lambda: not at.sandbox.pending)
        at.sandbox.clock.move(3)  # Telegram's own clock is ahead of ours: for it the first is too old already
        since = len(at.sandbox.calls)
        anna.send("вихід")
        await at.until(lambda: "deleteMessages" in calls(at, since))
        at.sandbox.faults = Faults()
        await at.settled()
        assert [one.message_id for one in anna.messages if one.sender == "user"] == [first]
        assert [call.ok for call in at.sandbox.calls[since:] if call.method == "deleteMessages"].count(False) >= 1
        assert not any((await at.held(anna)).values())


async def test_the_keyboard_goes_with_its_carrier(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The message that carries the location keyboard is deleted, and with it the keyboard."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        t = at.app.knowledge.world().speak("uk")
        await at.arrive(anna)
        for key in ("hello.on", "home.near", "where.share"):
            await at.press(anna, t.label(key))
        anna.press(t.label("share.yes"))
        await at.settled()
        assert anna.chat.keyboard is not None
        anna.send("вихід")
        await out(at, anna)
        assert anna.chat.keyboard is None


async def test_out_while_telegram_throttles_everything(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Every call is refused for a second, again and again; once it is taken the chat is clean, after a restart too."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        screen = (await at.arrive(anna)).message_id
        at.sandbox.faults = Faults(rate_429=1, retry_after=1, methods=CLEARING)
        anna.send("Житомир")
        anna.send("мій секрет")
        await at.until(lambda: not at.sandbox.pending)
        since = len(at.sandbox.calls)
        anna.tap(screen, EXIT["uk"])
        await at.until(lambda: {"editMessageText", "deleteMessages"} <= set(calls(at, since)))
        await at.end()
        at.sandbox.faults = Faults()
        async with playing(
            at.sandbox, settings(database_url, tmp_path, at.sandbox.url, telegram_rate=0), clock
        ) as later:
            await out(later, anna)
