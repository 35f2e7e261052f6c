"""Memory after 10,000 visitors: as many different chats start the bot and tap once, on a fresh database."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.contestants import OURS, Contestant
from tests.bench.figures import measure
from tests.bench.processes import Api, DidNotStartError, api, contestant
from tests.bench.report import Goal, Outcome, megabytes
from tests.bench.taps import FIRST_CHAT, TOUR

VISITORS = 10_000
SECONDS = 30.0  # for the visits, and again for the taps
RSS_LIMIT = 120e6  # bytes


def bench(contestants: Sequence[Contestant]) -> Outcome:
    """Our bot's resident memory, and what visits cost; the other two keep nothing that could grow."""
    title, heads = f"{VISITORS:,} visitors", ("", "ours")
    if OURS not in contestants:
        return Outcome(title, heads, ())
    try:
        with api(TOUR) as line, tempfile.TemporaryDirectory(prefix="bench-") as folder:
            return _run(line=line, folder=Path(folder), title=title, heads=heads)
    except DidNotStartError as fault:
        return Outcome(title, heads, (), troubles=(str(fault),))


def _run(*, line: Api, folder: Path, title: str, heads: tuple[str, ...]) -> Outcome:
    with contestant(OURS, line, folder) as (pid, _):
        visits = measure(line, pid, "visit", first=FIRST_CHAT, count=VISITORS, seconds=SECONDS)
        taps = measure(line, pid, "backlog", seconds=SECONDS)
    rows = (
        ("visitors", f"{visits.answered:,}"),
        ("/start: updates/s", f"{visits.per_second:,.0f}"),
        ("/start: CPU s per 1,000", f"{visits.cpu_per_1000:.2f}"),
        ("/start: calls per update", f"{visits.calls_per_update:.2f}"),
        ("first tap: updates/s", f"{taps.per_second:,.0f}"),
        ("first tap: CPU s per 1,000", f"{taps.cpu_per_1000:.2f}"),
        ("RSS after the visits / after the taps, MB", f"{megabytes(visits.rss)} / {megabytes(taps.rss)}"),
        ("lost", f"{visits.lost + taps.lost:,}"),
        ("repeated calls", f"{visits.repeated + taps.repeated:,}"),
    )
    rss = max(visits.rss, taps.rss)
    goal = Goal(
        f"RSS under 120 MB after {VISITORS:,} visitors",
        f"{megabytes(rss)} MB after {visits.answered:,}",
        met=rss < RSS_LIMIT and visits.answered == VISITORS,
    )
    return Outcome(title, heads, rows, goals=(goal,), lost=visits.lost + taps.lost)
