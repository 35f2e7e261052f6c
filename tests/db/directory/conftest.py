"""Sample services of places that exist, and the project's own directory, read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.directory.directory import Directory
from db.directory.service import Area, Service
from db.directory.starting import starting_services
from db.places.places import Places
from db.places.starting import starting_places

MakeService = Callable[..., Service]


@pytest.fixture(scope="session")
def ukraine() -> Places:
    """Every place the project comes with."""
    return Places(starting_places())


@pytest.fixture(scope="session")
def starting() -> Directory:
    """Every service the project comes with."""
    return Directory(starting_services())


@pytest.fixture
def make() -> MakeService:
    """A service that does not exist; anything may be said of it."""

    def service(num: int = 1, kind: str = "day_center", **said: object) -> Service:
        names = {"name_uk": f"Зразок {num}", "name_en": f"Sample {num}"}
        given = {"slug": f"sample-{num}", "areas": (Area("national"),), **names, **said}
        return Service(num=num, kind=kind, **given)  # type: ignore[arg-type]

    return service
