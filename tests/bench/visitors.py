"""Memory after 10,000 visitors: as many different chats start the bot on a fresh database, 200 at a time.

Afterwards each of them taps, all at once, as after an outage: what that costs in memory is shown, too.
"""

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
AT_ONCE = 200
VISIT_SECONDS, TAP_SECONDS = 60.0, 30.0
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
        visits = measure(line, pid, "visit", first=FIRST_CHAT, count=VISITORS, at_once=AT_ONCE, seconds=VISIT_SECONDS)
        taps = measure(line, pid, "backlog", seconds=TAP_SECONDS)
    rows = (
        ("visitors", f"{visits.answered:,}"),
        ("/start: updates/s", f"{visits.per_second:,.0f}"),
        ("/start: CPU s per 1,000", f"{visits.cpu_per_1000:.2f}"),
        ("/start: calls per update", f"{visits.calls_per_update:.2f}"),
        ("RSS after the visits, MB", megabytes(visits.rss)),
        ("all tap at once: updates/s", f"{taps.per_second:,.0f}"),
        ("all tap at once: CPU s per 1,000", f"{taps.cpu_per_1000:.2f}"),
        ("RSS after that, MB", megabytes(taps.rss)),
        ("lost", f"{visits.lost + taps.lost:,}"),
        ("repeated calls", f"{visits.repeated + taps.repeated:,}"),
    )
    goal = Goal(
        f"RSS under 120 MB after {VISITORS:,} visitors",
        f"{megabytes(visits.rss)} MB after {visits.answered:,}",
        met=visits.rss < RSS_LIMIT and visits.answered == VISITORS,
    )
    return Outcome(title, heads, rows, goals=(goal,), lost=visits.lost + taps.lost)
