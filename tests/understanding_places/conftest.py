"""The project's own gazetteer with its index, made once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.places.places import Places
from db.places.starting import starting_places
from flows.understand.places import find, lexicon_of

UKRAINE = Places(starting_places())
lexicon_of(UKRAINE)


@pytest.fixture(scope="session")
def ukraine() -> Places:
    """Every place the project comes with."""
    return UKRAINE


@pytest.fixture(scope="session")
def first(ukraine: Places) -> Callable[[str], str]:
    """The Ukrainian name of the likeliest place in a text; empty when it names none."""

    def likeliest(text: str) -> str:
        return next((candidate.place.name_uk for candidate in find(text, ukraine)), "")

    return likeliest
