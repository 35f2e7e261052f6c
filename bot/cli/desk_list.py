"""`stezhka desk list`: the desks, and who is there."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.config import Settings


def list_(as_json: Annotated[bool, typer.Option("--json", help="One JSON array instead of a table.")] = False) -> None:
    """The desks: regions, languages, hours, staff, and how many wait. No group's id, nobody's name."""
    from bot.config import load  # noqa: PLC0415 (a command imports what it needs when it is called)

    rows = asyncio.run(read(load()))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("desk", "name", "regions", "languages", "hours", "group", "staff", "on duty", "waiting")
    for row in rows:
        table.add_row(
            row["desk"],
            escape(row["name_uk"]),
            escape(", ".join(row["regions"]) or "all"),
            ", ".join(row["languages"]),
            escape(row["hours"] or "on duty"),
            "yes" if row["group"] else "no",
            *(str(row[name]) for name in ("staff", "on_duty", "waiting")),
        )
    Console().print(table)


async def read(settings: Settings) -> list[dict[str, Any]]:
    """The desks as plain objects."""
    from bot.cli.keys import keyring  # noqa: PLC0415
    from bot.cli.opened import opened  # noqa: PLC0415
    from db.desk import desks, roster  # noqa: PLC0415
    from db.desk.figures import Figures, figures  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415

    keys = keyring(settings)
    async with opened(settings) as store, store.read() as connection:
        now = await figures(connection, datetime.now(UTC))
        oblasts = {one.id: one.name_en for one in (await towns.load(connection)).oblasts()}
        staff = await roster.staff(connection, keys)
        found = await desks.all_desks(connection, keys)
    return [
        {
            "desk": desk.slug,
            "name_uk": desk.name_uk,
            "name_en": desk.name_en,
            "regions": [oblasts.get(region, str(region)) for region in desk.regions],
            "languages": list(desk.languages),
            "hours": desk.hours,
            "group": bool(desk.group),
            "staff": sum(one.desk == desk.num for one in staff),
            "on_duty": now.get(desk.num, Figures()).on_duty,
            "waiting": now.get(desk.num, Figures()).waiting,
        }
        for desk in found
    ]
