"""`python -m tests.bench [NAME…] [--only CONTESTANT…]`: every bench, or the named ones.

Ends with 1 when an update was lost or a contestant could not be measured, else with 0, whatever the goals say.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

from tests.bench import desk, directory, exits, fading, taps, understanding, visitors
from tests.bench.contestants import ALL, Contestant
from tests.bench.report import Outcome, show

BENCHES: dict[str, Callable[[Sequence[Contestant]], Outcome]] = {
    "taps": taps.bench,
    "visitors": visitors.bench,
    "exits": exits.bench,
    "fading": fading.bench,
    "directory": directory.bench,
    "understanding": understanding.bench,
    "desk": desk.bench,
}


def main(words: Sequence[str] | None = None) -> int:
    """Runs the benches one after the other, so that they do not disturb each other."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench")
    arguments.add_argument("names", nargs="*", metavar="NAME", help=" ".join(BENCHES))
    arguments.add_argument("--only", nargs="+", choices=[each.name for each in ALL], help="contestants to run")
    told = arguments.parse_args(words)
    if unknown := [name for name in told.names if name not in BENCHES]:
        arguments.error(f"no such bench: {' '.join(unknown)} (there are: {' '.join(BENCHES)})")
    contestants = [each for each in ALL if not told.only or each.name in told.only]
    outcomes = [BENCHES[name](contestants) for name in told.names or BENCHES]
    show(outcomes)
    return 1 if any(outcome.lost or outcome.troubles for outcome in outcomes) else 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """A polite end still ends the processes it started."""
    sys.exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
