"""`stezhka directory confirm`: these services were called and are as described."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exchange_words import own_language, say
from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from bot.config import Settings
    from db.directory.directory import Directory
    from db.visit import Lang


def confirm(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Services by name, e.g. ua-1547.")],
    by: Annotated[str, typer.Option(help="Who confirmed: a role, never a person's name.")],
    on: Annotated[str, typer.Option(help="The day, e.g. 2026-11-25; today when left out.")] = "",
    lang: LangOption = "",
) -> None:
    """Write down that these services were called and are as described."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.directory.queries import ROLES  # noqa: PLC0415

    tongue = spoken(lang or own_language())
    day = _day(on, tongue)
    if by not in ROLES:
        raise typer.BadParameter(say(tongue, "no_role", found=by, roles=", ".join(ROLES)), param_hint="--by")
    waiting = asyncio.run(write(load(), ids, by=by, on=day, lang=tongue))
    typer.echo(say(tongue, "confirmed", day=day, slugs=", ".join(ids)))
    if waiting:
        typer.echo(say(tongue, "waiting", slugs=", ".join(waiting)))


def _day(text: str, lang: Lang) -> date:
    """The day of the confirmation in Kyiv. Raises typer.BadParameter."""
    from db.directory.hours import KYIV  # noqa: PLC0415
    from db.exchange import cells  # noqa: PLC0415
    from db.exchange.faults import CellFault  # noqa: PLC0415

    today = datetime.now(KYIV).date()
    try:
        day = (cells.day(text) or today) if text else today
    except CellFault:
        raise typer.BadParameter(say(lang, "no_day", found=text), param_hint="--on") from None
    if day > today:
        raise typer.BadParameter(say(lang, "future"), param_hint="--on")
    return day


async def write(settings: Settings, ids: list[str], *, by: str, on: date, lang: Lang) -> tuple[str, ...]:
    """Confirms the services; which national lines are still waiting. Raises CannotBeDone."""
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.directory import queries  # noqa: PLC0415
    from db.directory.changes import ChangedMeanwhile  # noqa: PLC0415
    from db.directory.confirming import confirm as confirming  # noqa: PLC0415
    from db.directory.launch import unconfirmed_lines  # noqa: PLC0415

    async with opened(settings) as store:
        async with store.read() as connection:
            directory = await queries.load(connection)
        if missing := [slug for slug in ids if directory.by_slug(slug) is None]:
            raise CannotBeDone(unknown(missing, directory, lang))
        try:
            async with store.write() as connection:
                await confirming(connection, ids, by=by, on=on, at=datetime.now(UTC))
        except (ChangedMeanwhile, queries.UnknownServices):
            raise CannotBeDone(say(lang, "meanwhile")) from None
        async with store.read() as connection:
            return unconfirmed_lines(await queries.load(connection))


def unknown(slugs: Sequence[str], directory: Directory, lang: Lang) -> str:
    """One line: these names are not there, and which are like them."""
    from db.directory.show import like  # noqa: PLC0415

    alike = list(dict.fromkeys(name for slug in slugs for name in like(slug, directory)))
    said = say(lang, "unknown", slugs=", ".join(slugs))
    return f"{said}. {say(lang, 'like', slugs=', '.join(alike))}" if alike else said
