"""A small country in which every state of a kind exists somewhere."""

from __future__ import annotations

from datetime import date

import pytest

from db.directory.directory import Directory
from db.directory.service import Area, Service
from db.places.place import Place
from db.places.places import Places

NORTH, SOUTH, CLOSED, TOWN = 31, 32, 33, 9001

PLACES = (
    Place(NORTH, "oblast", "Північна вигадана область", "North madeup oblast", NORTH, 50.0, 30.0),
    Place(SOUTH, "oblast", "Південна вигадана область", "South madeup oblast", SOUTH, 46.0, 30.0),
    Place(CLOSED, "oblast", "Закрита область", "Closed oblast", CLOSED, 50.1, 30.1, occupied=True),
    Place(TOWN, "settlement", "Вигадівка", "Vyhadivka", NORTH, 50.0, 30.0, population=9_000),
)


def service(num: int, kind: str, **said: object) -> Service:
    """A service in the made-up town that can be called, unless said otherwise."""
    usual: dict[str, object] = {
        "slug": f"sample-{num}", "name_uk": f"Зразок {num}", "name_en": f"Sample {num}", "place_id": TOWN,
        "oblast_id": NORTH, "lat": 50.0, "lon": 30.0, "phones": ("+380440000000",), "source_url": "https://example.org",
        "areas": (Area("settlement", TOWN),),
    }  # fmt: skip
    return Service(num=num, kind=kind, **(usual | said))  # type: ignore[arg-type]


def national(num: int, kind: str, **said: object) -> Service:
    """A service for the whole country."""
    nowhere = {"place_id": 0, "oblast_id": 0, "lat": None, "lon": None, "areas": (Area("national"),)}
    return service(num, kind, **(nowhere | said))


@pytest.fixture
def country() -> Places:
    """The made-up gazetteer."""
    return Places(PLACES)


@pytest.fixture
def directory() -> Directory:
    """One service for each state a kind can be in, seen from the north."""
    return Directory(
        [
            national(1, "helpline", slug="ua-1547", phones=("1547",), hours="24/7"),
            service(2, "day_center", verified_on=date(2026, 11, 1), verified_by="coordinator"),
            service(3, "mobile_team", slug="team"),
            service(4, "shelter", slug="silent", hidden=True, phones=(), lat=None, lon=None),
            national(5, "legal_aid", slug="law"),
            national(6, "police", slug="ua-police-102", phones=("102",)),
        ]
    )
