"""The bot as a process of its own, as a deployment runs it: started, signalled, killed, and heard out."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from bot.cli import main
from bot.sandbox.server import Sandbox

# Half of a start is the reading of libraries, and there are more than a hundred: each is forked from a process that has
# read them and done nothing else. `test_processes` starts the command itself, too.
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["bot.app", "bot.cli.commands", "bot.cli.run", "bot.sandbox.server", "psutil"])
TOKEN = "1:stage"
SECRET = "not-a-secret-not-a-secret-not-a-secret"
START_SECONDS = 40.0  # a machine may be busy; a start takes about one
END_SECONDS = 30.0


def environment(folder: Path, sandbox: Sandbox, database_url: str) -> dict[str, str]:
    """Settings of a bot behind a sandbox, with its keys in a folder."""
    return {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": TOKEN,
        "SECRET_KEY": SECRET,
        "TELEGRAM_API_BASE": sandbox.url,
        "DATABASE_URL": database_url,
        "KEYS_DIR": str(folder / "keys"),
        "HEALTH_PORT": "0",
        "TELEGRAM_RATE": "0",
    }


def run(folder: Path, told: Mapping[str, str], log: Path) -> None:
    """`stezhka run` in this process, from here on."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(told)
    with log.open("ab") as writing:
        os.dup2(writing.fileno(), 1)
        os.dup2(writing.fileno(), 2)
    sys.argv = ["stezhka", "run"]
    main()


class EndedError(Exception):
    """A process that should serve has ended; the message carries its last words."""


class Process:
    """One start of the bot. What it writes goes to a file."""

    def __init__(self, folder: Path, sandbox: Sandbox, database_url: str, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "log"
        self.sandbox = sandbox
        self._polls = self._polled()
        told = environment(folder, sandbox, database_url) | settings
        self.log.touch()
        self._from = self.log.stat().st_size
        self._forked = FORKED.Process(target=run, args=(folder, told, self.log))
        self._forked.start()
        assert self._forked.pid
        self.pid = self._forked.pid

    def _polled(self) -> int:
        return self.sandbox.switchboard.log.by_method["getUpdates"]

    @property
    def words(self) -> str:
        """What this start has written so far."""
        return self.log.read_bytes()[self._from :].decode(errors="replace")

    @property
    def complaint(self) -> str:
        """What is written for a person, without the log's own lines."""
        return "\n".join(line for line in self.words.splitlines() if not line.startswith("{"))

    @property
    def ended(self) -> bool:
        """Whether it is gone."""
        return self._forked.exitcode is not None

    async def serves(self) -> None:
        """Returns once it has asked for updates. Raises EndedError when it ends instead."""
        await self.until(lambda: self._polled() > self._polls)

    async def until(self, holds: object, seconds: float = START_SECONDS) -> None:
        """Waits until something holds; fails when it does not, or when the process ends first."""
        assert callable(holds)
        async with asyncio.timeout(seconds):
            while not holds():
                if self.ended:
                    raise EndedError(f"exit code {self._forked.exitcode}: {self.words[-500:]}")
                await asyncio.sleep(0.005)

    async def says(self, event: str) -> None:
        """Returns once it has logged an event."""
        await self.until(lambda: f'"event": "{event}"' in self.words)

    async def end(self, name: signal.Signals) -> int:
        """Sends a signal; the exit code."""
        os.kill(self.pid, name)
        return await self.code()

    async def code(self) -> int:
        """Its exit code, once it has ended."""
        await asyncio.to_thread(self._forked.join, END_SECONDS)
        assert self._forked.exitcode is not None, "it does not end"
        return self._forked.exitcode

    def children(self) -> list[psutil.Process]:
        """Processes it has started."""
        return list(psutil.Process(self.pid).children(recursive=True))

    async def put_away(self) -> None:
        """Ends it, whatever state it is in."""
        if not self.ended:
            self._forked.kill()
        await self.code()


@asynccontextmanager
async def bot(folder: Path, sandbox: Sandbox, database_url: str, **settings: str) -> AsyncIterator[Process]:
    """A process that is gone afterwards, come what may."""
    process = Process(folder, sandbox, database_url, **settings)
    try:
        yield process
    finally:
        await process.put_away()


@asynccontextmanager
async def telegram() -> AsyncIterator[Sandbox]:
    """A Telegram without limits, on real time."""
    sandbox = Sandbox(TOKEN)
    sandbox.limits = sandbox.limits.off()
    await sandbox.start()
    try:
        yield sandbox
    finally:
        await sandbox.stop()
