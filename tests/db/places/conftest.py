"""The project's own gazetteer, read once."""

from __future__ import annotations

import pytest

from db.places.places import Places
from db.places.starting import starting_places


@pytest.fixture(scope="session")
def ukraine() -> Places:
    """Every place the project comes with."""
    return Places(starting_places())
