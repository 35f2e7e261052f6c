"""The directory between the database and memory. Every change raises `directory_version`, so that a running bot
notices within seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from db.directory.directory import Directory
from db.directory.rows import areas_of, row_of, service_of
from db.directory.service import Area
from db.directory.starting import starting_services
from db.models import directory_version, service_areas, services

# A date with a role tells how far to trust a row; a person's name would only be one more thing to leak.
ROLES = ("coordinator", "supervisor", "operator", "volunteer")


class UnknownServices(LookupError):  # noqa: N818 (a name for the situation)
    """Some of the services asked for are not in the directory; the message names them."""


class UnknownRole(ValueError):  # noqa: N818 (a name for the situation)
    """Not one of the roles that may confirm a row."""


async def version(connection: AsyncConnection) -> int:
    """How often the directory was changed; 0 before the first time."""
    return await connection.scalar(select(directory_version.c.version)) or 0


async def seed(connection: AsyncConnection) -> bool:
    """Fills an empty directory with the project's own data; whether it was empty."""
    if await connection.scalar(select(exists(select(services.c.num)))):
        return False
    starting = starting_services()
    dialect = _dialect(connection)
    await connection.execute(
        dialect.insert(services).on_conflict_do_nothing(), [row_of(service) for service in starting]
    )
    await connection.execute(
        dialect.insert(service_areas).on_conflict_do_nothing(),
        [area for service in starting for area in areas_of(service)],
    )
    await _changed(connection)
    return True


async def load(connection: AsyncConnection) -> Directory:
    """Every service with its areas."""
    areas: defaultdict[int, list[Area]] = defaultdict(list)
    order = (service_areas.c.service, service_areas.c.kind, service_areas.c.place_id)
    for num, kind, place_id in await connection.execute(select(*order).order_by(*order)):
        areas[num].append(Area(kind, place_id))
    rows = (await connection.execute(select(services))).mappings()
    return Directory([service_of(row, tuple(areas[row["num"]])) for row in rows])


async def confirm(connection: AsyncConnection, slugs: Collection[str], *, by: str, on: date) -> None:
    """Writes that somebody of the role `by` called these services on the day `on` and found them as described.

    Raises UnknownRole, and UnknownServices before anything is written.
    """
    if by not in ROLES:
        raise UnknownRole(f"'{by}' is not a role: {', '.join(ROLES)} (a role, never a person's name)")
    known = set(await connection.scalars(select(services.c.slug).where(services.c.slug.in_(slugs))))
    if missing := [slug for slug in slugs if slug not in known]:
        raise UnknownServices(f"not in the directory: {', '.join(missing)}")
    await connection.execute(update(services).where(services.c.slug.in_(known)).values(verified_on=on, verified_by=by))
    await _changed(connection)


async def _changed(connection: AsyncConnection) -> None:
    first = _dialect(connection).insert(directory_version).values(id=1, version=1)
    await connection.execute(
        first.on_conflict_do_update(index_elements=["id"], set_={"version": directory_version.c.version + 1})
    )


def _dialect(connection: AsyncConnection) -> Any:
    return postgresql if connection.dialect.name == "postgresql" else sqlite
