"""`stezhka directory show`: a service as a visitor would see it, in both languages, and what stands behind it."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exchange_words import own_language
from bot.cli.language import spoken

if TYPE_CHECKING:
    from db.directory.service import Service
    from db.visit import Lang
    from flows.engine import Screen, World

_TAG = re.compile(r"</?[a-z]+(?: [^>]*)?>")
NOBODY = 1  # a chat id for looking at screens; nothing is sent


def show(
    slug: Annotated[str, typer.Argument(metavar="ID", help="A service by name, e.g. ua-1547.")],
    lang: Annotated[str, typer.Option("--lang", help="Only uk or only en; both without.")] = "",
) -> None:
    """The card a visitor would see, and the facts behind it."""
    from bot.cli.nearest import read  # noqa: PLC0415 (a command imports what it needs when it is called)
    from bot.config import load  # noqa: PLC0415
    from db.directory.show import facts  # noqa: PLC0415
    from db.visit import LANGS  # noqa: PLC0415
    from flows.engine import World  # noqa: PLC0415
    from flows.texts import Texts  # noqa: PLC0415

    tongues = (spoken(lang),) if lang else LANGS
    directory, places = asyncio.run(read(load()))
    world = World(datetime.now(UTC), Texts(), directory, places)
    service = _service(slug, world, spoken(lang or own_language()))
    for tongue in tongues:
        typer.echo(f"── {tongue} " + "─" * 40)
        typer.echo(plain(_card(service, tongue, world)))
        typer.echo()
    typer.echo("──" + "─" * 43)
    for name, value in facts(service, places):
        typer.echo(f"{name:<12}{value}")


def _service(slug: str, world: World, lang: Lang) -> Service:
    """Raises CannotBeDone with names that are like it."""
    from bot.cli.confirm import unknown  # noqa: PLC0415
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415

    service = world.directory.by_slug(slug)
    if service is None:
        raise CannotBeDone(unknown([slug], world.directory, lang))
    return service


def _card(service: Service, lang: Lang, world: World) -> Screen:
    from db.directory.show import viewpoint  # noqa: PLC0415
    from db.visit import Visit  # noqa: PLC0415
    from flows.engine import go  # noqa: PLC0415
    from flows.find.card import card  # noqa: PLC0415

    place = viewpoint(service, world.places)
    reply = card(go("find.card", "all", place.id, 0, service.num), Visit(NOBODY, generation=0, lang=lang), world)
    assert reply.screen is not None  # noqa: S101 (a card always is one)
    return reply.screen


def plain(screen: Screen) -> str:
    """A screen as lines: the text without its tags, the buttons in brackets, a row a line."""
    text = unescape(_TAG.sub("", screen.text))
    rows = (" ".join(f"[{button.label}]" for button in row) for row in screen.rows)
    return "\n".join([text, "", *rows])
