"""`stezhka desk invite`: a one-time code for a colleague."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Settings
    from db.desk.staff import Role


def invite(
    desk: Annotated[str, typer.Option(help="The desk, by its short name.")],
    role: Annotated[str, typer.Option(help="operator, supervisor or coordinator.")] = "operator",
) -> None:
    """Print a code with which one person joins a desk, once, within 24 hours. It cannot be shown again."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.desk.staff import ROLES  # noqa: PLC0415

    known = next((one for one in ROLES if one == role), None)
    if known is None:
        raise typer.BadParameter(f"'{role}' is none of: {', '.join(ROLES)}", param_hint="--role")
    typer.echo(asyncio.run(make(load(), desk, known)))


async def make(settings: Settings, slug: str, role: Role) -> str:
    """A new code for that desk. Raises CannotBeDone."""
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.cli.keys import keyring  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.desk import audit, desks, invites  # noqa: PLC0415

    keys, now = keyring(settings), datetime.now(UTC)
    async with opened(settings) as store, store.write() as connection:
        found = await desks.all_desks(connection, keys)
        desk = next((one for one in found if one.slug == slug), None)
        if desk is None:
            known = ", ".join(one.slug for one in found) or "none yet: stezhka desk add"
            raise CannotBeDone(f"no desk '{slug}'. There is: {known}")
        code = await invites.invite(connection, keys, role, desk.num, 0, now)
        await audit.write(connection, keys, 0, "invite", now, slug[: audit.CODE_LETTERS])
    return code
