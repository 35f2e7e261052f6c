"""In which order help is offered: whom a service is for, then how far it is, then what we know about it."""

from __future__ import annotations

from math import inf

from db.directory.service import Service
from db.places.place import Place
from db.places.places import distance_km

BY_PHONE_ONLY = frozenset({"helpline", "police", "mobile_team", "perpetrator_programme"})

LOCAL = ("community", "settlement", "district")
Rank = tuple[bool, bool, float, bool, bool, int]


def is_national(service: Service) -> bool:
    """Whether it is for everybody in Ukraine."""
    return any(area.kind == "national" for area in service.areas)


def covers(service: Service, place: Place) -> bool:
    """Whether the service is for a person at `place`.

    Somebody who named only an oblast is somewhere in it: everything inside it counts.
    """
    if place.kind == "oblast" and service.oblast_id == place.oblast_id:
        return True
    for area in service.areas:
        if area.kind == "national":
            return True
        if area.kind == "oblast" and area.place_id == place.oblast_id:
            return True
        if area.place_id in (place.id, place.city_id) and area.kind in LOCAL:
            return True
    return False


def way_km(service: Service, place: Place) -> float:
    """Kilometres from the place's centre to the service's point (its building where that is known and may be,
    otherwise the centre of its town); infinite without a point."""
    if service.lat is None or service.lon is None:
        return inf
    return distance_km(place.lat, place.lon, service.lat, service.lon)


class Standing:
    """A service with everything of its rank that does not depend on the person, worked out once: one search of a
    big directory ranks thousands."""

    __slots__ = ("closes", "doubtful", "lat", "lon", "national", "num", "service", "silent")

    def __init__(self, service: Service) -> None:
        self.service = service
        self.num = service.num
        self.lat = service.lat
        self.lon = service.lon
        self.national = is_national(service)
        self.silent = not service.reachable
        self.doubtful = service.verified_on is None
        self.closes = service.hours != "24/7"

    def km(self, place: Place) -> float:
        """As `way_km`."""
        if self.lat is None or self.lon is None:
            return inf
        return distance_km(place.lat, place.lon, self.lat, self.lon)

    def rank(self, km: float) -> Rank:
        """The sort key among services that all cover the person, or all do not: smaller is better.

        Local before national, those that can be reached, nearer, confirmed, open at any hour; the number settles
        ties.
        """
        return (self.national, self.silent, round(km, 1), self.doubtful, self.closes, self.num)
