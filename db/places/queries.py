"""The gazetteer between the database and memory."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import places
from db.places.place import Place
from db.places.places import Places
from db.places.starting import starting_places


async def seed(connection: AsyncConnection) -> bool:
    """Fills an empty gazetteer with the project's own data; whether it was empty.

    Two machines that start at once write the same rows, and the second writes nothing.
    """
    if await connection.scalar(select(exists(select(places.c.id)))):
        return False
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rows = [_row(place) for place in starting_places()]
    await connection.execute(dialect.insert(places).on_conflict_do_nothing(), rows)
    return True


async def load(connection: AsyncConnection) -> Places:
    """Every place."""
    rows = await connection.execute(select(*(places.c[name] for name in _COLUMNS)))
    return Places(
        [
            Place(number, kind, uk, en, oblast, lat, lon, city, people, occupied, tuple(aliases))
            for number, kind, uk, en, oblast, lat, lon, city, people, occupied, aliases in rows
        ]
    )


_COLUMNS = (
    "id", "kind", "name_uk", "name_en", "oblast_id", "lat", "lon", "city_id", "population", "occupied", "aliases",
)  # fmt: skip


def _row(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in _COLUMNS[:-1]} | {"aliases": list(place.aliases)}
