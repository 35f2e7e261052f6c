"""`stezhka understand`: what the bot would make of a text, for staff and for checks. Nothing is kept."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from db.places.places import Places


def understand(
    text: Annotated[list[str] | None, typer.Argument(help="A text each; without any, lines of standard input.")] = None,
) -> None:
    """Danger, a service, a person, a place or nothing: one JSON object for each text."""
    from bot.cli.nearest import read as read_data  # noqa: PLC0415 (a command imports what it needs when it is called)
    from bot.cli.where import lines, printable  # noqa: PLC0415
    from bot.config import load  # noqa: PLC0415

    _, places = asyncio.run(read_data(load()))
    for query in map(printable, text) if text else lines():
        typer.echo(json.dumps(as_object(query, places), ensure_ascii=False))


def as_object(query: str, places: Places) -> dict[str, Any]:
    """What is understood. `kind` is a danger's cause or a service's kind, null when there is none."""
    from bot.cli.where import as_object as candidate_object  # noqa: PLC0415
    from flows.understand.intent import read  # noqa: PLC0415

    understood = read(query, places)
    return {
        "query": query,
        "intent": understood.intent,
        "kind": understood.kind or None,
        "candidates": [candidate_object(candidate, places) for candidate in understood.candidates],
    }
