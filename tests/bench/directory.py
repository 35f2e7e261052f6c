"""A big directory: a search among 100,000 services, and 10,000 rows brought in while visitors leave."""

from __future__ import annotations

import gc
import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from db.directory.directory import Directory
from db.directory.service import KINDS
from db.exchange.gazetteer import Gazetteer
from db.exchange.workbook import xlsx_bytes
from db.exchange.writing import csv_bytes
from tests.bench import made_up
from tests.bench.contestants import OURS, Contestant
from tests.bench.figures import measure, percentile
from tests.bench.processes import ROOT, Api, DidNotStartError, Usage, api, contestant, machine_busy
from tests.bench.report import Goal, Outcome, megabytes, milliseconds
from tests.bench.taps import FIRST_CHAT

SERVICES, SEARCHES = 100_000, 3_000
LOOKS = 3  # at each of them; the quickest counts, because nothing is kept between them and other work disturbs
SEARCH_GOAL = 0.005  # seconds, p99
ROWS = 10_000
SECONDS_GOAL, RSS_GOAL = 30.0, 300e6  # of the import
LEAVING = ("1/exit",)  # a visitor leaves, comes back by an old button, leaves …
VISITORS, VISIT_SECONDS = 200, 30.0
RATE, PASS_SECONDS, ALONE = 40.0, 4.0, 5  # exits a second, for so long, so often
TWICE = 2.0
LEAST = 0.010  # seconds: below it a doubled wait is the machine's breath and nobody's


@dataclass(frozen=True, slots=True)
class Brought:
    """One import as its own process."""

    seconds: float
    rss: float  # bytes, at the most
    code: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """Visitors who left at a steady rate: how long each waited for the edit, in seconds."""

    waits: list[float]
    lost: int
    others: float  # cores that anything but the bot and the API kept busy, the import included

    @property
    def patience(self) -> tuple[float, float]:
        """p50 and p99."""
        return percentile(self.waits, 50), percentile(self.waits, 99)


def bench(contestants: Sequence[Contestant]) -> Outcome:
    """The figures of issue A2, "Speed"."""
    title, heads = "A big directory", ("", "ours")
    if OURS not in contestants:
        return Outcome(title, heads, ())
    search = _search()
    rows = [(f"search among {SERVICES:,}: p50 / p99 ms", milliseconds(search))]
    goals = [Goal("search p99 under 5 ms", f"{1000 * search[1]:.1f} ms", met=search[1] < SEARCH_GOAL)]
    lost = 0
    troubles: list[str] = []
    for form in ("csv", "xlsx"):
        try:
            with api(LEAVING) as line, tempfile.TemporaryDirectory(prefix="bench-") as folder:
                alone, meanwhile, brought = _import(line, Path(folder), form)
        except DidNotStartError as fault:
            troubles.append(str(fault))
            continue
        if brought.code:
            troubles.append(f"{form}: the import ended with {brought.code}")
        rows += _rows(form, alone, meanwhile, brought)
        goals += _goals(form, alone, meanwhile, brought)
        lost += alone.lost + meanwhile.lost
    return Outcome(title, heads, tuple(rows), tuple(goals), lost, tuple(troubles))


def _search() -> tuple[float, float]:
    """p50 and p99 of `Directory.search` for one kind, where people live, in a warm process."""
    directory = Directory(made_up.services(SERVICES))
    gc.collect()
    gc.freeze()  # as a running bot does with a directory of this size
    random = Random(3)  # noqa: S311 (a bench, not a secret)
    asked = [
        (frozenset({random.choice(KINDS)}), replace(town, lat=town.lat + random.uniform(-0.05, 0.05)))
        for town in made_up.by_people(SEARCHES, random)
    ]
    took = []
    for kinds, place in asked:
        looks = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            directory.search(kinds, place)
            looks.append(time.perf_counter() - began)
        took.append(min(looks))
    gc.unfreeze()
    return percentile(took, 50), percentile(took, 99)


def _import(line: Api, folder: Path, form: str) -> tuple[Leaving, Leaving, Brought]:
    """Visitors leave and come back: first alone, then for as long as a file is brought in and read by the bot."""
    file = folder / f"rows.{form}"
    gazetteer = Gazetteer(made_up.gazetteer())
    content = csv_bytes if form == "csv" else xlsx_bytes
    file.write_bytes(content(made_up.services(ROWS), gazetteer, "uk"))
    with contestant(OURS, line, folder) as (pid, _):
        measure(line, pid, "visit", first=FIRST_CHAT, count=VISITORS, at_once=VISITORS, seconds=VISIT_SECONDS)
        alone = _leaving(line, pid, range(ALONE))
        began = time.monotonic()
        process = _start(folder, file)
        meanwhile = _leaving(line, pid, _while_running(process.pid))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = _taken(folder, began)
    return alone, meanwhile, Brought(seconds, used.ru_maxrss * 1024, process.returncode)


def _leaving(line: Api, pid: int, passes: Iterable[object]) -> Leaving:
    """Passes of a few seconds as one."""
    began, busy, own = time.monotonic(), machine_busy(), Usage.of(pid).cpu + Usage.of(line.pid).cpu
    states = [line.finish("steady", rate=RATE, seconds=PASS_SECONDS) for _ in passes]
    others = machine_busy() - busy - (Usage.of(pid).cpu + Usage.of(line.pid).cpu - own)
    return Leaving(
        waits=[wait for state in states for wait in state["patience"]],
        lost=sum(state["lost"] for state in states),
        others=max(0.0, others) / (time.monotonic() - began),
    )


def _while_running(pid: int) -> Iterator[None]:
    """As long as the import runs, and once more: the bot reads the directory anew."""
    running = True
    while running:
        running = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        yield


def _start(folder: Path, file: Path) -> subprocess.Popen[bytes]:
    """The import as its own process; its last word is written down with the time, because the bench is busy then."""
    command = [OURS.command[0], "directory", "import", file.name, "--yes", "--lang", "en"]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/stezhka.db",
    }
    with (folder / "import.log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def _taken(folder: Path, began: float) -> float:
    """Seconds until the import's last word."""
    last_word = (folder / "import.log").stat().st_mtime
    return last_word - (time.time() - (time.monotonic() - began))


def _rows(form: str, alone: Leaving, meanwhile: Leaving, brought: Brought) -> list[tuple[str, str]]:
    return [
        (f"{form}, {ROWS:,} rows: s", f"{brought.seconds:.1f}"),
        (f"{form}: RSS at the most, MB", megabytes(brought.rss)),
        (f"{form}: exits alone, p50 / p99 ms, tap to edit", milliseconds(alone.patience)),
        (f"{form}: exits meanwhile, p50 / p99 ms, tap to edit", milliseconds(meanwhile.patience)),
        (
            f"{form}: other work alone / meanwhile, import included, cores",
            f"{alone.others:.2f} / {meanwhile.others:.2f}",
        ),
        (f"{form}: lost", f"{alone.lost + meanwhile.lost:,}"),
    ]


def _goals(form: str, alone: Leaving, meanwhile: Leaving, brought: Brought) -> list[Goal]:
    times = meanwhile.patience[1] / max(alone.patience[1], LEAST)
    return [
        Goal(
            f"{ROWS:,} rows of {form} in 30 s and 300 MB",
            f"{brought.seconds:.1f} s, {megabytes(brought.rss)} MB",
            met=brought.seconds < SECONDS_GOAL and brought.rss < RSS_GOAL and not brought.code,
        ),
        Goal(f"{form}: exit p99 not doubled meanwhile", f"{times:.1f} ×", met=times < TWICE),
    ]
