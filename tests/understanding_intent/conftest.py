"""The gazetteer and the project's own examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from db.places.places import Places
from db.places.starting import starting_places
from flows.understand.intent import prepare

EXAMPLES = Path(__file__).with_name("examples.tsv")


class Example(NamedTuple):
    """A text, what it means, and the causes or kinds that are right (none given: any)."""

    text: str
    intent: str
    kinds: frozenset[str]


def examples() -> Iterator[Example]:
    """Every line of the table."""
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines()[1:]:
        text, intent, kinds = line.split("\t")
        yield Example(text, intent, frozenset(filter(None, kinds.split("|"))))


@pytest.fixture(scope="session")
def places() -> Places:
    """The gazetteer the bot starts with, its index made."""
    found = Places(starting_places())
    prepare(found)
    return found
