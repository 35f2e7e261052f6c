"""What is measured: a reader takes a text and says which places it names, or what it is for.

The project's own readers are looked up when asked for, so that the baselines can be measured without them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from db.places.places import Places

FindPlaces = Callable[[str], tuple[int, ...]]
ReadIntent = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A name for the table's column; place ids, best first; an intent with its kind ("" when it has none).

    None for what the reader cannot do (yet).
    """

    name: str
    places: FindPlaces | None
    intent: ReadIntent | None


def own(gazetteer: Places) -> Reader:
    """The project's own reader, as far as it exists."""
    find, read = _own("flows.understand.places", "find"), _own("flows.understand.intent", "read")

    def find_ids(text: str) -> tuple[int, ...]:
        assert find is not None
        return tuple(candidate.place.id for candidate in find(text, gazetteer))

    def read_intent(text: str) -> tuple[str, str]:
        assert read is not None
        understood = read(text, gazetteer)
        return understood.intent, understood.kind

    return Reader("stezhka", find and find_ids, read and read_intent)


def _own(module: str, name: str) -> Callable[..., Any] | None:
    """A function of the project, None when there is no such module, or nothing of that name in it."""
    try:
        function: Callable[..., Any] | None = getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None
    return function
