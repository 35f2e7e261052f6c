"""The `stezhka` command: a module per verb. Exit codes: 0 good, 1 it could not be done, 2 wrong usage."""

from __future__ import annotations

import gc
import sys

# Objects made before the collector looks for rings among them (Python's own measure is 700). A start makes hundreds of
# thousands that stay, a batch of updates tens of thousands that go by themselves; looking took a tenth of the time.
COLLECT_AFTER = 20_000


def main() -> None:
    """The console script. Every designed error is one line on stderr, never a traceback."""
    gc.set_threshold(COLLECT_AFTER)
    from bot.cli.commands import app  # noqa: PLC0415 (keeps `import bot.cli` light for tests)
    from bot.cli.faults import DESIGNED  # noqa: PLC0415

    try:
        app()
    except DESIGNED as fault:
        sys.exit(_say(fault))


def _say(fault: BaseException) -> int:
    print(f"stezhka: {fault}", file=sys.stderr)  # noqa: T201 (this is the command line)
    return 1
