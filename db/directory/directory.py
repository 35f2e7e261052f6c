"""The directory in memory: every service, found by number, by slug, or by who is near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.directory.service import Service
from db.places.place import Place


@dataclass(frozen=True, slots=True)
class Found:
    """A search result. `km` is None for hidden kinds, national lines and services without a place."""

    service: Service
    km: float | None
    covers: bool  # its area covers the person


class Directory:
    """A read-only snapshot of the `services` and `service_areas` tables."""

    def __init__(self, services: Iterable[Service]) -> None: ...
    def get(self, num: int) -> Service | None: ...
    def by_slug(self, slug: str) -> Service | None: ...
    def phone(self, slug: str, nth: int = 1) -> str:
        """The nth number of a service as people read it ("116 123", "0 800 500 335", "15-47")."""
        ...
    def search(self, kinds: frozenset[str], place: Place) -> list[Found]:
        """Best first: services whose area covers the person, then by distance; confirmed before unconfirmed;
        reachable before not. A national round-the-clock line always closes the list."""
        ...
