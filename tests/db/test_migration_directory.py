"""Revision 0002 with a directory in it: nothing is lost, and hidden places lose what gave them away."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, text

from db import migrations
from db.directory import queries
from db.store import open_store
from tests.db.test_migrations import empty_url, look  # noqa: F401 (a fixture)

INSERT = (
    "INSERT INTO services (num, slug, kind, name_uk, name_en, place_id, oblast_id, district_id, lat, lon, phones,"
    " audience, languages, hidden, notes_uk, notes_en, website, source_url, confidence) VALUES (:num, :slug, :kind,"
    " 'Зразок', 'Sample', 703448, 12, :district, :lat, :lon, '[\"102\"]', '[\"all\"]', '[\"uk\"]', :hidden, :notes,"
    " :notes, :website, 'x', 'low')"
)
ROWS: list[dict[str, Any]] = [
    {"num": 1, "slug": "open", "kind": "day_center", "district": 104, "lat": 50.455, "lon": 30.62, "hidden": False,
     "notes": "вул. Вигадана, 5", "website": "https://example.org/vul-x"},
    {"num": 2, "slug": "shelter", "kind": "shelter", "district": 104, "lat": 50.4547, "lon": 30.5238, "hidden": True,
     "notes": "За рогом, ПРОСП. Вигаданий", "website": ""},
    {"num": 3, "slug": "quiet", "kind": "shelter", "district": 0, "lat": None, "lon": None, "hidden": True,
     "notes": "Запит через поліцію.", "website": "https://example.org"},
]  # fmt: skip


def _fill(connection: Connection) -> None:
    for row in ROWS:
        connection.execute(text(INSERT), row)
    connection.execute(text("INSERT INTO service_areas VALUES (1, 'district', 104), (2, 'oblast', 12)"))
    connection.execute(text("INSERT INTO directory_version VALUES (1, 7)"))


async def test_the_directory_comes_up_and_goes_down(empty_url: str) -> None:  # noqa: F811
    """Open rows as they were, hidden ones coarser and without the street; areas and version whole, both ways."""
    await migrations.upgrade(empty_url, "0001")
    await look(empty_url, _fill)
    await migrations.upgrade(empty_url, "0002")
    store = open_store(empty_url)
    async with store.read() as connection:
        rows = {one.slug: one for one in await queries.stored(connection)}
        assert await queries.version(connection) == 7
    await store.close()
    shop, shelter, quiet = rows["open"], rows["shelter"], rows["quiet"]
    assert (shop.lat, shop.precision, shop.notes_uk, len(shop.areas)) == (50.455, "district", "вул. Вигадана, 5", 1)
    assert (shelter.lat, shelter.lon, shelter.district_id, shelter.precision) == (50.5, 30.5, 0, "settlement")
    assert (shelter.notes_uk, shelter.notes_en, len(shelter.areas)) == ("", "", 1)
    assert (quiet.lat, quiet.precision, quiet.notes_uk, quiet.website) == (
        None, "", "Запит через поліцію.", "https://example.org",
    )  # fmt: skip
    assert (quiet.entry, quiet.access, quiet.mobile, quiet.parent) == (frozenset(), frozenset(), False, "")

    def community(connection: Connection) -> None:
        connection.execute(text("INSERT INTO service_areas VALUES (1, 'community', 703448), (1, 'settlement', 703448)"))
        connection.execute(text("INSERT INTO service_areas VALUES (3, 'community', 703448)"))

    await look(empty_url, community)
    await migrations.downgrade(empty_url, "0001")

    def kept(connection: Connection) -> list[Any]:
        areas = "SELECT service, kind, place_id FROM service_areas ORDER BY service, kind"
        names = "SELECT slug, phones FROM services ORDER BY num"
        return [list(map(tuple, connection.execute(text(sql)))) for sql in (areas, names)]

    areas, names = await look(empty_url, kept)
    assert areas == [(1, "district", 104), (1, "settlement", 703448), (2, "oblast", 12), (3, "settlement", 703448)]
    assert [(slug, phones if isinstance(phones, list) else json.loads(phones)) for slug, phones in names] == [
        (row["slug"], ["102"]) for row in ROWS
    ]
    assert await migrations.upgrade(empty_url, "0002")
