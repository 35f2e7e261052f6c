"""What stands behind a card: the facts of a row that staff need and a visitor does not see."""

from __future__ import annotations

from difflib import get_close_matches

from db.directory.directory import Directory
from db.directory.service import Area, Service
from db.places.place import Place
from db.places.places import Places

ALIKE = 3  # names offered for one that is not there


def facts(service: Service, places: Places) -> list[tuple[str, str]]:
    """Names and values, only those that are known. Days in ISO form."""
    told = (
        ("id", service.slug),
        ("kind", service.kind),
        ("for", ", ".join(_area(area, places) for area in service.areas)),
        ("hidden", "yes" if service.hidden else ""),
        ("numbers of", service.parent),
        ("confidence", service.confidence),
        ("source", service.source_url),
        ("source date", service.source_date.isoformat() if service.source_date else "none"),
        ("confirmed", _confirmed(service)),
        ("review by", service.review_by.isoformat() if service.review_by else ""),
    )
    return [(name, value) for name, value in told if value]


def viewpoint(service: Service, places: Places) -> Place:
    """Where a visitor who is offered this service would be: its settlement, its oblast, or any oblast for a
    national one. Raises LookupError when the gazetteer is empty."""
    at = places.get(service.place_id) or places.get(service.oblast_id)
    if at is not None:
        return at
    free = (oblast for oblast in places.oblasts() if not oblast.occupied)
    found = next(free, None)
    if found is None:
        raise LookupError("the gazetteer is empty")
    return found


def like(slug: str, directory: Directory) -> list[str]:
    """Names of services that look like one that is not there."""
    return get_close_matches(slug, [service.slug for service in directory.services], n=ALIKE)


def _area(area: Area, places: Places) -> str:
    place = places.get(area.place_id)
    return place.name_uk if place else area.kind


def _confirmed(service: Service) -> str:
    return f"{service.verified_on.isoformat()} ({service.verified_by})" if service.verified_on else "not yet"
