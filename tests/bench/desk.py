"""A desk under load: a thousand people ask at once and a hundred operators race; words by the hundred a second, on
good days and bad ones; and how many conversations it carries within Telegram's limits.

Everything is checked twice: on the phones, and afterwards in the database, where each case was claimed once and each
word stands once and in its order.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sender import EXITS_IN_FLIGHT, IN_FLIGHT
from tests.bench import desk_house
from tests.bench.contestants import OURS, Contestant
from tests.bench.figures import percentile
from tests.bench.processes import Api, DidNotStartError, Usage, contestant, desk_api
from tests.bench.report import Goal, Outcome, milliseconds
from tests.bench.seeded import SECRET

VISITORS, OPERATORS = 1_000, 100
GRABBED = 20  # cards that all operators tap at once
RATE, SECONDS = 300.0, 5.0  # words a second: more than a core takes, so it is seen how many it does
STEADY_RATE, STEADY_SECONDS = 60.0, 15.0  # as many as it takes without a queue
BAD_RATE, BAD_SECONDS = 20.0, 45.0
REFUSED, FAILED = 0.05, 0.05
KILLS = (5.0, 12.0, 19.0)  # seconds after the beginning
LOCKED = 10.0  # seconds
TALKS, EVERY, TALK_SECONDS = 60, 30.0, 60.0
SET_UP = 120.0
WAIT_GOAL = 0.250


@dataclass
class Played:
    """One part: what the phones told, what the books say, what it cost."""

    state: dict[str, Any]
    cpu: float
    load: float  # of the machine, over a minute
    claimed: int = 0
    twice: int = 0
    in_order: bool | None = None  # the claims; None where nobody raced
    missing: int = 0
    scrambled: int = 0
    taken: list[str] = field(default_factory=list)  # names of cases in the order of the claims

    @property
    def waits(self) -> tuple[float, float]:
        """p50 and p99, seconds from a visitor's word to the operator's screen."""
        return percentile(self.state["waits"], 50), percentile(self.state["waits"], 99)

    @property
    def repeated(self) -> int:
        """Calls that said again what had been said."""
        return sum(self.state["repeated"].values())

    @property
    def lost(self) -> int:
        """Words that are in no book, or never were on the operator's screen; cases nobody has claimed."""
        return self.missing + int(self.state["missing"])


def bench(contestants: Sequence[Contestant]) -> Outcome:
    """The figures of issue C, "Speed and load"."""
    heads = ("", "race", f"{RATE:g}/s", f"{STEADY_RATE:g}/s", "bad day", "limits on")
    title = f"A desk: {VISITORS:,} ask, {OPERATORS} race; {RATE:g} words/s; faults; limits"
    if OURS not in contestants:
        return Outcome(title, heads, ())
    try:
        parts = (race(), words(), words(STEADY_RATE, STEADY_SECONDS), bad_day(), limits())
    except DidNotStartError as fault:
        return Outcome(title, heads, (), troubles=(str(fault),))
    rows = tuple((name, *(tell(part) for part in parts)) for name, tell in _ROWS)
    return Outcome(title, heads, rows, goals=_goals(*parts), lost=sum(part.lost for part in parts))


_ROWS: tuple[tuple[str, Callable[[Played], str]], ...] = (
    ("cases claimed", lambda of: f"{of.claimed:,}"),
    ("claimed twice", lambda of: f"{of.twice}"),
    ("in the order of the queue", lambda of: "" if of.in_order is None else "yes" if of.in_order else "NO"),
    ("words in", lambda of: f"{of.state['said']:,}"),
    (
        "words a second, until the last one was seen",
        lambda of: f"{of.state['said'] / of.state['took']:.0f}" if of.state["said"] else "",
    ),
    ("visitor to operator: p50 / p99 ms", lambda of: milliseconds(of.waits) if of.state["said"] else ""),
    ("asked to told so: p50 / p99 ms", lambda of: milliseconds(_pair(of.state["asking"]))),
    ("lost", lambda of: f"{of.lost}"),
    ("out of order or at the wrong desk", lambda of: f"{of.scrambled + of.state['scrambled'] + of.state['mixed']}"),
    ("calls", lambda of: f"{sum(of.state['calls'].values()):,}"),
    ("refused or failed calls", lambda of: f"{sum(of.state['refused'].values()):,}"),
    ("repeated calls", lambda of: f"{of.repeated:,}"),
    ("took, s", lambda of: f"{of.state['took']:.1f}"),
    ("CPU, s", lambda of: f"{of.cpu:.1f}"),
    ("the machine's load meanwhile", lambda of: f"{of.load:.1f}"),
)


def _goals(raced: Played, said: Played, steady: Played, bad: Played, limited: Played) -> tuple[Goal, ...]:
    most = len(KILLS) * (IN_FLIGHT + EXITS_IN_FLIGHT) + bad.state["refused"].get("502 done", 0)
    once = raced.claimed == VISITORS and not raced.twice and bool(raced.in_order)
    return (
        Goal("every case claimed once, in order", f"{raced.claimed:,}, {raced.twice} twice", met=once),
        Goal(f"{RATE:g} words/s: nothing lost", f"{said.lost} lost", met=not said.lost),
        *(
            Goal(f"{rate:g} words/s: within 250 ms, p99", milliseconds(of.waits), met=of.waits[1] < WAIT_GOAL)
            for rate, of in ((RATE, said), (STEADY_RATE, steady))
        ),
        Goal("bad day: nothing lost", f"{bad.lost} lost", met=not bad.lost),
        Goal("bad day: repeats at most the calls in flight", f"{bad.repeated} of {most}", met=bad.repeated <= most),
        Goal(
            f"limits on, {TALKS} conversations: within 1 s, p99", milliseconds(limited.waits), met=limited.waits[1] < 1
        ),
    )


def race(visitors: int = VISITORS, operators: int = OPERATORS, seconds: float = 240.0) -> Played:
    """All ask at once; then all operators tap the same cards; then each takes, closes and takes the next."""
    with _house(visitors, operators) as (line, folder), _bot(line, folder) as pid:
        line.finish("people", visitors=visitors, operators=operators, seconds=SET_UP)
        before, began = Usage.of(pid).cpu, time.monotonic()
        asked = line.finish("ask", seconds=SET_UP)
        books = desk_house.read(folder)
        order, ids = books.in_order, {one.code: one.id for one in books.cases}
        line.finish("grab", cases=[ids[code] for code in order[:GRABBED]], seconds=SET_UP)
        grabbed = desk_house.read(folder).taken
        state = line.finish("race", seconds=seconds)
        state |= {"asking": asked["asking"], "took": time.monotonic() - began}
        played = _played(state, Usage.of(pid).cpu - before, folder)
        rest = [code for code in order if code not in set(grabbed)]
        played.in_order = (
            len(order) == visitors and played.taken[len(grabbed) :] == rest and set(grabbed) == set(order[:GRABBED])
        )
        return played


def words(rate: float = RATE, seconds: float = SECONDS, people: int = OPERATORS) -> Played:
    """So many conversations, and so many words a second from their visitors, as fast as they come."""
    with _conversations(people) as (line, folder, pid):
        line.finish("words", seconds=2.0, rate=10.0)  # what is read and compiled once is not what is measured
        before = Usage.of(pid).cpu
        state = line.finish("words", seconds=seconds, rate=rate, rest=60.0)
        return _played(state, Usage.of(pid).cpu - before, folder)


def bad_day(people: int = OPERATORS) -> Played:
    """Words while calls are refused and fail and Telegram takes 30 a second, while the bot, which does not know its
    limits, is killed three times and its database is locked."""
    with _house(people, people) as (line, folder):
        with _bot(line, folder) as pid:
            _in_conversation(line, people)
            began = time.monotonic()
            told = {"seconds": BAD_SECONDS, "rate": BAD_RATE, "refuse": REFUSED, "fails": FAILED, "rest": 90.0}
            line.tell("words", **told)
            _kill_at(pid, began + KILLS[0])
        for at in KILLS[1:]:
            with _bot(line, folder) as pid:
                _kill_at(pid, max(began + at, time.monotonic() + 2))
        with _bot(line, folder) as pid:
            before = Usage.of(pid).cpu
            with _locked(folder):
                time.sleep(LOCKED)
            state = line.tell("state")
            while not state["over"]:
                time.sleep(0.1)
                state = line.tell("state")
            return _played(state, Usage.of(pid).cpu - before, folder)


def limits(people: int = TALKS, every: float = EVERY, seconds: float = TALK_SECONDS) -> Played:
    """Conversations at a natural pace within Telegram's limits: everybody writes once in `every` seconds, is answered
    half-way, and opens the answer."""
    with _house(people, people, limited=True) as (line, folder):
        with _bot(line, folder) as pid:  # asking and taking are no part of it
            _in_conversation(line, people)
        with _bot(line, folder, TELEGRAM_RATE="30") as pid:
            before = Usage.of(pid).cpu
            state = line.finish("words", seconds=seconds, every=every, rest=every)
            return _played(state, Usage.of(pid).cpu - before, folder)


def _pair(values: list[float]) -> tuple[float, float]:
    return percentile(values, 50), percentile(values, 99)


def _played(state: dict[str, Any], cpu: float, folder: Path) -> Played:
    books = desk_house.read(folder)
    missing, scrambled = books.faults()
    claims = books.claims
    twice = sum(count > 1 for count in claims.values())
    return Played(
        state, cpu, os.getloadavg()[0], len(claims), twice,
        missing=missing, scrambled=scrambled, taken=books.taken,
    )  # fmt: skip


@contextmanager
def _house(visitors: int, operators: int, *, limited: bool = False) -> Iterator[tuple[Api, Path]]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name, desk_api(limited=limited) as line:
        desk_house.furnish(Path(name), operators)
        yield line, Path(name)


@contextmanager
def _bot(line: Api, folder: Path, **settings: str) -> Iterator[int]:
    with contestant(OURS, line, folder, SECRET_KEY=SECRET, **settings) as (pid, _):
        yield pid


@contextmanager
def _conversations(people: int) -> Iterator[tuple[Api, Path, int]]:
    with _house(people, people) as (line, folder), _bot(line, folder) as pid:
        _in_conversation(line, people)
        yield line, folder, pid


def _in_conversation(line: Api, people: int) -> None:
    """Everybody has asked, and every operator has one of them."""
    line.finish("people", visitors=people, operators=people, seconds=SET_UP)
    line.finish("ask", seconds=SET_UP)
    line.finish("race", seconds=SET_UP, racing=False)


def _kill_at(pid: int, at: float) -> None:
    time.sleep(max(0.0, at - time.monotonic()))
    os.kill(pid, signal.SIGKILL)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Another program holds the database's one write lock."""
    connection = sqlite3.connect(folder / "stezhka.db", isolation_level=None, timeout=30)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
