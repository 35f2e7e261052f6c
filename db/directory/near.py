"""Who is near: services in cells of the map, looked through ring by ring from a person outwards.

A cell is about 22 km high and, over Ukraine, 20 to 27 km wide, so that a town's neighbours are a few cells away and
100,000 services need no look at most of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest
from math import ceil

from db.directory.ranking import Rank, rank, way_km
from db.directory.service import Service
from db.places.place import Place

CELL_LAT, CELL_LON = 0.2, 0.35  # degrees
CELL_KM = 18.0  # the least breadth of a cell, up to 58° north; every ring is at least so much farther

Cell = tuple[int, int]


class Near:
    """Services that one can go to, by kind and cell."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._cells: defaultdict[str, defaultdict[Cell, list[Service]]] = defaultdict(lambda: defaultdict(list))
        for service in services:
            if service.lat is not None and service.lon is not None:
                self._cells[service.kind][_cell(service.lat, service.lon)].append(service)

    def nearest(
        self, kinds: Iterable[str], place: Place, wanted: Callable[[Service], bool], *, within_km: float, at_most: int
    ) -> list[Service]:
        """The `at_most` best of those wanted within `within_km` of the place, best first.

        A service that can be reached goes before one that cannot, however near, so the search goes on to the edge
        until enough of the former are found.
        """
        cells = [self._cells[kind] for kind in kinds if kind in self._cells]
        best: list[tuple[Rank, Service]] = []
        home = _cell(place.lat, place.lon)
        for ring in range(ceil(within_km / CELL_KM) + 2):
            if len(best) == at_most and _settled(best[-1], (ring - 1) * CELL_KM):
                break
            found = [
                (rank(service, place), service)
                for cell in _ring(home, ring)
                for by_cell in cells
                for service in by_cell.get(cell, ())
                if wanted(service) and way_km(service, place) <= within_km
            ]
            if found:
                best = nsmallest(at_most, [*best, *found], key=_first)
        return [service for _, service in best]

    def anywhere(
        self, kinds: Iterable[str], place: Place, wanted: Callable[[Service], bool], *, at_most: int
    ) -> list[Service]:
        """The same, however far: looked for only when nobody is near, so by going through all."""
        found = (
            (rank(service, place), service)
            for kind in kinds
            for inside in self._cells.get(kind, {}).values()
            for service in inside
            if wanted(service)
        )
        return [service for _, service in nsmallest(at_most, found, key=_first)]


def _settled(last: tuple[Rank, Service], farther_km: float) -> bool:
    """Whether nobody at `farther_km` or beyond could come before the last one found."""
    (_, _, unreachable, km, *_), _ = last
    return not unreachable and km < farther_km


def _first(pair: tuple[Rank, Service]) -> Rank:
    return pair[0]


def _cell(lat: float, lon: float) -> Cell:
    return int(lat // CELL_LAT), int(lon // CELL_LON)


def _ring(home: Cell, ring: int) -> Iterator[Cell]:
    """The cells exactly `ring` steps away."""
    row, column = home
    if not ring:
        yield home
        return
    for step in range(-ring, ring + 1):
        yield row - ring, column + step
        yield row + ring, column + step
    for step in range(-ring + 1, ring):
        yield row + step, column - ring
        yield row + step, column + ring
