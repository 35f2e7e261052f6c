"""The directory in memory: every service, found by number, by slug, or by who is near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from db.directory.hours import ROUND_THE_CLOCK
from db.directory.phones import pretty
from db.directory.ranking import BY_PHONE_ONLY, covers, is_national, rank, way_km
from db.directory.service import Service
from db.places.place import Place

NEAR_KM = 150.0  # further than a day's journey there and back with children
NEAR_AT_MOST = 10
FAR_AT_MOST = 3  # when nothing is that near, the nearest few wherever they are
CLOSING_LINES = ("ua-1547", "ua-lastrada-116123")  # for everybody, on violence; then any other round the clock


class UnknownPhone(LookupError):  # noqa: N818 (a name for the situation)
    """A text refers to a number that the directory does not have; the message names the reference."""


@dataclass(frozen=True, slots=True)
class Found:
    """A search result.

    `km` is to the service's building where that is known, otherwise to the middle of its town or district: say
    "about", and nothing below a kilometre or two. It is None for hidden services, for national ones, for those
    reached by phone only, for those without a place, and when the person named only an oblast.
    """

    service: Service
    km: float | None
    covers: bool  # its area covers the person


class Directory:
    """A read-only snapshot of the `services` and `service_areas` tables."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._by_num = {service.num: service for service in sorted(services, key=lambda service: service.num)}
        self._by_slug = {service.slug: service for service in self._by_num.values()}
        self._closing = self._closing_line()

    @property
    def services(self) -> tuple[Service, ...]:
        """Every service, by number."""
        return tuple(self._by_num.values())

    def get(self, num: int) -> Service | None:
        """The service with this number."""
        return self._by_num.get(num)

    def by_slug(self, slug: str) -> Service | None:
        """The service with this name."""
        return self._by_slug.get(slug)

    def phone(self, slug: str, nth: int = 1) -> str:
        """The nth number of a service as people read it ("116 123", "0 800 500 335", "15-47").

        Raises UnknownPhone when there is no such service or it has fewer numbers.
        """
        service = self._by_slug.get(slug)
        if service is None or not 1 <= nth <= len(service.phones):
            raise UnknownPhone(f"{slug}/{nth}")
        return pretty(service.phones[nth - 1])

    def search(self, kinds: frozenset[str], place: Place) -> list[Found]:
        """Services of these kinds (all when empty), best first: those whose area covers the person, then by
        distance; confirmed before unconfirmed; reachable before not.

        Others come from within 150 km, at most ten (when there are none, the nearest three): only what one can
        go to, and none when the person's place is occupied. A national round-the-clock line always closes the list.
        """
        wanted = [
            service
            for service in self.services
            if (not kinds or service.kind in kinds) and service is not self._closing
        ]
        wanted.sort(key=lambda service: rank(service, place))
        own = [service for service in wanted if covers(service, place)]
        others = [service for service in wanted if _worth_the_way(service, place)]
        near = [service for service in others if way_km(service, place) <= NEAR_KM][:NEAR_AT_MOST]
        chosen = [*own, *(near or others[:FAR_AT_MOST])]
        if self._closing is not None:
            chosen.append(self._closing)
        return [_found(service, place) for service in chosen]

    def _closing_line(self) -> Service | None:
        preferred = [self._by_slug[slug] for slug in CLOSING_LINES if slug in self._by_slug]
        return next((service for service in (*preferred, *self.services) if _always_there(service)), None)


def _always_there(service: Service) -> bool:
    """Whether anybody in Ukraine can call it at any hour."""
    reached = service.kind == "helpline" and service.hours == ROUND_THE_CLOCK and bool(service.phones)
    return reached and is_national(service)


def _worth_the_way(service: Service, place: Place) -> bool:
    """Whether a service that is not for this person's place may still be offered."""
    if place.occupied or service.kind in BY_PHONE_ONLY or covers(service, place):
        return False
    return way_km(service, place) < inf


def _found(service: Service, place: Place) -> Found:
    km = way_km(service, place)
    aside = service.hidden or is_national(service) or service.kind in BY_PHONE_ONLY  # nowhere one may or need go
    silent = aside or place.kind == "oblast" or km == inf
    return Found(service, None if silent else round(km, 1), covers(service, place))
