"""What a person at a place would be offered today, kind by kind, and so what is missing there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from db.directory.directory import NEAR_KM, Directory, Found
from db.directory.ranking import is_national, way_km
from db.directory.referral.reach import answers_from_afar
from db.directory.service import KINDS, NEVER_EXPIRE, Service
from db.places.place import Place

State = Literal["confirmed", "unconfirmed", "silent", "national", "away", "none"]
STATES: tuple[State, ...] = ("confirmed", "unconfirmed", "silent", "national", "away", "none")  # best first


@dataclass(frozen=True, slots=True)
class Offer:
    """What a kind of service comes to at a place.

    state   confirmed or unconfirmed: one for this place that can be contacted; silent: there is one, without a
            contact; national: only one for the whole country; away: only one meant for another place, at most 150 km
            off; none: nothing, or nothing that near.
    found   what the bot's list would hold, best first: also what lies further off or has no contact.
    """

    place: Place
    kind: str
    state: State
    found: tuple[Found, ...]


def offers(place: Place, directory: Directory) -> tuple[Offer, ...]:
    """Every kind at one place, in the order of KINDS."""
    return tuple(_offer(place, kind, directory) for kind in KINDS)


def by_oblast(oblasts: Iterable[Place], directory: Directory) -> tuple[tuple[Offer, ...], ...]:
    """Every kind in every oblast. What is anywhere in an oblast counts for it."""
    return tuple(offers(oblast, directory) for oblast in oblasts)


def _offer(place: Place, kind: str, directory: Directory) -> Offer:
    found = tuple(
        one
        for one in directory.search(frozenset({kind}), place)
        if one.service.kind == kind and (not place.occupied or answers_from_afar(one.service))
    )
    return Offer(place, kind, _state(found, place), found)


def _state(found: tuple[Found, ...], place: Place) -> State:
    own = [one.service for one in found if one.covers and not is_national(one.service)]
    if any(service.reachable for service in own):
        return "confirmed" if any(_confirmed(service) for service in own) else "unconfirmed"
    if own:
        return "silent"
    elsewhere = [one for one in found if one.service.reachable]
    if any(one.covers for one in elsewhere):
        return "national"
    return "away" if any(way_km(one.service, place) <= NEAR_KM for one in elsewhere) else "none"


def _confirmed(service: Service) -> bool:
    return service.reachable and (service.verified_on is not None or service.slug in NEVER_EXPIRE)
