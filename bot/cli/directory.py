"""`stezhka directory …`: the work of those who keep the directory true."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.check import check
from bot.cli.gaps import gaps
from bot.cli.show import show

if TYPE_CHECKING:
    from bot.config import Settings

directory = typer.Typer(help="The directory of services.", no_args_is_help=True)
directory.command()(gaps)
directory.command()(check)
directory.command()(show)


@directory.callback()
def _verbs() -> None:
    """Keeps `confirm` a verb of its own while it is the only one."""


@directory.command()
def confirm(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Services by name, e.g. ua-1547.")],
    by: Annotated[str, typer.Option(help="Who confirmed: a role, never a person's name.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today when left out.")] = None,
) -> None:
    """Write down that these services were called and are as described."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.directory.hours import KYIV  # noqa: PLC0415
    from db.directory.queries import ROLES  # noqa: PLC0415

    today = datetime.now(KYIV).date()
    day = on.date() if on else today
    if day > today:
        raise typer.BadParameter("a day that has not come yet confirms nothing", param_hint="--on")
    if by not in ROLES:
        raise typer.BadParameter(f"'{by}' is none of the roles: {', '.join(ROLES)}", param_hint="--by")
    waiting = asyncio.run(write(load(), ids, by=by, on=day))
    typer.echo(f"confirmed on {day}: {', '.join(ids)}")
    if waiting:
        typer.echo(f"still to confirm before a public start: {', '.join(waiting)}")


async def write(settings: Settings, ids: list[str], *, by: str, on: date) -> tuple[str, ...]:
    """Confirms the services; which national lines are still waiting.

    A database that is new gets its schema and the starting data first: the lines are confirmed before the first
    public start. Raises CannotBeDone.
    """
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from db import migrations  # noqa: PLC0415
    from db.directory import queries  # noqa: PLC0415
    from db.directory.launch import unconfirmed_lines  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415
    from db.store import open_store  # noqa: PLC0415

    store = open_store(settings.database_url)
    try:
        await migrations.upgrade(settings.database_url)
        async with store.write() as connection:
            await towns.seed(connection)
            await queries.seed(connection)
            await queries.confirm(connection, ids, by=by, on=on)
        async with store.read() as connection:
            return unconfirmed_lines(await queries.load(connection))
    except queries.UnknownServices as fault:
        raise CannotBeDone(str(fault)) from fault
    except (DBAPIError, OSError) as fault:
        raise CannotBeDone("the database cannot be written to: check DATABASE_URL") from fault
    finally:
        await store.close()
