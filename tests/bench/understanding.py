"""Understanding in a warm process: how long a query takes, how soon the indexes are ready, what they weigh.

A process of its own, because memory that another bench gave back would hide what the index takes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

import psutil

from tests.bench.contestants import OURS, Contestant
from tests.bench.figures import percentile
from tests.bench.report import Goal, Outcome, megabytes, milliseconds
from tests.understanding import sets

QUERY_GOAL, READY_GOAL, RSS_GOAL = 0.003, 0.3, 60e6  # seconds p99, seconds, bytes added
ROUNDS = 5  # of every text of the tuning sets


@dataclass(frozen=True, slots=True)
class Understood:
    """What one process measured; times in seconds, p50 and p99."""

    where: tuple[float, float]
    meaning: tuple[float, float]
    ready: float
    rss: float
    queries: int


def bench(contestants: Sequence[Contestant]) -> Outcome:
    """The figures of issue D, "Speed and size"."""
    title, heads = "Understanding", ("", "ours")
    if OURS not in contestants:
        return Outcome(title, heads, ())
    with get_context("spawn").Pool(1) as pool:
        found = pool.apply(_measured)
    rows = (
        (f"where, {found.queries:,} queries: p50 / p99 ms", milliseconds(found.where)),
        (f"understand, {found.queries:,} queries: p50 / p99 ms", milliseconds(found.meaning)),
        ("indexes ready, ms", f"{1000 * found.ready:,.0f}"),
        ("memory added, MB", megabytes(found.rss)),
    )
    slowest = max(found.where[1], found.meaning[1])
    goals = (
        Goal("a query p99 under 3 ms", f"{1000 * slowest:.1f} ms", met=slowest < QUERY_GOAL),
        Goal("indexes ready within 300 ms", f"{1000 * found.ready:.0f} ms", met=found.ready < READY_GOAL),
        Goal("less than 60 MB added", f"{megabytes(found.rss)} MB", met=found.rss < RSS_GOAL),
    )
    return Outcome(title, heads, rows, goals)


def _measured() -> Understood:
    gc.collect()
    bare = psutil.Process().memory_info().rss
    import numpy as np  # noqa: F401, PLC0415 (the gazetteer brings it too; it is there for understanding)

    numpy = psutil.Process().memory_info().rss - bare
    from db.places.places import Places  # noqa: PLC0415 (the gazetteer is there before understanding is)
    from db.places.starting import starting_places  # noqa: PLC0415

    places = Places(starting_places())
    gc.collect()
    gc.freeze()  # as a running bot does with what it keeps for good
    before = psutil.Process().memory_info().rss
    from flows.understand import intent  # noqa: PLC0415 (what importing it takes is part of its weight)
    from flows.understand.places import find  # noqa: PLC0415

    began = perf_counter()
    intent.prepare(places)
    ready = perf_counter() - began
    rss = psutil.Process().memory_info().rss - before + numpy
    gc.freeze()
    texts = [line.text for line in sets.places("tuning")] + [line.text for line in sets.intents("tuning")]
    where = _timed(lambda text: find(text, places), texts)
    meaning = _timed(lambda text: intent.read(text, places), texts)
    return Understood(where, meaning, ready, rss, ROUNDS * len(texts))


def _timed(ask: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    for text in texts[:100]:
        ask(text)
    took = []
    for _ in range(ROUNDS):
        for text in texts:
            began = perf_counter()
            ask(text)
            took.append(perf_counter() - began)
    return percentile(took, 50), percentile(took, 99)
