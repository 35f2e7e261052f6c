"""`stezhka audit …`: what staff and the bot did, without content, and whether anybody changed what it says."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Settings
    from db.desk.audit import Entry

audit = typer.Typer(help="What staff did, without content.", no_args_is_help=True)


@audit.command()
def show(
    last: Annotated[int, typer.Option(min=1, help="The latest so many.")] = 50,
    operator: Annotated[int | None, typer.Option(help="Only of this number; 0 is the bot or the command line.")] = None,
    case: Annotated[str | None, typer.Option(help="Only about the case of this name.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """The latest actions, oldest first: number, Kyiv time, who (a number), what, and the case's name."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.directory.hours import KYIV  # noqa: PLC0415

    for one in asyncio.run(read(load(), last, operator, case)):
        at = one.at.astimezone(KYIV)
        if as_json:
            row = {"id": one.id, "at": at.isoformat(), "actor": one.actor, "action": one.action, "code": one.code}
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            typer.echo(f"{one.id:>7}  {at:%Y-%m-%d %H:%M:%S}  {one.actor:>4}  {one.action:<16}  {one.code}".rstrip())


@audit.command()
def verify() -> None:
    """Whether every row is as it was written; exit code 1 at the first that is not. Note the last number elsewhere:
    rows cut off at the end show only against it."""
    from bot.config import load  # noqa: PLC0415

    broken, last = asyncio.run(hold(load()))
    if broken is not None:
        typer.echo(f"row {broken} was changed, or a row before it is missing")
        raise typer.Exit(1)
    typer.echo(f"the chain holds; last row {last}")


async def read(settings: Settings, last: int, operator: int | None, case: str | None) -> list[Entry]:
    """The rows to show."""
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.desk import audit as chain  # noqa: PLC0415

    async with opened(settings) as store, store.read() as connection:
        return await chain.show(connection, last=last, actor=operator, code=case)


async def hold(settings: Settings) -> tuple[int | None, int]:
    """The first broken row, if any, and the number of the last one."""
    from bot.cli.keys import keyring  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.desk import audit as chain  # noqa: PLC0415

    keys = keyring(settings)
    async with opened(settings) as store, store.read() as connection:
        latest = await chain.show(connection, last=1)
        return await chain.verify(connection, keys, datetime.now(UTC)), latest[0].id if latest else 0
