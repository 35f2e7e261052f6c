"""`python -m tests.understanding [--heldback] [--errors] [--slice FILE]`: how well texts are understood, beside two
baselines.

Mistakes are listed for the tuning set only: whoever reads held-back lines while tuning makes their figure worthless.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from db.places.places import Places
from db.places.starting import starting_places
from tests.understanding import sets
from tests.understanding.baselines import exact, wratio
from tests.understanding.readers import Reader, own
from tests.understanding.score import Scored, score_intents, score_places

_WIDTH = 100  # characters; the same in a terminal and in a log


def readers() -> list[Reader]:
    """The project's own reader, then the baselines."""
    everything = starting_places()
    gazetteer = Places(everything)
    return [own(gazetteer), exact(gazetteer), wratio(gazetteer, everything)]


def table(title: str, columns: dict[str, Scored]) -> Table:
    """Shares of every reader side by side."""
    drawn = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE)
    drawn.add_column("")
    drawn.add_column("lines", justify="right")
    for name in columns:
        drawn.add_column(name, justify="right")
    first, *_ = columns.values()
    for measure, share in first.shares.items():
        drawn.add_row(measure, str(share.lines), *(str(scored.shares[measure]) for scored in columns.values()))
    return drawn


def main(words: Sequence[str] | None = None) -> int:
    """Prints the tables; the mistakes of the first reader when asked for."""
    arguments = argparse.ArgumentParser(prog="python -m tests.understanding")
    arguments.add_argument("--heldback", action="store_true", help="the held-back third too: figures only")
    arguments.add_argument("--errors", action="store_true", help="list the mistakes on the tuning set")
    arguments.add_argument("--slice", type=Path, help="only this table of utterances, before it is taught")
    told = arguments.parse_args(words)
    out = Console(width=_WIDTH, highlight=False)
    asked = readers()
    if told.slice:
        lines = sets.lines_of(told.slice)
        scored = {reader.name: score_intents(lines, reader.intent) for reader in asked if reader.intent}
        out.print(table(f"Intents, {told.slice.name}", scored))
        return 0
    for part in sets.PARTS if told.heldback else sets.PARTS[:1]:
        places = {reader.name: score_places(sets.places(part), reader.places) for reader in asked if reader.places}
        intents = {reader.name: score_intents(sets.intents(part), reader.intent) for reader in asked if reader.intent}
        out.print(table(f"Places, {part}", places))
        out.print(table(f"Intents, {part}", intents))
        if told.errors and part == "tuning":
            for columns in (places, intents):
                scored = columns.get(asked[0].name)
                out.print(*(scored.mistakes if scored else ()), sep="\n", markup=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
