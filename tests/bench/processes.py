"""The processes of a bench: the Bot API and one contestant, started, measured from outside and always ended."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psutil

from tests.bench.contestants import Contestant

ROOT = Path(__file__).parents[2]
START_SECONDS = 40.0  # a bot that has not polled by then did not start; a machine may be busy
STOP_SECONDS = 10.0
_LOOK = 0.1  # seconds between two looks at a running pass


class DidNotStartError(Exception):
    """A contestant ended, or never polled; the message carries its last words."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process tree has used so far."""

    cpu: float  # seconds, user and system
    rss: int  # bytes

    @classmethod
    def of(cls, pid: int) -> Self:
        """Of the process, its children, and the children it has already waited for."""
        cpu, rss = 0.0, 0
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            times = process.cpu_times()
            cpu += times.user + times.system + times.children_user + times.children_system
            rss += process.memory_info().rss
        return cls(cpu, rss)


def machine_busy() -> float:
    """Seconds all cores together have been busy since the machine started."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)


class Api:
    """The Bot API's process and the line to it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.pid = process.pid
        self.port = int(process.stdout.readline())
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def tell(self, order: str, **told: object) -> dict[str, Any]:
        """One of the bench's own calls; gives the state after it."""
        self._line.request("POST", f"/bench/{order}", json.dumps(told))
        state: dict[str, Any] = json.loads(self._line.getresponse().read())
        return state

    def finish(self, order: str, **told: object) -> dict[str, Any]:
        """Runs a pass to its end; the load itself sees to it that there is one."""
        state = self.tell(order, **told)
        while not state["over"]:
            time.sleep(_LOOK)
            state = self.tell("state")
        return state


@contextmanager
def api(tour: tuple[str, ...]) -> Iterator[Api]:
    """A Bot API on a free port of the loopback."""
    with _served("tests.bench.fast_api", "--tour", *tour) as line:
        yield line


@contextmanager
def throttled_api() -> Iterator[Api]:
    """The same with Telegram's limits and bad days."""
    with _served("tests.bench.throttled") as line:
        yield line


@contextmanager
def desk_api(*, limited: bool = False) -> Iterator[Api]:
    """A Bot API with a desk's visitors and operators; with Telegram's limits, or without."""
    with _served("tests.bench.desk_api", *(["--limited"] if limited else [])) as line:
        yield line


@contextmanager
def _served(module: str, *words: str) -> Iterator[Api]:
    command = [sys.executable, "-m", module, *words]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        try:
            yield Api(process)
        finally:
            process.kill()


@contextmanager
def contestant(of: Contestant, line: Api, folder: Path, **settings: str) -> Iterator[tuple[int, float]]:
    """A contestant that polls: its process id and the seconds from its start to its first getUpdates.

    `settings` change or add to the usual ones. Raises DidNotStartError. What it writes goes to `folder`/log.
    """
    line.tell("await")
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": "4200:bench_token_of_nobody",
        "TELEGRAM_API_BASE": f"http://127.0.0.1:{line.port}",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/stezhka.db",
        "TELEGRAM_RATE": "0",
        "HEALTH_PORT": "0",
        "LOG_LEVEL": "WARNING",
    } | settings
    with (folder / "log").open("ab") as log:
        started = time.monotonic()
        process = subprocess.Popen(of.command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield process.pid, _first_poll(of, process, line, folder) - started
    finally:
        _end(process)


def _first_poll(of: Contestant, process: subprocess.Popen[bytes], line: Api, folder: Path) -> float:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if (polled := line.tell("state")["first_poll"]) is not None:
            return float(polled)
        if process.poll() is not None:
            break
        time.sleep(_LOOK)
    raise DidNotStartError(f"{of.name} did not start: {_last_words((folder / 'log').read_text(errors='replace'))}")


def _last_words(log: str) -> str:
    """The line that says what went wrong: the last error named at a line's beginning, else the last line."""
    lines = log.strip().splitlines() or ["it said nothing"]
    errors = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
    return (errors or lines)[-1][:300]


def _end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, then SIGKILL for whatever of the tree is left."""
    try:
        tree = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        tree = []
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in tree:
        if child.is_running():
            child.kill()
