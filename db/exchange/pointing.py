"""The point of a row's service: from the file, else the middle of its place; coarse when the place is hidden."""

from __future__ import annotations

from dataclasses import replace

from db.directory.service import Service
from db.exchange import cells
from db.exchange.gazetteer import BORDER_KM, TOWN_KM
from db.exchange.line import Line
from db.places.place import Place
from db.places.places import FARTHEST_KM, distance_km, reach_km

UKRAINE = (44.0, 52.5, 22.0, 40.3)  # degrees: south, north, west, east


def with_point(
    line: Line, made: Service, before: Service | None, city: Place | None, district: Place | None
) -> Service:
    """The point: from the file, else the middle of the place, coarse for hidden services."""
    told = {"lat", "lon", "precision"} & line.cells.keys()
    home = (made.place_id, made.district_id, made.hidden)
    if not told and before and home == (before.place_id, before.district_id, before.hidden):
        return made
    lat, lon = (line.read(key, cells.degrees, None) for key in ("lat", "lon"))
    said = line.cells.get("precision", "")
    precision = line.read("precision", lambda text: cells.one_of("precision", text, ""), "")
    if (lat is None) != (lon is None) and not line.faults:
        line.wrong("lat" if lat is None else "lon", "half_point")
    if line.faults:
        return made
    if made.hidden:
        return _coarse(line, made, lat, precision if said else None, city)
    if lat is not None and lon is not None:
        _in_ukraine(line, lat, lon, made, city)
        guess = "building" if made.address_uk else "settlement"
        return replace(made, lat=lat, lon=lon, precision=precision if said else guess)
    return _middle(line, made, precision if said else None, city, district)


def _coarse(line: Line, made: Service, lat: float | None, precision: str | None, city: Place | None) -> Service:
    """A hidden service: its town to a tenth of a degree, or no point."""
    if lat is not None or precision not in (None, "", "settlement"):
        line.wrong("lat" if lat is not None else "precision", "hidden_point")
    if precision == "" or city is None:
        if precision == "settlement":
            line.wrong("precision", "no_middle", found=line.cells["precision"])
        return replace(made, lat=None, lon=None, precision="")
    return replace(made, lat=round(city.lat, 1), lon=round(city.lon, 1), precision="settlement")


def _middle(line: Line, made: Service, precision: str | None, city: Place | None, district: Place | None) -> Service:
    """The middle of the district or town that the row names."""
    centre = {None: district or city, "": None, "district": district, "settlement": city}.get(precision)
    if centre is None:
        if precision:
            line.wrong("precision", "no_middle", found=line.cells["precision"])
        return replace(made, lat=None, lon=None, precision="")
    kind = "district" if centre.kind == "district" else "settlement"
    return replace(made, lat=centre.lat, lon=centre.lon, precision=kind)


def _in_ukraine(line: Line, lat: float, lon: float, made: Service, city: Place | None) -> None:
    point = f"{lat:g}, {lon:g}"
    south, north, west, east = UKRAINE
    nearest, by_oblast = line.sheet.gazetteer.near(lat, lon)
    if nearest is None or not (south <= lat <= north and west <= lon <= east):
        line.wrong("lat", "outside", found=point)
        return
    best = min(by_oblast.values())
    if best > FARTHEST_KM:
        line.wrong("lat", "outside", found=point)
    elif (made.oblast_id and by_oblast.get(made.oblast_id, FARTHEST_KM * 2) > best + BORDER_KM) or (
        city and distance_km(lat, lon, city.lat, city.lon) - reach_km(city) > TOWN_KM
    ):
        oblast = line.sheet.gazetteer.places.get(nearest.oblast_id)
        near = f"{nearest.name_uk} ({oblast.name_uk if oblast else ''})"
        line.wrong("lat", "other_oblast", found=point, near=near)
