"""The directory in memory: every service, found by number, by slug, or by who is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from math import inf
from operator import itemgetter

from db.directory.hours import ROUND_THE_CLOCK
from db.directory.near import Near, Ranked
from db.directory.phones import pretty
from db.directory.ranking import BY_PHONE_ONLY, LOCAL, Standing, is_national
from db.directory.service import KINDS, Service
from db.directory.wishes import NO_WISHES, Granting, Wishes
from db.places.place import Place

NEAR_KM = 150.0  # further than a day's journey there and back with children
NEAR_AT_MOST = 10
FAR_AT_MOST = 3  # when nothing is that near, the nearest few wherever they are
ALL_KINDS = frozenset(KINDS)
INSIDE = "inside"  # beside the kinds of areas: stands in this oblast
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
    """A read-only snapshot of the `services` and `service_areas` tables.

    A service without a number of its own answers by its parent's: everything a visitor may see comes from here with
    the number lent to it. What the tables hold is `queries.stored`.
    """

    def __init__(self, services: Iterable[Service]) -> None:
        held = sorted(services, key=lambda service: service.num)
        by_slug = {service.slug: service for service in held}
        self._by_num = {service.num: _with_number(service, by_slug) for service in held}
        self._by_slug = {service.slug: service for service in self._by_num.values()}
        self._closing = self._closing_line()
        self._for_whom: defaultdict[tuple[str, int], defaultdict[str, list[Standing]]]
        self._for_whom = defaultdict(lambda: defaultdict(list))
        standing = [Standing(service) for service in self._by_num.values() if service is not self._closing]
        for one in standing:
            for key in _keys(one.service):
                self._for_whom[key][one.service.kind].append(one)
        self._near = Near(standing)

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

    def search(self, kinds: frozenset[str], place: Place, wishes: Wishes = NO_WISHES) -> list[Found]:
        """Services of these kinds (all when empty), best first: those whose area covers the person, then by
        distance; confirmed before unconfirmed; reachable before not.

        Others come from within 150 km, at most ten (when there are none, the nearest three): only what one can
        go to, and none when the person's place is occupied. A national round-the-clock line always closes the list,
        whatever else was wished for.
        """
        asked = kinds or ALL_KINDS
        granted = Granting(wishes)
        covering = self._covering(asked, place)
        own = [(one.rank(km), km, one) for one in covering.values() if granted(one.service) for km in (one.km(place),)]
        own.sort(key=itemgetter(0))
        found = [_found(one, km, place, covers=True) for _, km, one in own]
        if not place.occupied:
            others = self._others(asked - BY_PHONE_ONLY, place, covering, granted)
            found += [_found(one, km, place, covers=False) for _, km, one in others]
        if self._closing is not None:
            found.append(Found(self._closing, None, covers=True))
        return found

    def _covering(self, kinds: frozenset[str], place: Place) -> dict[int, Standing]:
        """Everything whose area covers the person, by number."""
        keys = [("national", 0), ("oblast", place.oblast_id)]
        if place.kind == "oblast":
            keys.append((INSIDE, place.oblast_id))
        keys += [(kind, place_id) for kind in LOCAL for place_id in {place.id, place.city_id} if place_id]
        covering: dict[int, Standing] = {}
        for key in keys:
            by_kind: dict[str, list[Standing]] = self._for_whom.get(key) or {}
            for kind in by_kind.keys() & kinds:
                covering.update((one.num, one) for one in by_kind[kind])
        return covering

    def _others(self, kinds: frozenset[str], place: Place, covering: Container[int], granted: Granting) -> list[Ranked]:
        """The few that are not for the person's place and yet worth the way."""

        def wanted(one: Standing) -> bool:
            return one.num not in covering and granted(one.service)

        near = self._near.nearest(kinds, place, wanted, within_km=NEAR_KM, at_most=NEAR_AT_MOST)
        return near or self._near.anywhere(kinds, place, wanted, at_most=FAR_AT_MOST)

    def _closing_line(self) -> Service | None:
        preferred = [self._by_slug[slug] for slug in CLOSING_LINES if slug in self._by_slug]
        return next((service for service in (*preferred, *self.services) if _always_there(service)), None)


def _with_number(service: Service, by_slug: dict[str, Service]) -> Service:
    """The service with its parent's numbers when it has none."""
    parent = by_slug.get(service.parent) if service.parent and not service.phones else None
    return replace(service, phones=parent.phones) if parent and parent.phones else service


def _keys(service: Service) -> set[tuple[str, int]]:
    """Under which its areas are looked up; whoever named only an oblast also gets what stands inside it."""
    keys: set[tuple[str, int]] = {
        (area.kind, 0 if area.kind == "national" else area.place_id) for area in service.areas
    }
    return keys | {(INSIDE, service.oblast_id)}


def _always_there(service: Service) -> bool:
    """Whether anybody in Ukraine can call it at any hour."""
    reached = service.kind == "helpline" and service.hours == ROUND_THE_CLOCK and bool(service.phones)
    return reached and is_national(service)


def _found(one: Standing, km: float, place: Place, *, covers: bool) -> Found:
    aside = one.service.hidden or one.national or one.service.kind in BY_PHONE_ONLY  # nowhere one may or need go
    silent = aside or place.kind == "oblast" or km == inf
    return Found(one.service, None if silent else round(km, 1), covers)
