"""A third of all calls go wrong, for as long as it lasts: nothing is lost, and whoever leaves goes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot import polling, sender
from bot.ledger import Ledger
from bot.lines import Line
from bot.sandbox.calls import Call
from bot.sandbox.faults import Faults
from bot.sandbox.people import Person
from db.outbox import Kind, Lane, Row
from tests.chaos.crowd import Crowd, knowledge
from tests.chaos.repeats import out_of_order, screens_of, sends_that_are_not_shells
from tests.chaos.settled import held, tallied, unanswered
from tests.conftest import Hands
from tests.stage import Stage, is_cover, stage

A_THIRD = Faults(rate_429=0.11, rate_5xx=0.11, rate_drop=0.12, retry_after=1)
UPDATES, PEOPLE = 300, 60
WAITING, LEAVING = 200, 5


class RealTime(Hands):
    """The clock on the wall."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses after a broken call, five times shorter; what Telegram itself asks to wait is waited."""
    for module in (polling, sender):
        monkeypatch.setattr(module, "BACKOFF", tuple(seconds / 5 for seconds in module.BACKOFF))


async def test_a_third_of_all_calls_fails(database_url: str, tmp_path: Path) -> None:
    """429, 5xx and connections dropped before or after the effect, polls included, from the first update to the
    last: in the end every update has had its effect, once, in order, and nothing is left behind but neutral shells
    whose answers were dropped."""
    async with stage(database_url, tmp_path, RealTime()) as at:
        crowd = Crowd(at.sandbox, *await knowledge(at.app.store), Random(11), PEOPLE)  # noqa: S311 (repeatable)
        at.sandbox.faults = A_THIRD
        for _ in range(UPDATES):
            crowd.act()
            await at.sandbox.wait(lambda box: box.pending < 40, 60)
        await at.settled(60)
        calls = at.sandbox.calls
        failed = sum(not call.ok for call in calls if call.method != "getUpdates")
        assert failed > len(calls) / 5
        assert await tallied(at.app.store) == crowd.counts
        assert [wrong for member in crowd.members if (wrong := crowd.wrong(member))] == []
        assert await held(crowd, at.app.store, at.app.keys) == []
        assert unanswered(crowd, at.sandbox) == []
        assert sends_that_are_not_shells(calls) == []
        seen = screens_of(calls)
        assert [
            wrong for one in crowd.members if (wrong := out_of_order([seen[one.person.chat_id]], one.screens))
        ] == []
        dropped = sum(call.effect and not call.ok for call in calls if call.method == "sendMessage")
        assert crowd.orphans() <= dropped


class Watch:
    """Notes, at the moment an exit is committed, how many rows the sender has started so far: where their calls land
    is another question, for a new connection takes longer than one that is there."""

    def __init__(self, at: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.exits: list[int] = []
        self._started: list[Row] = []
        self._left: list[bytes] = []
        accept, take = at.app.sender.accept, at.app.sender.lines.take

        def noted(ledger: Ledger) -> None:
            if ledger.left:
                self.exits.append(len(self._started))
                self._left.extend(ledger.left)
            accept(ledger)

        def started(line: Line, row: Row) -> None:
            self._started.append(row)
            take(line, row)

        monkeypatch.setattr(at.app.sender, "accept", noted)
        monkeypatch.setattr(at.app.sender.lines, "take", started)

    def next_start(self) -> Row | None:
        """The first row started after the last exit; who left earlier goes earlier, answer and wipe included."""
        return next((row for row in self._started[self.exits[-1] :] if row.chat not in self._left[:-1]), None)


def covers(row: Row | None, at: Stage, person: Person) -> None:
    """Fails unless this row covers the screen of that person."""
    assert row is not None
    assert (row.lane, row.kind, row.chat) == (Lane.EXIT, Kind.REDRAW, at.app.keys.chat(person.chat_id))


def exits(calls: list[Call], chat_id: int) -> Iterator[Call]:
    """The edits of one chat that covered its screen."""
    return (
        call
        for call in calls
        if call.chat_id == chat_id
        and call.method == "editMessageText"
        and is_cover(call.params.get("reply_markup", {}).get("inline_keyboard"))
    )


@pytest.mark.parametrize("faults", [Faults(), A_THIRD], ids=["calm", "a third fails"])
async def test_an_exit_is_the_next_call(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    """Two hundred chats wait for their turn within Telegram's limits. Each of five people who leave is served by the
    very next call the sender starts, whatever becomes of the others' calls."""
    async with stage(database_url, tmp_path, RealTime(), limited=True) as at:
        leaving = [at.sandbox.person() for _ in range(LEAVING)]
        for person in leaving:
            await at.arrive(person)
        watch = Watch(at, monkeypatch)
        at.sandbox.faults = faults
        for person in (at.sandbox.person() for _ in range(WAITING)):
            person.send("/start")
        await at.until(lambda: at.app.sender.lines.waiting > WAITING / 2, 30)
        for number, person in enumerate(leaving, 1):
            person.press("Вихід")
            await at.until(lambda number=number: len(watch.exits) == number, 30)
            await at.until(watch.next_start, 10)
            covers(watch.next_start(), at, person)
            await at.until(lambda person=person: any(exits(at.sandbox.calls, person.chat_id)), 10)
        assert at.app.sender.lines.waiting > 50


async def test_an_exit_goes_past_a_storm(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram has refused so many that every ordinary lane pauses for a minute; an exit is not held up by that."""
    async with stage(database_url, tmp_path, RealTime()) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        watch = Watch(at, monkeypatch)
        at.sandbox.faults = Faults(rate_429=1, retry_after=60, methods=frozenset({"sendMessage"}))
        for person in (at.sandbox.person() for _ in range(WAITING)):
            person.send("/start")
        await at.until(lambda: at.app.sender._paused_until and not at.app.sender._flying, 30)
        at.sandbox.faults = Faults()
        before = len(at.sandbox.calls)
        anna.press("Вихід")
        await at.until(lambda: at.covered(at.live(anna)))
        covers(watch.next_start(), at, anna)
        assert any(exits(at.sandbox.calls[before:], anna.chat_id))
        assert at.app.sender.lines.waiting > WAITING / 2


async def test_an_exit_finds_a_place_when_all_are_taken(database_url: str, tmp_path: Path) -> None:
    """A hundred calls hang at Telegram, so no ordinary call can start; the exit has places of its own."""
    async with stage(database_url, tmp_path, RealTime()) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        gates = [at.sandbox.hold("sendMessage") for _ in range(WAITING)]
        people = [at.sandbox.person() for _ in range(WAITING)]
        for person in people:
            person.send("/start")
        await at.until(lambda: sum(gate.arrived.is_set() for gate in gates) >= 100, 30)
        anna.press("Вихід")
        await at.until(lambda: at.covered(at.live(anna)))
        assert sum(gate.arrived.is_set() for gate in gates) == 100
        assert at.app.sender.lines.waiting >= WAITING - 100
        for gate in gates:
            gate.release()
        await at.settled(60)
        assert all(at.live(person).markup.inline for person in people)
