"""Places as cells name them: "Житомирська область", "Житомир", "Олександрівка [698637]", "громада: Романів"."""

from __future__ import annotations

import re
from collections import defaultdict
from math import cos, hypot, inf, radians

from rapidfuzz import fuzz, process

from db.directory.service import Area
from db.exchange import vocabulary as v
from db.exchange.faults import CellFault
from db.exchange.vocabulary import Lang
from db.places.naming import key
from db.places.place import Place
from db.places.places import KM_PER_DEGREE, Places, reach_km

ALIKE = 75  # of 100, rapidfuzz
NUMBERED = re.compile(r"(?P<name>.*?)\s*\[(?P<number>[0-9]{1,9})\]\Z", re.DOTALL)
NAMESAKES_SHOWN = 6
CELL = 0.5  # degrees: the cells in which the places near a point are looked up
BORDER_KM = 15.0  # a point may be nearer to a town across the border of its oblast than to its own
TOWN_KM = 20.0  # how far outside its town, beyond the town's own breadth, a service may stand


class Gazetteer:
    """Names for places, and places for names. Made once for a file."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._oblasts: dict[str, Place] = {}
        self._towns: dict[int, defaultdict[str, list[Place]]] = {}
        self._cells: defaultdict[tuple[int, int], list[tuple[float, float, float, Place]]] = defaultdict(list)
        for oblast in places.oblasts():
            self._oblasts |= {key(name): oblast for name in (oblast.name_uk, oblast.name_en)}
            towns: defaultdict[str, list[Place]] = defaultdict(list)
            for town in places.towns(oblast.id):
                for spelling in {key(name) for name in (town.name_uk, town.name_en, *town.aliases)}:
                    towns[spelling].append(town)
                self._cells[_cell(town.lat, town.lon)].append((town.lat, town.lon, reach_km(town), town))
            self._towns[oblast.id] = towns
        for oblast in places.oblasts():
            for name in oblast.aliases:
                self._oblasts.setdefault(key(name), oblast)

    def oblast(self, text: str) -> Place:
        """The oblast of this name. Raises CellFault."""
        if numbered := self._numbered(text):
            return numbered
        found = self._oblasts.get(key(text))
        if found is None:
            names = [oblast.name_uk for oblast in self.places.oblasts()]
            raise CellFault("unknown_oblast", found=text, maybe=_like(text, names))
        return found

    def settlement(self, text: str, oblast: Place | None) -> Place:
        """The settlement of this name in this oblast. Raises CellFault when there is none, or more than one."""
        if numbered := self._numbered(text):
            return numbered
        if oblast is None:
            raise CellFault("settlement_without_oblast", found=text)
        towns = self._towns.get(oblast.id, defaultdict(list))
        found = towns.get(key(text), [])
        today = [town for town in found if key(text) in (key(town.name_uk), key(town.name_en))]
        found = today or found
        if not found:
            names = [town.name_uk for town in self.places.towns(oblast.id)]
            raise CellFault("unknown_settlement", found=text, oblast=oblast.name_uk, maybe=_like(text, names))
        if len(found) > 1:
            known = "; ".join(f"{town.name_uk} [{town.id}]" for town in found[:NAMESAKES_SHOWN])
            raise CellFault("many_settlements", found=text, known=known)
        return found[0]

    def district(self, text: str, city: Place | None) -> Place:
        """The district of this name in this city. Raises CellFault."""
        if numbered := self._numbered(text):
            return numbered
        districts = self.places.districts(city.id) if city else []
        wanted = key(text)
        for one in districts:
            if wanted in {key(name) for name in (one.name_uk, one.name_en, *one.aliases)}:
                return one
        raise CellFault("unknown_district", found=text, known=", ".join(one.name_uk for one in districts) or "–")

    def area(self, text: str, oblast: Place | None, city: Place | None) -> Area:
        """Whom a service is for: "вся Україна", "громада: Романів", or a name alone. Raises CellFault."""
        kind_word, colon, name = text.partition(":")
        kind, name = v.AREA.code(kind_word), name.strip()
        if kind == "national" and not colon:
            return Area("national")
        if not colon:
            return self._plain_area(text, oblast)
        if kind == "oblast":
            return Area("oblast", self.oblast(name).id)
        if kind == "community":
            return Area("community", self.settlement(name, oblast).id)
        if kind == "settlement":
            return Area("settlement", self.settlement(name, oblast).id)
        if kind == "district":
            return Area("district", self.district(name, city).id)
        raise CellFault("area", found=text)

    def _plain_area(self, text: str, oblast: Place | None) -> Area:
        if region := self._oblasts.get(key(text)):
            return Area("oblast", region.id)
        try:
            return Area("settlement", self.settlement(text, oblast).id)
        except CellFault as fault:
            raise CellFault("area", found=text) from fault

    def _numbered(self, text: str) -> Place | None:
        match = NUMBERED.match(text)
        place = self.places.get(int(match["number"])) if match else None
        if match and (place is None or key(match["name"]) not in {key(place.name_uk), key(place.name_en), ""}):
            raise CellFault("unknown_settlement", found=text, oblast="–", maybe=place.name_uk if place else "")
        return place

    def name(self, place: Place | None, lang: Lang) -> str:
        """The name that leads back to this place, in its oblast."""
        if place is None:
            return ""
        name = place.name(lang)
        found: list[Place]
        if place.kind == "oblast":
            found = [self._oblasts[key(name)]]
        elif place.kind == "district":
            found = [one for one in self.places.districts(place.city_id) if key(one.name(lang)) == key(name)]
        else:
            same = self._towns[place.oblast_id][key(name)]
            found = [town for town in same if key(name) in (key(town.name_uk), key(town.name_en))]
        return name if found == [place] else f"{name} [{place.id}]"

    def area_name(self, area: Area, oblast_id: int, city_id: int, lang: Lang) -> str:
        """What `area` reads back as the same area beside this oblast and city."""
        if area.kind == "national":
            return v.AREA.word("national", lang)
        place = self.places.get(area.place_id)
        name = self.name(place, lang)
        at_home = place is not None and (area.kind == "oblast" or place.oblast_id == oblast_id)
        if place is not None and area.kind == "district":
            at_home = place.city_id == city_id
        if place is not None and not at_home and not NUMBERED.match(name):
            name = f"{name} [{place.id}]"
        return f"{v.AREA.word(area.kind, lang)}: {name}"

    def near(self, lat: float, lon: float) -> tuple[Place | None, dict[int, float]]:
        """The settlement whose edge is nearest to a point, and how far (km) each oblast's nearest settlement is."""
        best, best_km = None, inf
        by_oblast: dict[int, float] = {}
        row, column = _cell(lat, lon)
        shrink = cos(radians(lat))
        for cell in ((row + up, column + right) for up in (-2, -1, 0, 1, 2) for right in (-2, -1, 0, 1, 2)):
            for other_lat, other_lon, reach, place in self._cells.get(cell, ()):
                km = max(0.0, KM_PER_DEGREE * hypot(other_lat - lat, (other_lon - lon) * shrink) - reach)
                if km < best_km:
                    best, best_km = place, km
                if km < by_oblast.get(place.oblast_id, inf):
                    by_oblast[place.oblast_id] = km
        return best, by_oblast


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // CELL), int(lon // CELL)


def _like(text: str, names: list[str]) -> str:
    found = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else ""
