"""We never speak first (promise 4, checklist 3): tried from every job, from old updates and past every fence."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ledger import STALE, Ledger
from db import memory, outbox
from db.because import WINDOW, FirstContactError
from db.outbox import Order
from db.sealing import Keyring
from db.store import Store
from db.visit import Visit
from flows.engine import AskLocation
from tests.conftest import Hands
from tests.stage import Stage, stage

ROOT = Path(__file__).parents[2]
ANNA = 4242
ASK = AskLocation("?", "here", "no")
FIELDS = {"text": "…"}


def sent(at: Stage, since: int) -> list[str]:
    """Calls since then that put a message into a chat."""
    return [one.method for one in at.sandbox.calls[since:] if one.method.startswith(("send", "copy", "forward"))]


async def test_no_job_ever_sends(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Fading, purging, drying and renewing, over two days, past visits in every state: not one new message."""
    async with stage(database_url, tmp_path, clock) as at:
        people = [at.sandbox.person() for _ in range(6)]
        for person in people[:5]:
            await at.arrive(person)
        await at.say(people[1], "Житомир")
        await at.press(people[2], "Екстрені номери")
        people[3].send("вихід")
        await at.settled()
        people[4].chat.messages.clear()  # deleted the whole chat by hand: an edit finds nothing
        since, clock_of = len(at.sandbox.calls), at.app.clock
        for minutes in (1, 29, 2, 60, 60 * 24, 60 * 24):
            at.move(minutes=minutes)
            for tick in (clock_of.fade, clock_of.purge, clock_of.dry, clock_of.renew):
                await tick()
                await at.settled()
        assert sent(at, since) == []
        assert not any([any((await at.held(person)).values()) for person in people])


async def refused(store: Store, ledger: Ledger) -> None:
    """The ledger cannot be saved, and nothing of it is."""
    with pytest.raises(FirstContactError):
        async with store.write() as connection:
            await ledger.save(connection)
    async with store.read() as connection:
        assert await outbox.waiting(connection, ledger.keys) == []


async def test_who_has_not_been_heard_gets_nothing(store: Store, keys: Keyring, clock: Hands) -> None:
    """A job that draws a screen, or asks for a location, of its own accord is refused as a whole."""
    visit = Visit(ANNA, 1)
    for live in (0, 5):
        ledger = Ledger(keys, Order(), clock())
        ledger.redraw(visit.but(live=live), FIELDS, "shell", (), send=True)
        await refused(store, ledger)
    ledger = Ledger(keys, Order(), clock())
    ledger.ask_location(visit, ASK)
    await refused(store, ledger)


async def test_hearing_one_person_allows_nothing_to_another(store: Store, keys: Keyring, clock: Hands) -> None:
    """An update of one chat is no reason to write to the chat beside it."""
    ledger = Ledger(keys, Order(), clock())
    ledger.hear(ANNA + 1, None)
    ledger.redraw(Visit(ANNA, 1), FIELDS, "shell", (), send=True)
    await refused(store, ledger)


async def test_an_old_update_is_no_reason(store: Store, keys: Keyring, clock: Hands) -> None:
    """Even if the edge forgot to look at the time, the outbox does."""
    assert STALE == WINDOW
    ledger = Ledger(keys, Order(), clock())
    ledger.hear(ANNA, clock() - STALE - timedelta(seconds=1))
    ledger.redraw(Visit(ANNA, 1), FIELDS, "shell", (), send=True)
    await refused(store, ledger)


async def test_a_date_in_the_future_gives_no_longer_reason(store: Store, keys: Keyring, clock: Hands) -> None:
    """A forged date does not stretch the window."""
    ledger = Ledger(keys, Order(), clock())
    ledger.hear(ANNA, clock() + timedelta(days=300))
    ledger.redraw(Visit(ANNA, 1), FIELDS, "shell", (), send=True)
    (row,) = ledger.rows
    assert row.because is not None
    assert row.because.at == clock()


async def test_old_updates_bring_no_message(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Everything a person can do, an hour ago, by a stranger and by a visitor whose chat is empty now."""
    async with stage(database_url, tmp_path, clock) as at:
        anna, olha = at.sandbox.person(), at.sandbox.person()
        await at.arrive(olha)
        olha.chat.messages.clear()
        since = len(at.sandbox.calls)
        hour_ago = int((clock() - timedelta(hours=1)).timestamp())
        things = (
            {"text": "/start"}, {"text": "Житомир"}, {"text": "допомога"}, {"text": "він мене б'є"},
            {"location": {"latitude": 50.27, "longitude": 28.67}}, {"photo": []}, {"contact": {}},
        )  # fmt: skip
        for number, thing in enumerate(things):
            for person in (anna, olha):
                about = {"chat": {"id": person.chat_id, "type": "private"}, "from": {"id": person.chat_id}}
                at.sandbox.push({"message": about | {"message_id": 900 + number, "date": hour_ago} | thing})
                await at.settled()
        assert sent(at, since) == []


async def test_a_poisoned_turn_costs_nobody_else_theirs(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When one turn of a batch would speak first, that one alone is thrown away; its neighbours are answered."""
    hear = Ledger.hear

    def deaf(self: Ledger, chat_id: int, at: object) -> None:
        if chat_id != ANNA:
            hear(self, chat_id, None)

    monkeypatch.setattr(Ledger, "hear", deaf)
    async with stage(database_url, tmp_path, clock) as at:
        anna, others = at.sandbox.person(ANNA), [at.sandbox.person() for _ in range(3)]
        for person in (others[0], anna, *others[1:]):
            person.send("/start")
        await at.settled()
        assert anna.bot_messages == []
        assert all(len(person.bot_messages) == 1 for person in others)
        async with at.app.store.read() as connection:
            assert await memory.visits_of(connection, at.app.keys, [at.app.keys.chat(ANNA)]) == {}


def calls_of(name: str) -> set[str]:
    """The files of the bot in which something of that name is called."""
    found = set()
    for path in sorted((ROOT / room for room in ("bot", "db", "flows")), key=str):
        for file in path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(name):
                    found.add(str(file.relative_to(ROOT)))
    return found


def test_only_an_update_that_came_in_is_heard() -> None:
    """Nobody else hands out the reason "an update": it is made where a turn begins, and nowhere else."""
    assert calls_of("Because.update") == {"bot/ledger.py"}
    assert calls_of(".hear") == {"bot/turns.py"}
