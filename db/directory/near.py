"""Who is near: services in cells of the map, looked through ring by ring from a person outwards.

A cell is about 22 km high and, over Ukraine, 20 to 27 km wide, so that a town's neighbours are a few cells away and
100,000 services need no look at most of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest
from math import ceil

from db.directory.ranking import Rank, Standing
from db.places.place import Place

CELL_LAT, CELL_LON = 0.2, 0.35  # degrees
CELL_KM = 18.0  # the least breadth of a cell, up to 58° north; every ring is at least so much farther

Cell = tuple[int, int]
Ranked = tuple[Rank, float, Standing]  # rank, kilometres, who
Wanted = Callable[[Standing], bool]


class Near:
    """Services that one can go to, by kind and cell."""

    def __init__(self, services: Iterable[Standing]) -> None:
        self._cells: defaultdict[str, defaultdict[Cell, list[Standing]]] = defaultdict(lambda: defaultdict(list))
        for one in services:
            if one.lat is not None and one.lon is not None:
                self._cells[one.service.kind][_cell(one.lat, one.lon)].append(one)

    def nearest(
        self, kinds: Iterable[str], place: Place, wanted: Wanted, *, within_km: float, at_most: int
    ) -> list[Ranked]:
        """The `at_most` best of those wanted within `within_km` of the place, best first.

        A service that can be reached goes before one that cannot, however near, so the search goes on to the edge
        until enough of the former are found.
        """
        cells = [self._cells[kind] for kind in kinds if kind in self._cells]
        best: list[Ranked] = []
        home = _cell(place.lat, place.lon)
        for ring in range(ceil(within_km / CELL_KM) + 2):
            if len(best) == at_most and _settled(best[-1][0], (ring - 1) * CELL_KM):
                break
            found = [
                (one.rank(km), km, one)
                for cell in _ring(home, ring)
                for by_cell in cells
                for one in by_cell.get(cell, ())
                if wanted(one) and (km := one.km(place)) <= within_km
            ]
            if found:
                best = nsmallest(at_most, [*best, *found], key=_rank)
        return best

    def anywhere(self, kinds: Iterable[str], place: Place, wanted: Wanted, *, at_most: int) -> list[Ranked]:
        """The same, however far: looked for only when nobody is near, so by going through all."""
        found = (
            (one.rank(km), km, one)
            for kind in kinds
            for inside in self._cells.get(kind, {}).values()
            for one in inside
            if wanted(one)
            for km in (one.km(place),)
        )
        return nsmallest(at_most, found, key=_rank)


def _settled(last: Rank, farther_km: float) -> bool:
    """Whether nobody at `farther_km` or beyond could come before the last one found."""
    _, silent, km, *_ = last
    return not silent and km < farther_km


def _rank(ranked: Ranked) -> Rank:
    return ranked[0]


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
