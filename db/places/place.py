"""A settlement, a city district or an oblast, as the gazetteer knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from db.visit import Lang

PlaceKind = Literal["oblast", "settlement", "district"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    id          GeoNames' id for settlements; ours (small numbers) for oblasts and districts.
    oblast_id   id of the oblast it lies in (its own id for an oblast). Kyiv and Sevastopol are oblasts too.
    city_id     for a district: the settlement it belongs to; otherwise 0.
    lat, lon    degrees, WGS 84: the centre.
    population  people, 0 when unknown.
    occupied    no Ukrainian service can come there: the bot gives remote help and no travel advice.
    """

    id: int
    kind: PlaceKind
    name_uk: str
    name_en: str
    oblast_id: int
    lat: float
    lon: float
    city_id: int = 0
    population: int = 0
    occupied: bool = False
    aliases: tuple[str, ...] = ()

    def name(self, lang: Lang) -> str:
        """The name in the visitor's language."""
        return self.name_uk if lang == "uk" else self.name_en
