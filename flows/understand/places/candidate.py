"""A place that a text may mean."""

from __future__ import annotations

from dataclasses import dataclass

from db.places.place import Place

MOST = 6  # a choice of more is no help


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place and how likely it is the one: 0 to 1, comparable within one answer only."""

    place: Place
    score: float
