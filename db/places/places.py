"""The gazetteer in memory: all places, found by id, by exact name, by oblast, or by being near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import cos, hypot, radians, sqrt

from db.places.naming import key, ukrainian_order
from db.places.place import Place
from db.places.register import Register

KM_PER_DEGREE = 111.2  # of latitude, on the mean sphere
FARTHEST_KM = 60.0  # beyond this a point lies abroad, at sea or in a jest, and no place is named for it
DISTRICT_REACH_KM = 4.0  # half the breadth of a usual city district


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points in degrees; within 0.5 % over the breadth of Ukraine."""
    along = (other_lon - lon) * cos(radians((lat + other_lat) / 2))
    return KM_PER_DEGREE * hypot(other_lat - lat, along)


def reach_km(place: Place) -> float:
    """How far a settlement stretches from its centre, roughly: 1 km for 15,000 people, 8 km for a million.

    Without it a flat at the edge of Vinnytsia would be told that it stands in the next village.
    """
    return DISTRICT_REACH_KM if place.kind == "district" else 0.008 * sqrt(place.population)


class Places:
    """A read-only snapshot of the `places` table."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.kept: dict[type, object] = {}  # what others have worked out of it, kept exactly as long as it is
        self._by_id = {place.id: place for place in places}
        self._oblasts: list[Place] = []
        towns: defaultdict[int, list[Place]] = defaultdict(list)
        districts: defaultdict[int, list[Place]] = defaultdict(list)
        for place in self._by_id.values():
            if place.kind == "oblast":
                self._oblasts.append(place)
            elif place.kind == "district":
                districts[place.city_id].append(place)
            else:
                towns[place.oblast_id].append(place)
        self._oblasts.sort(key=lambda oblast: ukrainian_order(oblast.name_uk.removeprefix("м. ")))
        self._towns = {at: sorted(found, key=_largest_first) for at, found in towns.items()}
        self._districts = {
            at: sorted(found, key=lambda district: ukrainian_order(district.name_uk)) for at, found in districts.items()
        }
        self._points = [
            (place.lat, place.lon, reach_km(place), place.id)
            for place in self._by_id.values()
            if place.kind != "oblast" and place.id not in self._districts
        ]
        self._all = tuple(self._by_id.values())

    @cached_property
    def _by_name(self) -> Register:
        """Most commands ask for no name, and it takes longer than all the rest."""
        return Register((_names(place), at) for at, place in enumerate(self._all))

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_id.values())

    def get(self, place_id: int) -> Place | None:
        """The place with this id."""
        return self._by_id.get(place_id)

    def named(self, text: str) -> list[Place]:
        """Places whose name, in any language or old form, equals `text` (case, apostrophes, hyphens and
        spaces aside).

        Those that bear the name today come first, then those that once did; within each the most populous
        first: "Олександрівка" is a village, though Donetsk was called so too.
        """
        wanted = key(text)
        found = [self._all[at] for at in self._by_name.numbers(wanted)]
        return sorted(found, key=lambda place: (wanted not in _today(place), *_largest_first(place)))

    def oblasts(self) -> list[Place]:
        """All 27 regions in the order of the Ukrainian alphabet."""
        return list(self._oblasts)

    def towns(self, oblast_id: int) -> list[Place]:
        """Settlements of an oblast, largest first."""
        return list(self._towns.get(oblast_id, ()))

    def districts(self, city_id: int) -> list[Place]:
        """Districts of a city in the order of the Ukrainian alphabet; empty for most."""
        return list(self._districts.get(city_id, ()))

    def near(self, lat: float, lon: float) -> Place | None:
        """The settlement (or, inside a city with districts, the district) whose edge is nearest to a point,
        None when the point is more than 60 km from the centre of every place we know."""
        best, best_id = float("inf"), 0
        shrink = cos(radians(lat))
        for other_lat, other_lon, reach, place_id in self._points:
            gap = KM_PER_DEGREE * hypot(other_lat - lat, (other_lon - lon) * shrink) - reach
            if gap < best:
                best, best_id = gap, place_id
        found = self._by_id.get(best_id)
        if found is None or distance_km(lat, lon, found.lat, found.lon) > FARTHEST_KM:
            return None
        return found


def _names(place: Place) -> set[str]:
    """The keys under which a place is found."""
    if place.kind == "oblast" and place.name_uk.startswith("м. "):
        return set()  # "Київ" is the city; the region of the same name is reached through the list
    return {key(name) for name in (place.name_uk, place.name_en, *place.aliases)} - {""}


def _today(place: Place) -> tuple[str, str]:
    return key(place.name_uk), key(place.name_en)


def _largest_first(place: Place) -> tuple[int, tuple[int, ...], int]:
    return -place.population, ukrainian_order(place.name_uk), place.id
