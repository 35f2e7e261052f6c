"""What can reach a person where they are: the type of their place, and who answers from afar."""

from __future__ import annotations

from db.directory.directory import Directory
from db.directory.ranking import is_national
from db.directory.referral.situation import PlaceType
from db.directory.service import NEVER_EXPIRE, Service
from db.places.place import Place

KYIV_OBLAST_ID = 12  # own_places.csv: Kyiv is an oblast by itself
VILLAGE_BELOW = 5_000  # people; a place this small seldom has more than its council
ANSWERS_FROM_AFAR = frozenset({"helpline", "legal_aid", "counselling"})


def place_type(place: Place | None, directory: Directory) -> PlaceType:
    """How much help a place has, for the rules. An oblast counts as a town: where in it, nobody said.

    A centre that exists but cannot be contacted does not make a place one with a centre: nobody could be sent there.
    """
    if place is None:
        return "unknown"
    if place.occupied:
        return "occupied"
    if place.oblast_id == KYIV_OBLAST_ID:
        return "kyiv"
    if _has_centre(place, directory):
        return "centre"
    return "village" if place.kind == "settlement" and place.population < VILLAGE_BELOW else "town"


def _has_centre(place: Place, directory: Directory) -> bool:
    here = {place.id, place.city_id} - {0}
    found = (one.service for one in directory.search(frozenset({"day_center"}), place) if one.covers)
    return place.kind != "oblast" and any(
        service.kind == "day_center" and service.reachable and any(area.place_id in here for area in service.areas)
        for service in found
    )


def answers_from_afar(service: Service) -> bool:
    """Whether a service helps somebody under occupation, where nobody can come: by phone or in writing only."""
    if service.slug in NEVER_EXPIRE:  # they answer by coming
        return False
    return is_national(service) or (service.kind in ANSWERS_FROM_AFAR and service.reachable)
