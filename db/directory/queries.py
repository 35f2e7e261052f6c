"""The directory between the database and memory. Every change raises `directory_version`, so that a running bot
notices within seconds."""

from __future__ import annotations

import asyncio
import gc
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import exists, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from db.directory.directory import Directory
from db.directory.rows import areas_of, row_of, service_of
from db.directory.service import Area, Service
from db.directory.starting import starting_services
from db.models import directory_version, service_areas, services
from db.upsert import insert_into

MANY = 2_000  # services
PORTION, AREAS = 40, 800  # rows read before others have their turn: 3 ms of work
# A date with a role tells how far to trust a row; a person's name would only be one more thing to leak.
ROLES = ("coordinator", "supervisor", "operator", "volunteer")


class UnknownServices(LookupError):  # noqa: N818 (a name for the situation)
    """Some of the services asked for are not in the directory; the message names them."""


class UnknownRole(ValueError):  # noqa: N818 (a name for the situation)
    """Not one of the roles that may confirm a row."""


async def version(connection: AsyncConnection) -> int:
    """How often the directory was changed; 0 before the first time."""
    return await connection.scalar(select(directory_version.c.version).where(directory_version.c.id == 1)) or 0


async def seed(connection: AsyncConnection, starting: Sequence[Service] | None = None) -> bool:
    """Fills an empty directory with the project's own data; whether it was empty."""
    if await connection.scalar(select(exists(select(services.c.num)))):
        return False
    if starting is None:
        starting = starting_services()
    await connection.execute(
        insert_into(connection, services).on_conflict_do_nothing(), [row_of(service) for service in starting]
    )
    await connection.execute(
        insert_into(connection, service_areas).on_conflict_do_nothing(),
        [area for service in starting for area in areas_of(service)],
    )
    await raise_version(connection)
    return True


async def stored(connection: AsyncConnection, slugs: Collection[str] | None = None) -> list[Service]:
    """Every service (or only those of these names) as the tables hold it, by number: a portion at a time, so that a
    running bot goes on."""
    areas: defaultdict[int, list[Area]] = defaultdict(list)
    order = (service_areas.c.service, service_areas.c.kind, service_areas.c.place_id)
    asked = services.c.slug.in_(slugs) if slugs is not None else true()
    theirs = service_areas.c.service.in_(select(services.c.num).where(asked)) if slugs is not None else true()
    async with connection.stream(select(*order).where(theirs).order_by(*order)) as rows:
        async for portion in rows.partitions(AREAS):
            for num, kind, place_id in portion:
                areas[num].append(Area(kind, place_id))
    held: list[Service] = []
    async with connection.stream(select(services).where(asked).order_by(services.c.num)) as found:
        async for some in found.partitions(PORTION):
            held += [service_of(row, tuple(areas[row.num])) for row in some]
            await asyncio.sleep(0)
    return held


async def load(connection: AsyncConnection) -> Directory:
    """Every service with its areas, ready to be searched. Exits do not wait for it."""
    with _no_collector():
        held = await stored(connection)
        directory = await asyncio.to_thread(Directory, held)
        if len(held) > MANY:
            gc.freeze()  # else the collector goes through all of them now and then: 0.3 s for 100,000, and exits wait
    return directory


@contextmanager
def _no_collector() -> Iterator[None]:
    """While thousands of lasting things are made nothing is garbage, and looking for it costs exits 0.1 s a time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def check_role(by: str) -> None:
    """Raises UnknownRole."""
    if by not in ROLES:
        raise UnknownRole(f"'{by}' is not a role: {', '.join(ROLES)} (a role, never a person's name)")


async def raise_version(connection: AsyncConnection) -> None:
    """Tells every running bot that the directory has changed."""
    first = insert_into(connection, directory_version).values(id=1, version=1)
    await connection.execute(
        first.on_conflict_do_update(index_elements=["id"], set_={"version": directory_version.c.version + 1})
    )
