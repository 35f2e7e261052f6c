"""Sunrise and sunset, computed: the cover says nothing that is not true today."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from astral import Observer
from astral.sun import sunrise, sunset

from db.directory.hours import KYIV

# Where the buttons lead (GeoNames ids): Kyiv, Lviv, Odesa, Kharkiv, Dnipro, Vinnytsia.
CAPITAL = 703448
TOWNS = (CAPITAL, 702550, 698740, 706483, 709930, 689558)


@lru_cache(maxsize=256)
def sun(lat: float, lon: float, day: date) -> tuple[datetime, datetime]:
    """When the sun rises and sets there on that day, in Kyiv time. Places in Ukraine always have both."""
    where = Observer(lat, lon)
    return sunrise(where, day, tzinfo=KYIV), sunset(where, day, tzinfo=KYIV)
