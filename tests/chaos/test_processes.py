"""The bot as a process among others: who may run, how it ends, and what it says to whoever started it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from bot import polling
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from db.store import Store
from tests.chaos.process import START_SECONDS, TOKEN, Process, bot, environment, telegram
from tests.chaos.settled import count
from tests.conftest import Hands
from tests.stage import Stage, playing, settings

pytestmark = pytest.mark.processes


async def answered(process: Process, person: Person) -> None:
    """Waits until the person has one screen and nothing they typed is left."""

    def holds() -> bool:
        return [message.sender for message in person.messages] == ["bot"] and bool(person.messages[0].markup.inline)

    await process.until(holds)


def one_line(process: Process, begins: str) -> None:
    """What was said is one line for a person, beginning so; neither a traceback nor the token."""
    assert process.complaint.startswith(f"stezhka: {begins}"), process.words[-2000:]
    assert "\n" not in process.complaint
    assert TOKEN not in process.words


async def test_the_command_itself(tmp_path: Path) -> None:
    """`python -m bot.cli run`, from nothing: it serves, and ends with 0 when it is asked to."""
    root = str(Path(__file__).parents[2])
    async with telegram() as sandbox:
        told = environment(tmp_path, sandbox, f"sqlite+aiosqlite:///{tmp_path / 'stezhka.db'}") | {"PYTHONPATH": root}
        started = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.cli", "run", cwd=tmp_path, env=told)
        try:
            anna = sandbox.person()
            anna.send("/start")
            async with asyncio.timeout(START_SECONDS):
                while [message.sender for message in anna.messages] != ["bot"]:
                    await asyncio.sleep(0.02)
            started.terminate()
            assert await started.wait() == os.EX_OK
        finally:
            if started.returncode is None:
                started.kill()


async def test_two_processes_on_one_database(database_url: str, tmp_path: Path) -> None:
    """The second ends with exit code 1 and one line; the first goes on serving."""
    async with telegram() as sandbox, bot(tmp_path / "first", sandbox, database_url) as first:
        await first.serves()
        async with bot(tmp_path / "second", sandbox, database_url) as second:
            assert await second.code() == 1
            one_line(second, str(tmp_path) if database_url.startswith("sqlite") else "DATABASE_URL: another Stezhka")
        anna = sandbox.person()
        anna.send("/start")
        await answered(first, anna)
        assert await first.end(signal.SIGTERM) == 0
        async with bot(tmp_path / "second", sandbox, database_url) as second:
            await second.serves()


async def test_two_databases_and_one_token(
    sqlite_templates: dict[str, Path], tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newcomer with another database and our token gives up with one line; the incumbent is told 409, pauses, and
    goes on serving, whatever was pressed meanwhile."""
    monkeypatch.setattr(polling, "NEWCOMER_SECONDS", 0)  # the incumbent has been here for long
    monkeypatch.setattr(polling, "CONFLICT_PAUSE", 0.2)
    urls = []
    for name in ("incumbent", "newcomer"):
        file = tmp_path / f"{name}.db"
        file.write_bytes(sqlite_templates["filled"].read_bytes())
        urls.append(f"sqlite+aiosqlite:///{file}")
    sandbox = Sandbox(TOKEN, clock=clock)
    sandbox.limits = sandbox.limits.off()
    await sandbox.start()
    async with playing(sandbox, settings(urls[0], tmp_path, sandbox.url, telegram_rate=0), clock) as incumbent:
        anna = sandbox.person()
        await incumbent.arrive(anna)
        async with bot(tmp_path / "folder", sandbox, urls[1]) as newcomer:
            assert await newcomer.code() == 1
            one_line(newcomer, "BOT_TOKEN: another process already works with it")
        await incumbent.press(anna, "Так, можна читати")
        assert "Мені потрібна допомога" in incumbent.live(anna).labels
        await gone(incumbent, anna)
    await sandbox.stop()


async def gone(at: Stage, person: Person) -> None:
    """The person leaves, and is forgotten."""
    person.press("Вихід")
    await at.settled()
    assert not any((await at.held(person)).values())


async def test_sigterm_while_calls_are_in_flight(database_url: str, store: Store, tmp_path: Path) -> None:
    """A stop waits for the calls under way, records them, acknowledges what was handled and ends with 0, leaving
    nothing running; what had not been started is done by the next start."""
    async with telegram() as sandbox, bot(tmp_path / "bot", sandbox, database_url) as process:
        await process.serves()
        people = [sandbox.person() for _ in range(10)]
        gates = [sandbox.hold("editMessageText", person.chat_id) for person in people]
        for person in people:
            person.send("/start")
        await process.until(lambda: all(gate.arrived.is_set() for gate in gates))
        tree = [psutil.Process(process.pid), *process.children()]
        ending = asyncio.create_task(process.end(signal.SIGTERM))
        await process.says("stopping")
        assert not process.ended
        for gate in gates:
            gate.release()
        assert await ending == 0
        assert sandbox.pending == 0
        assert not any(each.is_running() for each in tree)
        assert all(person.bot_messages[0].markup.inline for person in people)
        assert await count(store, "outbox") <= len(people)  # the deletions that stood behind those edits
        assert process.complaint == ""
        calls = len(sandbox.calls)
        async with bot(tmp_path / "bot", sandbox, database_url) as again:
            for person in people:
                await answered(again, person)
        assert not [call for call in sandbox.calls[calls:] if call.method in ("sendMessage", "editMessageText")]


async def test_a_second_signal_while_draining_is_no_harm(database_url: str, tmp_path: Path) -> None:
    """Whoever presses Ctrl+C twice still gets a clean end."""
    async with telegram() as sandbox, bot(tmp_path / "bot", sandbox, database_url) as process:
        await process.serves()
        anna = sandbox.person()
        gate = sandbox.hold("editMessageText", anna.chat_id)
        anna.send("/start")
        await process.until(gate.arrived.is_set)
        psutil.Process(process.pid).send_signal(signal.SIGINT)
        await process.says("stopping")
        ending = asyncio.create_task(process.end(signal.SIGINT))
        gate.release()
        assert await ending == 0
        assert process.complaint == ""


async def test_a_wrong_token(database_url: str, tmp_path: Path) -> None:
    """Exit code 1 and a line that names the setting and what to do, and holds no token."""
    async with telegram() as sandbox, bot(tmp_path / "bot", sandbox, database_url, BOT_TOKEN="2:wrong_one") as process:
        assert await process.code() == 1
        one_line(process, "BOT_TOKEN: Telegram does not accept it")
        assert "wrong_one" not in process.words


async def test_telegram_is_away_at_first(database_url: str, tmp_path: Path) -> None:
    """Nobody listens at Telegram's address when the bot starts: it waits, says so in its log, and serves as soon as
    Telegram is there."""
    sandbox = Sandbox(TOKEN)
    sandbox.limits = sandbox.limits.off()
    await sandbox.start()
    port = int(sandbox.url.rpartition(":")[2])
    anna = sandbox.person()
    anna.send("/start")
    await sandbox.stop()
    async with bot(tmp_path / "bot", sandbox, database_url) as process:
        await process.until(lambda: process.words.count('"event": "telegram_unreachable"') >= 2)
        assert not process.ended
        await sandbox.start(port=port)
        await answered(process, anna)
        assert await process.end(signal.SIGTERM) == 0
        assert process.complaint == ""
    await sandbox.stop()


async def test_telegram_goes_away_and_comes_back(database_url: str, tmp_path: Path) -> None:
    """An outage in the middle of the day: what is pressed meanwhile is answered afterwards, an exit included."""
    sandbox = Sandbox(TOKEN)
    sandbox.limits = sandbox.limits.off()
    await sandbox.start()
    port = int(sandbox.url.rpartition(":")[2])
    anna, bohdan = sandbox.person(), sandbox.person()
    async with bot(tmp_path / "bot", sandbox, database_url) as process:
        for person in (anna, bohdan):
            person.send("/start")
            await answered(process, person)
        await sandbox.stop()
        await process.says("telegram_unreachable")
        anna.press("English")
        bohdan.press("Вихід") if "Вихід" in bohdan.messages[0].labels else bohdan.send("вихід")
        await sandbox.start(port=port)
        await process.until(
            lambda: any("safe to read" in message.text for message in anna.messages) or not sandbox.pending
        )
        await process.until(lambda: Stage.covered(bohdan.messages[0]) and len(bohdan.messages) == 1)
        assert await process.end(signal.SIGTERM) == 0
    await sandbox.stop()


async def test_a_setting_that_is_wrong(sqlite_templates: dict[str, Path], tmp_path: Path) -> None:
    """An unknown or malformed setting stops the start with its name before Telegram is asked anything."""
    assert sqlite_templates
    async with telegram() as sandbox:
        for name, value in (("BOT_TOKN", "x"), ("TELEGRAM_RATE", "fast"), ("HEALTH_PORT", "99999")):
            async with bot(tmp_path / "bot", sandbox, "sqlite+aiosqlite:///x.db", **{name: value}) as process:
                assert await process.code() == 1
                one_line(process, f"{name}: ")
        assert sandbox.calls == []
