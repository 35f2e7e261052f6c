"""The database is locked, full, or gone for a while: nothing is acknowledged that is not written, nothing is lost."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from random import Random

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import polling, sender
from bot.sandbox.people import Person
from db import store as store_module
from db.store import Store, open_store
from tests.chaos.crowd import SHELLS, Crowd, knowledge
from tests.chaos.settled import count, held, tallied, unanswered
from tests.conftest import Hands
from tests.stage import Stage, stage

PEOPLE = 40


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses after a write that failed, ten times shorter."""
    monkeypatch.setattr(polling, "STORE_PAUSE", polling.STORE_PAUSE / 10)
    monkeypatch.setattr(sender, "STORE_PAUSE", sender.STORE_PAUSE / 10)
    monkeypatch.setattr(sender, "BACKOFF", tuple(seconds / 10 for seconds in sender.BACKOFF))


@pytest.fixture
def file(sqlite_templates: dict[str, Path], tmp_path: Path, template: str) -> Path:
    """An SQLite database."""
    path = tmp_path / "stezhka.db"
    path.write_bytes(sqlite_templates[template].read_bytes())
    return path


def given_up() -> float:
    """Updates the bot has given up in this process."""
    return REGISTRY.get_sample_value("stezhka_updates_poisoned_total") or 0.0


async def serving(at: Stage) -> None:
    """Waits until the bot has asked for updates."""
    await at.until(lambda: at.sandbox.cloud.updates.polled)


def nobody_answered(at: Stage, people: list[Person]) -> bool:
    """Whether Telegram still keeps an update of each, and none of them has heard anything."""
    return at.sandbox.pending == len(people) and not any(person.bot_messages for person in people)


async def everybody_answered(at: Stage, people: list[Person]) -> None:
    """Each has one screen; the bot sent no more messages than that and has nothing left to do."""
    await at.settled(30)
    assert all(at.live(person).markup.inline for person in people)
    assert sum(call.method == "sendMessage" for call in at.sandbox.calls) == len(people)
    assert await count(at.app.store, "seen_updates", "visits") == 2 * len(people)


@contextmanager
def another_writer(file: Path) -> Iterator[threading.Event]:
    """Another program holds SQLite's one write lock until the event is set."""
    held_now, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        held_now.set()
        let_go.wait(30)
        connection.execute("ROLLBACK")
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        held_now.wait(10)
        yield let_go
    finally:
        let_go.set()
        thread.join()


async def test_another_writer_for_some_seconds(file: Path, tmp_path: Path, clock: Hands) -> None:
    """An import holds the write lock: the bot waits for it, acknowledges nothing meanwhile, and then serves all."""
    async with stage(f"sqlite+aiosqlite:///{file}", tmp_path, clock) as at:
        await serving(at)
        people = [at.sandbox.person() for _ in range(PEOPLE)]
        with another_writer(file) as let_go:
            for person in people:
                person.send("/start")
            with pytest.raises(TimeoutError):
                await at.sandbox.wait(lambda _: not nobody_answered(at, people), 2)
            let_go.set()
        await everybody_answered(at, people)


async def test_another_writer_for_longer_than_patience(
    file: Path, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock outlasts the bot's patience again and again: each time the batch is left with Telegram and comes
    back; an exit of somebody who is here runs as soon as the lock is gone."""
    pragmas = tuple("busy_timeout=50" if "busy" in pragma else pragma for pragma in store_module._PRAGMAS)
    monkeypatch.setattr(store_module, "_PRAGMAS", pragmas)
    async with stage(f"sqlite+aiosqlite:///{file}", tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        polls = at.sandbox.switchboard.log.by_method
        with another_writer(file) as let_go:
            anna.press("Вихід")
            before = polls["getUpdates"]
            await at.until(lambda: polls["getUpdates"] >= before + 3)
            assert at.sandbox.pending == 1
            assert at.live(anna).markup.inline
            let_go.set()
        await at.settled()
        assert at.covered(at.live(anna))
        assert not any((await at.held(anna)).values())


class Disk:
    """A disk that is full whenever a test says so, or at every nth write."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        self.every = 0
        self.refused = 0
        self._writes = 0
        write = Store.write

        @asynccontextmanager
        async def guarded(store: Store) -> AsyncIterator[AsyncConnection]:
            self._writes += 1
            async with write(store) as connection:
                yield connection
                if self.full or (self.every and self._writes % self.every == 0):
                    self.refused += 1
                    raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

        monkeypatch.setattr(Store, "write", guarded)


async def test_a_full_disk(database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """No write succeeds for a while: no update is acknowledged, nobody hears anything half done, none is given up;
    with room again everybody is answered, once."""
    disk, poisoned = Disk(monkeypatch), given_up()
    async with stage(database_url, tmp_path, clock) as at:
        await serving(at)
        people = [at.sandbox.person() for _ in range(PEOPLE)]
        disk.full = True
        for person in people:
            person.send("/start")
        await at.until(lambda: disk.refused >= 3)
        assert nobody_answered(at, people)
        disk.full = False
        await everybody_answered(at, people)
        assert given_up() == poisoned


async def test_a_full_disk_while_a_first_message_is_sent(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The neutral shell is out and its id cannot be stored: no second one is sent however often that fails, and no
    content is shown before it is."""
    disk = Disk(monkeypatch)
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        anna.send("/start")
        await gate.arrived.wait()
        disk.full = True
        gate.release()
        await at.until(lambda: disk.refused >= 4)
        assert [message.text in SHELLS for message in anna.bot_messages] == [True]
        disk.full = False
        await everybody_answered(at, [anna])


async def test_every_third_write_fails(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ingest, the ids of new messages, the record of what is done: whichever write it hits, each update has its
    effect once."""
    disk, poisoned = Disk(monkeypatch), given_up()
    async with stage(database_url, tmp_path, clock) as at:
        crowd = Crowd(at.sandbox, *await knowledge(at.app.store), Random(5), PEOPLE)  # noqa: S311 (repeatable)
        disk.every = 3
        for _ in range(200):
            crowd.act()
            await at.sandbox.wait(lambda box: box.pending < 10, 20)
        await at.settled(60)
        disk.every = 0
        assert disk.refused >= 10
        assert await tallied(at.app.store) == crowd.counts
        assert [wrong for member in crowd.members if (wrong := crowd.wrong(member))] == []
        assert await held(crowd, at.app.store, at.app.keys) == []
        assert unanswered(crowd, at.sandbox) == []
        assert given_up() == poisoned


async def cut(url: str) -> int:
    """Ends every connection of the bot to PostgreSQL, except the one that holds its right to be alone."""
    admin = open_store(url)
    async with admin.write() as connection:
        query = text(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity a WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND NOT EXISTS "
            "(SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory')"
        )
        ended = (await connection.execute(query)).scalar_one()
    await admin.close()
    return int(ended)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_connections_are_cut_while_people_come(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """PostgreSQL ends the bot's connections over and over (a failover, an administrator): single updates and batches
    alike are kept by Telegram until they are written, and each has its effect once."""
    poisoned, ended = given_up(), 0
    async with stage(database_url, tmp_path, clock) as at:
        crowd = Crowd(at.sandbox, *await knowledge(at.app.store), Random(5), PEOPLE)  # noqa: S311 (repeatable)
        for number in range(150):
            crowd.act()
            if number % 10 == 0:
                await at.sandbox.wait(lambda box: box.pending < 5, 20)
                ended += await cut(database_url)
        await at.settled(60)
        assert ended >= 10
        assert await tallied(at.app.store) == crowd.counts
        assert [wrong for member in crowd.members if (wrong := crowd.wrong(member))] == []
        assert await held(crowd, at.app.store, at.app.keys) == []
        assert given_up() == poisoned
