"""What is measured: a reader takes a text and says which places it names, or what it is for.

The project's own readers are looked up when asked for, so that the baselines can be measured without them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from db.places.places import Places

FindPlaces = Callable[[str], tuple[int, ...]]
ReadIntent = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A name for the table's column; place ids, best first; an intent with its kind ("" when it has none)."""

    name: str
    places: FindPlaces
    intent: ReadIntent


def own(gazetteer: Places) -> Reader | None:
    """The project's own reader, None while it does not exist."""
    try:
        places = import_module("flows.understand.places")
        intent = import_module("flows.understand.intent")
        find, read = places.find, intent.read
    except (ModuleNotFoundError, AttributeError):
        return None

    def find_ids(text: str) -> tuple[int, ...]:
        return tuple(candidate.place.id for candidate in find(text, gazetteer))

    def read_intent(text: str) -> tuple[str, str]:
        understood = read(text, gazetteer)
        return understood.intent, understood.kind

    return Reader("stezhka", find_ids, read_intent)
