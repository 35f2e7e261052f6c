"""The gazetteer between the database and memory."""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import Table, delete, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import directory_version, places, service_areas, services
from db.places.place import Place, PlaceKind
from db.places.places import Places
from db.places.starting import edition, starting_places
from db.upsert import insert_into

_KINDS: dict[str, PlaceKind] = {kind: kind for kind in get_args(PlaceKind)}  # one string for all places of a kind
PORTION = 500  # rows turned into places at a time, so that they need not all be held twice
EDITION = 2  # the row of `directory_version` that says which gazetteer is held


async def renew(connection: AsyncConnection) -> bool:
    """Puts the project's gazetteer in place of another edition, or of none; whether that was so.

    A place that the new one does not have stays while a service is there or serves it. Two machines that start at once
    write the same rows.
    """
    here = directory_version.c
    wanted = edition()
    if await connection.scalar(select(here.version).where(here.id == EDITION)) == wanted:
        return False
    rows = [_row(place) for place in starting_places()]
    await connection.execute(_upsert(connection, places), rows)
    used = union(
        select(services.c.place_id),
        select(services.c.oblast_id),
        select(services.c.district_id),
        select(service_areas.c.place_id),
    )
    held = set((await connection.execute(select(places.c.id).where(places.c.id.not_in(used)))).scalars())
    if gone := held - {row["id"] for row in rows}:
        await connection.execute(delete(places).where(places.c.id.in_(gone)))
    await connection.execute(_upsert(connection, directory_version), {"id": EDITION, "version": wanted})
    return True


def _upsert(connection: AsyncConnection, table: Table) -> Any:
    put = insert_into(connection, table)
    renewed = {column.name: put.excluded[column.name] for column in table.columns if column.name != "id"}
    return put.on_conflict_do_update(index_elements=["id"], set_=renewed)


async def load(connection: AsyncConnection) -> Places:
    """Every place."""
    held: list[Place] = []
    async with connection.stream(select(*(places.c[name] for name in _COLUMNS))) as rows:
        async for some in rows.partitions(PORTION):
            held += [
                Place(number, _KINDS[kind], uk, en, oblast, lat, lon, city, people, occupied, tuple(aliases))
                for number, kind, uk, en, oblast, lat, lon, city, people, occupied, aliases in some
            ]
    return Places(held)


_COLUMNS = (
    "id", "kind", "name_uk", "name_en", "oblast_id", "lat", "lon", "city_id", "population", "occupied", "aliases",
)  # fmt: skip


def _row(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in _COLUMNS[:-1]} | {"aliases": list(place.aliases)}
