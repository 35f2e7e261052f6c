"""Where a row's service is and whom it is for by place; and that nothing leads to a hidden door."""

from __future__ import annotations

from db.directory.discretion import SMALL_TOWN
from db.directory.service import Area, Service
from db.directory.streets import giveaway
from db.exchange import cells
from db.exchange.line import Line
from db.places.place import Place

_TOLD = ("name_uk", "name_en", "notes_uk", "notes_en", "website", "telegram")  # what a hidden service may say


def place(line: Line, made: Service) -> tuple[Place | None, Place | None, Place | None]:
    """Oblast, settlement and city district: from the file, else as they were."""
    gazetteer = line.sheet.gazetteer
    get = gazetteer.places.get
    oblast = line.read("oblast", lambda text: gazetteer.oblast(text) if text else None, get(made.oblast_id))
    city = get(made.place_id)
    city = line.read("settlement", lambda text: gazetteer.settlement(text, oblast) if text else None, city)
    district = get(made.district_id)
    district = line.read("district", lambda text: gazetteer.district(text, city) if text else None, district)
    if city and oblast and city.oblast_id != oblast.id and not line.faults:
        line.wrong("settlement", "unknown_settlement", found=city.name_uk, oblast=oblast.name_uk)
    if district and (city is None or district.city_id != city.id) and not line.faults:
        line.wrong("district", "unknown_district", found=district.name_uk, known="–")
    return oblast, city, district


def areas(line: Line, oblast: Place | None, city: Place | None, district: Place | None) -> tuple[Area, ...]:
    """Whom it is for: what the cell says, else what the place says."""
    gazetteer = line.sheet.gazetteer
    nobody: list[Area] = []
    named = line.read("serves", lambda text: [gazetteer.area(item, oblast, city) for item in cells.items(text)], nobody)
    if named:
        return tuple(dict.fromkeys(sorted(named, key=lambda area: (area.kind, area.place_id))))
    if district and city:
        return Area("district", district.id), Area("settlement", city.id)
    if city:
        return (Area("settlement", city.id),)
    return (Area("oblast", oblast.id),) if oblast else (Area("national"),)


def discreet(line: Line, made: Service, city: Place | None) -> None:
    """Nothing in the row leads to the door."""
    for key in ("address_uk", "address_en"):
        if address := getattr(made, key):
            line.wrong(key, "hidden_address", found=address)
    if made.district_id:
        line.wrong("district", "hidden_district")
    if city and city.population < SMALL_TOWN:
        line.wrong("settlement", "hidden_small_town", found=city.name_uk)
    for area in made.areas:
        place = line.sheet.gazetteer.places.get(area.place_id)
        if area.place_id in (made.place_id, made.district_id):
            continue  # told already
        if area.kind == "district":
            line.wrong("serves", "hidden_district")
        elif place and place.kind == "settlement" and place.population < SMALL_TOWN:
            line.wrong("serves", "hidden_small_town", found=place.name_uk)
    for key in _TOLD:
        if words := giveaway(getattr(made, key)):
            line.wrong(key, "hidden_words", found=words)
