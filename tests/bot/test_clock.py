"""The clock only ticks: a tick that fails comes again, and none of them ever speaks first."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import clock as clock_module
from bot.clock import Clock
from bot.logs import configure
from db.store import Store
from tests.conftest import Hands
from tests.stage import Stage, stage


@pytest.fixture
def template() -> str:
    """Whole visits need the directory."""
    return "filled"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the bot logs."""
    stream = io.StringIO()
    configure("INFO", stream)
    yield stream
    configure("INFO")


def hurry(at: Stage) -> None:
    """Every tick fifty times a second instead of every few seconds or minutes."""
    for job in at.app.clock._scheduler.get_jobs():
        job.reschedule("interval", seconds=0.02)


async def ticking(at: Stage) -> None:
    """Waits until the clock has begun, then hurries it."""
    await at.until(lambda: at.app.clock._scheduler.running)
    hurry(at)


def events(log: io.StringIO, name: str) -> list[dict[str, str]]:
    """The log lines of one event."""
    return [line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == name]


async def test_a_failing_tick_is_logged_and_comes_again(
    database_url: str, tmp_path: Path, clock: Hands, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away for two ticks: the log names tick and fault, nothing else; the third tick does its work."""
    failures = [OperationalError("PRAGMA", {}, Exception("a chat 4242")), OSError("a chat 4242")]
    done = asyncio.Event()
    truncate = Store.truncate_wal

    async def away(store: Store) -> bool:
        if failures:
            raise failures.pop()
        done.set()
        return await truncate(store)

    monkeypatch.setattr(Store, "truncate_wal", away)
    async with stage(database_url, tmp_path, clock) as at:
        await ticking(at)
        await asyncio.wait_for(done.wait(), 10)
    failed = events(log, "tick_failed")
    assert [(line["tick"], line["fault"]) for line in failed] == [("dry", "OSError"), ("dry", "OperationalError")]
    assert "4242" not in log.getvalue()


async def test_every_tick_is_on_the_clock(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fade, purge, dry and renew all run by themselves, again and again."""
    seen = dict.fromkeys(("fade", "purge", "dry", "renew"), 0)
    for name in seen:

        async def tick(_: Clock, name: str = name) -> int:
            seen[name] += 1
            return 0

        monkeypatch.setattr(Clock, name, tick)
    async with stage(database_url, tmp_path, clock) as at:
        await ticking(at)
        before = dict(seen)
        await at.until(lambda: all(seen[name] >= before[name] + 3 for name in seen))
    after = dict(seen)
    await asyncio.sleep(0)
    assert seen == after


async def test_a_stopped_clock_does_not_tick(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the stop nothing runs behind anybody's back; stopping twice does no harm."""
    ticked = asyncio.Event()

    async def tick(_: Clock) -> None:
        ticked.set()

    monkeypatch.setattr(Clock, "renew", tick)
    async with stage(database_url, tmp_path, clock) as at:
        await ticking(at)
        await asyncio.wait_for(ticked.wait(), 10)
        await at.app.clock.stop()
        await at.app.clock.stop()
        await asyncio.sleep(0)
        ticked.clear()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ticked.wait(), 0.1)


async def test_a_tick_under_way_comes_to_its_end(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stop waits for it: cancelled inside a statement it would leave a connection that nobody can close."""
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def tick(self: Clock) -> None:
        begun.set()
        async with self._store.read() as connection:
            await go_on.wait()
            await connection.execute(text("SELECT 1"))
        ended.set()

    monkeypatch.setattr(Clock, "renew", tick)
    async with stage(database_url, tmp_path, clock) as at:
        await ticking(at)
        await asyncio.wait_for(begun.wait(), 10)
        stopping = asyncio.create_task(at.app.clock.stop())
        await asyncio.sleep(0.05)
        assert not stopping.done()
        go_on.set()
        await asyncio.wait_for(stopping, 10)
        assert ended.is_set()


async def test_the_wal_is_emptied_after_an_exit_and_only_then(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a tick of an exit no old page is left in the WAL; without an exit the disk is left alone, but for the
    first tick: a crash may have come between an exit and its tick."""
    truncated = 0
    truncate = Store.truncate_wal

    async def counted(store: Store) -> bool:
        nonlocal truncated
        truncated += 1
        return await truncate(store)

    monkeypatch.setattr(Store, "truncate_wal", counted)
    monkeypatch.setattr(clock_module, "DRY_SECONDS", 3600)
    async with stage(database_url, tmp_path, clock) as at:
        await at.app.clock.dry()
        assert truncated == 1
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.app.clock.dry()
        assert truncated == 1
        await at.press(anna, "Вихід")
        await at.app.clock.dry()
        await at.app.clock.dry()
        assert truncated == 2
        wal = tmp_path / "stezhka.db-wal"
        assert not at.app.store.embedded or wal.stat().st_size == 0


async def test_a_tick_in_the_middle_of_an_exit_does_not_count_as_its_own(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an exit leaves to be deleted is deleted a moment after its last call. A tick within that moment comes too
    early: it is the next one that empties the WAL of it."""
    monkeypatch.setattr(clock_module, "DRY_SECONDS", 3600)
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        anna.press("Вихід")
        await at.until(lambda: at.app.sender._settled)
        await at.app.clock.dry()
        await at.settled()
        await at.app.clock.dry()
        wal = tmp_path / "stezhka.db-wal"
        assert not at.app.store.embedded or wal.stat().st_size == 0


async def test_who_reads_keeps_the_wal_only_until_the_next_tick(
    sqlite_templates: dict[str, Path], tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that began before the exit reads on and keeps the WAL from being emptied; a tick after its end does
    it."""
    path = tmp_path / "stezhka.db"
    path.write_bytes(sqlite_templates["filled"].read_bytes())
    monkeypatch.setattr(clock_module, "DRY_SECONDS", 3600)
    async with stage(f"sqlite+aiosqlite:///{path}", tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        wal = tmp_path / "stezhka.db-wal"
        with closing(sqlite3.connect(path, isolation_level=None)) as export:
            export.execute("BEGIN")
            export.execute("SELECT * FROM services").fetchone()
            await at.press(anna, "Вихід")
            await at.app.clock.dry()
            assert wal.stat().st_size > 0
        await at.app.clock.dry()
        assert wal.stat().st_size == 0


async def test_a_busy_sender_puts_the_fade_off(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """While two hundred rows wait for people who are here, no idle visit is faded; afterwards it is."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        clock.move(minutes=31)
        at.app.sender.lines.waiting += 200
        assert await at.app.clock.fade() == 0
        at.app.sender.lines.waiting -= 200
        assert await at.app.clock.fade() == 1
        await at.settled()
        assert len(anna.lock_screen) == 1


async def test_fading_speaks_to_nobody(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The end of a visit is a silent edit and deletions: no message is sent, whoever is there."""
    async with stage(database_url, tmp_path, clock) as at:
        people = [at.sandbox.person() for _ in range(5)]
        for person in people:
            await at.arrive(person)
        sent = len([call for call in at.sandbox.calls if call.method == "sendMessage"])
        clock.move(minutes=31)
        assert await at.app.clock.fade() == len(people)
        await at.settled()
        assert len([call for call in at.sandbox.calls if call.method == "sendMessage"]) == sent
        assert all(at.covered(at.live(person)) for person in people)
