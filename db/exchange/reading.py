"""A row of a file as a service, checked against itself, the gazetteer and what may be said of hidden places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from db.directory.discretion import SMALL_TOWN, is_hidden
from db.directory.service import WARTIME, Area, Service
from db.directory.streets import giveaway
from db.exchange import cells
from db.exchange.columns import COLUMNS
from db.exchange.faults import CellFault, Fault, Where
from db.exchange.gazetteer import BORDER_KM, TOWN_KM, Gazetteer
from db.exchange.table import Heads, Row, letter_of
from db.places.place import Place
from db.places.places import FARTHEST_KM, distance_km, reach_km

UKRAINE = (44.0, 52.5, 22.0, 40.3)  # degrees: south, north, west, east
_TOLD = ("name_uk", "name_en", "notes_uk", "notes_en", "website", "telegram")  # what a hidden service may say
_NEEDED = tuple(column.key for column in COLUMNS if column.needed)
_PLAIN: dict[str, Callable[[str], Any]] = {
    "kind": lambda text: cells.kind(text) if text else "",
    **{key: partial(cells.within, key.partition("_")[0]) for key in ("name_uk", "name_en", "notes_uk", "notes_en")},
    **{key: partial(cells.within, "address") for key in ("address_uk", "address_en")},
    **{key: partial(cells.some_of, key) for key in ("audience", "entry", "access")},
    **dict.fromkeys(WARTIME, cells.yes),
    "phones": cells.phones,
    "parent": lambda text: cells.slug(text) if text else "",
    "telegram": cells.telegram,
    "website": cells.website,
    "hours": cells.hours,
    "languages": cells.languages,
    "cost": lambda text: cells.one_of("cost", text, "unknown"),
    "confidence": lambda text: cells.one_of("confidence", text, "medium"),
    "source_url": partial(cells.within, "source_url"),
    "verified_by": cells.role,
    "review_by": cells.day,
}
T = TypeVar("T")


class RowReader:
    """Reads the rows of one file. Columns that the file does not have leave a known service as it is."""

    def __init__(
        self, gazetteer: Gazetteer, held: Mapping[str, Service], today: date, heads: Heads, where: Where
    ) -> None:
        self._gazetteer = gazetteer
        self._held = held
        self._today = today
        self._where = where
        self._places = {column.key: (head, letter_of(at)) for at, (column, head) in heads.columns.items()}

    def read(self, row: Row, faults: list[Fault]) -> Service | None:
        """The service of a row, `num` 0 when it is new; None, and why, when the row cannot be taken."""
        reading = _Reading(self, row)
        service = reading.service(self._held)
        faults += reading.faults
        return None if reading.faults else service

    def fault(self, row: Row, column: str, code: str, **said: str) -> Fault:
        """A fault of one cell of a row."""
        head, letter = self._places.get(column, ("", ""))
        return Fault(code, Where(self._where.file, self._where.sheet, row.number, head, letter), said)

    @property
    def gazetteer(self) -> Gazetteer:
        """The places that cells name."""
        return self._gazetteer

    @property
    def today(self) -> date:
        """The day of the import, Kyiv time."""
        return self._today


class _Reading:
    """One row on its way to a service."""

    def __init__(self, reader: RowReader, row: Row) -> None:
        self.reader = reader
        self.row = row
        self.faults: list[Fault] = []

    def service(self, held: Mapping[str, Service]) -> Service | None:
        slug = self.read("id", cells.slug, "")
        if not slug:
            return None
        before = held.get(slug)
        self.needed(new=before is None)
        base = before or Service(0, slug, "other", "", "", cost="unknown", confidence="medium")
        made = replace(base, **self.plain(base))
        hidden = self.hidden(made, before)
        made = replace(made, hidden=hidden)
        oblast, city, district = self.place(made)
        home = _home(oblast, city, district)
        moved = before is None or (made.oblast_id, made.place_id, made.district_id) != home
        made = replace(made, oblast_id=home[0], place_id=home[1], district_id=home[2])
        if moved or "serves" in self.row.cells:
            made = replace(made, areas=self.areas(oblast, city, district))
        if not self.faults:
            made = self.with_point(made, before, city, district)
        if hidden and not self.faults:
            self.discreet(made, city)
        self.confirmation(made)
        return made

    def read(self, key: str, reader: Callable[[str], T], otherwise: T) -> T:
        """A cell's value; `otherwise` when the file has no such column or the cell cannot be read."""
        if key not in self.row.cells:
            return otherwise
        try:
            return reader(self.row.cells[key])
        except CellFault as fault:
            self.wrong(key, fault.code, **fault.said)
            return otherwise

    def wrong(self, column: str, code: str, **said: str) -> None:
        self.faults.append(self.reader.fault(self.row, column, code, **said))

    def needed(self, *, new: bool) -> None:
        for key in _NEEDED:
            if (new or key in self.row.cells) and not self.row.cells.get(key):
                self.wrong(key, "needed")

    def plain(self, base: Service) -> dict[str, Any]:
        """Everything that one cell says alone."""
        values: dict[str, Any] = {key: self.read(key, reader, getattr(base, key)) for key, reader in _PLAIN.items()}
        values |= {key: self.read(key, self.past, getattr(base, key)) for key in ("source_date", "verified_on")}
        values["kind"] = values["kind"] or base.kind
        values["audience"] = values["audience"] or frozenset({"all"})
        values["num"] = self.read("num", cells.number, 0) or base.num
        return values

    def past(self, text: str) -> date | None:
        return cells.past_day(text, self.reader.today)

    def hidden(self, made: Service, before: Service | None) -> bool:
        """Only an explicit "no" lifts a secret, and never that of a kind which is always secret."""
        said = self.row.cells.get("hidden", "")
        marked = self.read("hidden", lambda text: cells.yes(text) if text else _was(before), _was(before))
        if said and not marked and is_hidden(made.kind, marked=False):
            self.wrong("hidden", "must_hide", found=self.row.cells.get("kind") or made.kind)
        return is_hidden(made.kind, marked=marked)

    def place(self, made: Service) -> tuple[Place | None, Place | None, Place | None]:
        """Oblast, settlement and city district: from the file, else as they were."""
        gazetteer = self.reader.gazetteer
        get = gazetteer.places.get
        oblast = self.read("oblast", lambda text: gazetteer.oblast(text) if text else None, get(made.oblast_id))
        city = get(made.place_id)
        city = self.read("settlement", lambda text: gazetteer.settlement(text, oblast) if text else None, city)
        district = get(made.district_id)
        district = self.read("district", lambda text: gazetteer.district(text, city) if text else None, district)
        if city and oblast and city.oblast_id != oblast.id and not self.faults:
            self.wrong("settlement", "unknown_settlement", found=city.name_uk, oblast=oblast.name_uk)
        if district and (city is None or district.city_id != city.id) and not self.faults:
            self.wrong("district", "unknown_district", found=district.name_uk, known="–")
        return oblast, city, district

    def areas(self, oblast: Place | None, city: Place | None, district: Place | None) -> tuple[Area, ...]:
        """Whom it is for: what the cell says, else what the place says."""
        gazetteer = self.reader.gazetteer
        nobody: list[Area] = []
        named = self.read(
            "serves", lambda text: [gazetteer.area(item, oblast, city) for item in cells.items(text)], nobody
        )
        if named:
            return tuple(dict.fromkeys(sorted(named, key=lambda area: (area.kind, area.place_id))))
        if district and city:
            return Area("district", district.id), Area("settlement", city.id)
        if city:
            return (Area("settlement", city.id),)
        return (Area("oblast", oblast.id),) if oblast else (Area("national"),)

    def with_point(self, made: Service, before: Service | None, city: Place | None, district: Place | None) -> Service:
        """The point: from the file, else the middle of the place, coarse for hidden services."""
        told = {"lat", "lon", "precision"} & self.row.cells.keys()
        home = (made.place_id, made.district_id, made.hidden)
        if not told and before and home == (before.place_id, before.district_id, before.hidden):
            return made
        lat, lon = (self.read(key, cells.degrees, None) for key in ("lat", "lon"))
        said = self.row.cells.get("precision", "")
        precision = self.read("precision", lambda text: cells.one_of("precision", text, ""), "")
        if (lat is None) != (lon is None) and not self.faults:
            self.wrong("lat" if lat is None else "lon", "half_point")
        if self.faults:
            return made
        if made.hidden:
            return self.coarse(made, lat, precision if said else None, city)
        if lat is not None and lon is not None:
            self.in_ukraine(lat, lon, made, city)
            guess = "building" if made.address_uk else "settlement"
            return replace(made, lat=lat, lon=lon, precision=precision if said else guess)
        return self.middle(made, precision if said else None, city, district)

    def coarse(self, made: Service, lat: float | None, precision: str | None, city: Place | None) -> Service:
        """A hidden service: its town to a tenth of a degree, or no point."""
        if lat is not None or precision not in (None, "", "settlement"):
            self.wrong("lat" if lat is not None else "precision", "hidden_point")
        if precision == "" or city is None:
            if precision == "settlement":
                self.wrong("precision", "no_middle", found=self.row.cells["precision"])
            return replace(made, lat=None, lon=None, precision="")
        return replace(made, lat=round(city.lat, 1), lon=round(city.lon, 1), precision="settlement")

    def middle(self, made: Service, precision: str | None, city: Place | None, district: Place | None) -> Service:
        """The middle of the district or town that the row names."""
        centre = {None: district or city, "": None, "district": district, "settlement": city}.get(precision)
        if centre is None:
            if precision:
                self.wrong("precision", "no_middle", found=self.row.cells["precision"])
            return replace(made, lat=None, lon=None, precision="")
        kind = "district" if centre.kind == "district" else "settlement"
        return replace(made, lat=centre.lat, lon=centre.lon, precision=kind)

    def in_ukraine(self, lat: float, lon: float, made: Service, city: Place | None) -> None:
        point = f"{lat:g}, {lon:g}"
        south, north, west, east = UKRAINE
        nearest, by_oblast = self.reader.gazetteer.near(lat, lon)
        if nearest is None or not (south <= lat <= north and west <= lon <= east):
            self.wrong("lat", "outside", found=point)
            return
        best = min(by_oblast.values())
        if best > FARTHEST_KM:
            self.wrong("lat", "outside", found=point)
        elif (made.oblast_id and by_oblast.get(made.oblast_id, FARTHEST_KM * 2) > best + BORDER_KM) or (
            city and distance_km(lat, lon, city.lat, city.lon) - reach_km(city) > TOWN_KM
        ):
            oblast = self.reader.gazetteer.places.get(nearest.oblast_id)
            near = f"{nearest.name_uk} ({oblast.name_uk if oblast else ''})"
            self.wrong("lat", "other_oblast", found=point, near=near)

    def discreet(self, made: Service, city: Place | None) -> None:
        """Nothing in the row leads to the door."""
        for key in ("address_uk", "address_en"):
            if address := getattr(made, key):
                self.wrong(key, "hidden_address", found=address)
        if made.district_id:
            self.wrong("district", "hidden_district")
        if city and city.population < SMALL_TOWN:
            self.wrong("settlement", "hidden_small_town", found=city.name_uk)
        for area in made.areas:
            place = self.reader.gazetteer.places.get(area.place_id)
            if area.place_id in (made.place_id, made.district_id):
                continue  # told already
            if area.kind == "district":
                self.wrong("serves", "hidden_district")
            elif place and place.kind == "settlement" and place.population < SMALL_TOWN:
                self.wrong("serves", "hidden_small_town", found=place.name_uk)
        for key in _TOLD:
            if words := giveaway(getattr(made, key)):
                self.wrong(key, "hidden_words", found=words)

    def confirmation(self, made: Service) -> None:
        if (made.verified_on is None) != (not made.verified_by):
            self.wrong("verified_on" if made.verified_on is None else "verified_by", "half_confirmed")


def _home(*places: Place | None) -> tuple[int, ...]:
    """Their numbers, 0 for none."""
    return tuple(place.id if place else 0 for place in places)


def _was(before: Service | None) -> bool:
    return before is not None and before.hidden
