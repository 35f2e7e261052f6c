"""`stezhka directory confirm`: these services were called and are as described."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Settings


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
    """Confirms the services; which national lines are still waiting. Raises CannotBeDone."""
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.directory import queries  # noqa: PLC0415
    from db.directory.changes import ChangedMeanwhile  # noqa: PLC0415
    from db.directory.confirming import confirm as confirming  # noqa: PLC0415
    from db.directory.launch import unconfirmed_lines  # noqa: PLC0415

    async with opened(settings) as store:
        try:
            async with store.write() as connection:
                await confirming(connection, ids, by=by, on=on, at=datetime.now(UTC))
        except queries.UnknownServices as fault:
            raise CannotBeDone(str(fault)) from fault
        except ChangedMeanwhile as fault:
            raise CannotBeDone("somebody else changed the directory at this moment: try again") from fault
        async with store.read() as connection:
            return unconfirmed_lines(await queries.load(connection))
