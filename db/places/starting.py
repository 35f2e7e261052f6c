"""The gazetteer as it comes with the project, read from the files in `db/data` (no database needed)."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from zlib import crc32

from db.places.place import Place, PlaceKind

DATA = Path(__file__).resolve().parent.parent / "data"
OWN, MADE = "own_places.csv", "places.csv.gz"


def starting_places() -> list[Place]:
    """Oblasts and city districts (kept by hand), then settlements (made from GeoNames)."""
    return [*_own(), *_settlements()]


def edition() -> int:
    """Which gazetteer these files are: another number for other contents. Fits a signed 32-bit column."""
    contents = (DATA / name for name in (OWN, MADE))
    return crc32(b"".join(file.read_bytes() for file in contents)) & 0x7FFF_FFFF


def _own() -> Iterator[Place]:
    with (DATA / OWN).open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield Place(
                id=int(row["id"]),
                kind=cast("PlaceKind", row["kind"]),
                name_uk=row["name_uk"],
                name_en=row["name_en"],
                oblast_id=int(row["oblast_id"]),
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                city_id=int(row["city_id"]),
                occupied=row["occupied"] == "1",
                aliases=_names(row["aliases"]),
            )


def _settlements() -> Iterator[Place]:
    with gzip.open(DATA / MADE, "rt", encoding="utf-8", newline="") as table:
        lines = csv.reader(table)
        next(lines)
        for number, name_uk, name_en, oblast, lat, lon, population, occupied, aliases in lines:
            yield Place(
                int(number), "settlement", name_uk, name_en, int(oblast), float(lat), float(lon), 0, int(population),
                occupied == "1", _names(aliases),
            )  # fmt: skip


def _names(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
