"""`stezhka directory export`, `template`: the directory as a spreadsheet."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exchange_words import own_language, say
from bot.cli.language import LangOption, spoken

if TYPE_CHECKING:
    from bot.config import Settings
    from db.directory.service import Service
    from db.exchange.gazetteer import Gazetteer
    from db.visit import Lang

FORMATS = ("csv", "xlsx", "hsds")
BY_SUFFIX = {".csv": "csv", ".xlsx": "xlsx", ".json": "hsds"}


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; standard output when left out.")] = None,
    form: Annotated[str, typer.Option("--format", help="csv, xlsx or hsds; else by the file's name.")] = "",
    lang: LangOption = "",
) -> None:
    """Write the whole directory as a spreadsheet, or for partners' programs in Open Referral's HSDS."""
    from bot.config import load  # noqa: PLC0415

    form = form or (BY_SUFFIX.get(file.suffix.lower(), "") if file else "csv")
    if form not in FORMATS:
        raise typer.BadParameter(f"'{form}' is none of: {', '.join(FORMATS)}", param_hint="--format")
    language = spoken(lang or own_language())
    held, gazetteer = asyncio.run(_read(load()))
    deliver(file, written(held, gazetteer, form, language), language, len(held))


def template(
    file: Annotated[Path, typer.Argument(help="Where to, e.g. template.xlsx.")], lang: LangOption = ""
) -> None:
    """Write an empty workbook: headers, drop-downs, an explanation."""
    from bot.cli.nearest import starting  # noqa: PLC0415
    from db.exchange.gazetteer import Gazetteer  # noqa: PLC0415

    language = spoken(lang or own_language())
    _, places = starting()
    deliver(file, written([], Gazetteer(places), "xlsx", language), language, 0)


def written(held: list[Service], gazetteer: Gazetteer, form: str, lang: Lang) -> bytes:
    """The directory as a file's contents."""
    if form == "csv":
        from db.exchange.writing import csv_bytes  # noqa: PLC0415

        return csv_bytes(held, gazetteer, lang)
    if form == "xlsx":
        from db.exchange.workbook import xlsx_bytes  # noqa: PLC0415

        return xlsx_bytes(held, gazetteer, lang)
    from db.exchange.hsds import hsds_bytes  # noqa: PLC0415

    return hsds_bytes(held, gazetteer.places)


def deliver(file: Path | None, content: bytes, lang: Lang, count: int) -> None:
    """To the file, or to standard output. Raises CannotBeDone."""
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415

    if file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise CannotBeDone(say(lang, "cannot_write", file=file)) from fault
    typer.echo(say(lang, "written", file=file, count=count))


async def _read(settings: Settings) -> tuple[list[Service], Gazetteer]:
    """Every service as it is held; before the first start what the project comes with. Raises CannotBeDone."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.cli.nearest import starting  # noqa: PLC0415
    from db.directory import queries  # noqa: PLC0415
    from db.directory.starting import starting_services  # noqa: PLC0415
    from db.exchange.gazetteer import Gazetteer  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415
    from db.store import open_store  # noqa: PLC0415

    if settings.embedded and not (settings.database_file and settings.database_file.is_file()):
        return starting_services(), Gazetteer(starting()[1])
    store = open_store(settings.database_url)
    try:
        async with store.read() as connection:
            held, places = await queries.stored(connection), await towns.load(connection)
    except (DBAPIError, OSError) as fault:
        raise CannotBeDone("the database cannot be read. Is it there? Run: stezhka migrate") from fault
    finally:
        await store.close()
    return held, Gazetteer(places)
