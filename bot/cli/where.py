"""`stezhka where`: which place the bot would read in a text, for staff and for checks."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from db.places.places import Places
    from flows.understand.places import Candidate


def where(
    text: Annotated[list[str] | None, typer.Argument(help="A text each; without any, lines of standard input.")] = None,
) -> None:
    """The settlements or city districts a text may mean, best first: one JSON object for each text."""
    from bot.cli.nearest import read  # noqa: PLC0415 (a command imports what it needs when it is called)
    from bot.config import load  # noqa: PLC0415
    from flows.understand.places import find  # noqa: PLC0415

    _, places = asyncio.run(read(load()))
    for query in map(printable, text) if text else lines():
        found = [as_object(candidate, places) for candidate in find(query, places)]
        typer.echo(json.dumps({"query": query, "candidates": found}, ensure_ascii=False))


def lines() -> Iterator[str]:
    """Lines of standard input as they come, whatever bytes they hold."""
    for line in sys.stdin.buffer:
        yield line.decode(errors="replace").rstrip("\r\n")


def printable(text: str) -> str:
    """A command's word with bytes that were no UTF-8 replaced, so that it can be printed again."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_object(candidate: Candidate, places: Places) -> dict[str, Any]:
    """A candidate with the region it lies in."""
    place = candidate.place
    oblast = places.get(place.oblast_id)
    return {
        "name_uk": place.name_uk,
        "name_en": place.name_en,
        "oblast_uk": oblast.name_uk if oblast else "",
        "lat": place.lat,
        "lon": place.lon,
        "score": candidate.score,
    }
