"""Two worlds to walk in: a small made-up one, and the real directory and gazetteer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.directory.directory import Directory
from db.directory.starting import starting_services
from db.places.places import Places
from db.places.starting import starting_places
from db.visit import LANGS, Lang
from flows.engine import World
from flows.texts import Texts
from tests.flows.village import village_directory, village_places

SUNDAY_NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # 12:00 in Kyiv


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The compiled catalogues."""
    return Texts()


@pytest.fixture(scope="session")
def village(texts: Texts) -> World:
    """The made-up world."""
    return World(SUNDAY_NOON, texts, village_directory(), village_places())


@pytest.fixture(scope="session")
def ukraine(texts: Texts) -> World:
    """The world the bot starts with."""
    return World(SUNDAY_NOON, texts, Directory(starting_services()), Places(starting_places()))


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """Every test that asks for a language runs in both."""
    found: Lang = request.param
    return found
