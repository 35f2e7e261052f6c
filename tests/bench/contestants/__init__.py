"""Who is measured: each is its own process with the same environment, and meets the same load."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot to measure: what it is called, what it is, and how it is started."""

    name: str
    what: str
    command: tuple[str, ...]


FLOOR = Contestant(
    "floor",
    "bare aiohttp loop, canned answers, no memory",
    (sys.executable, "-m", "tests.bench.contestants.floor"),
)
STOCK = Contestant(
    "stock",
    "python-telegram-bot as it comes, SQLAlchemy ORM, SQLite",
    (sys.executable, "-m", "tests.bench.contestants.stock"),
)
OURS = Contestant(
    "ours",
    "stezhka run",
    (str(Path(sys.executable).parent / "stezhka"), "run"),
)
ONE_LINE = Contestant(
    "one line",
    "stezhka run with a single line for everything, first come first served",
    (sys.executable, "-m", "tests.bench.contestants.one_line"),
)
ALL = (FLOOR, STOCK, OURS)
