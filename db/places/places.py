"""The gazetteer in memory: all places, found by id, by exact name, by oblast, or by being near."""

from __future__ import annotations

from collections.abc import Iterable

from db.places.place import Place


class Places:
    """A read-only snapshot of the `places` table."""

    def __init__(self, places: Iterable[Place]) -> None: ...
    def get(self, place_id: int) -> Place | None: ...
    def named(self, text: str) -> list[Place]:
        """Places whose name, in any language or old form, equals `text` (case, apostrophes, hyphens and
        spaces aside); the most populous first."""
        ...
    def oblasts(self) -> list[Place]: ...
    def towns(self, oblast_id: int) -> list[Place]:
        """Settlements of an oblast, largest first."""
        ...
    def districts(self, city_id: int) -> list[Place]: ...
    def near(self, lat: float, lon: float) -> Place | None:
        """The settlement (or, inside a city with districts, the district) nearest to a point, None when the
        point is more than 60 km from every place we know."""
        ...
