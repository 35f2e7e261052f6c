"""The directory in Open Referral's HSDS 3: a page of services, for partners' programs. It is not read back.

Hidden services have no location. Names are Ukrainian, English ones stand beside them.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from typing import Any

from db.directory.hours import ROUND_THE_CLOCK
from db.directory.service import Area, Service
from db.exchange import vocabulary as v
from db.places.places import Places

NAMESPACE = uuid.UUID("6f2c8c52-3a0e-5d3b-9f47-6f1d8c0a7e21")  # ours: ids are the same in every export
_RULE = re.compile(r"(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*) (?P<spans>\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)\Z")
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def hsds_bytes(services: Iterable[Service], places: Places) -> bytes:
    """One page with everything on it."""
    contents = [_service(service, places) for service in services]
    page = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _service(service: Service, places: Places) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": _id(service.slug),
        "name": service.name_uk,
        "alternate_name": service.name_en,
        "description": "\n".join(text for text in (service.notes_uk, service.notes_en) if text),
        "status": "active",
        "eligibility_description": ", ".join(v.AUDIENCE.word(who, "en") for who in sorted(service.audience)),
        "fees_description": v.COST.word(service.cost, "en"),
        "phones": [
            {"id": _id(service.slug, "phone", number), "number": number, "type": "voice"} for number in service.phones
        ],
        "languages": [
            {"id": _id(service.slug, "language", code), "code": code, "name": v.LANGUAGE.word(code, "en")}
            for code in service.languages
        ],
        "service_areas": [_area(service, area, places) for area in service.areas],
        "schedules": _schedules(service),
        "attributes": [_attribute(service)],
    }
    if service.entry:
        made["application_process"] = ", ".join(v.ENTRY.word(way, "en") for way in sorted(service.entry))
    if service.website or service.telegram:
        made["url"] = service.website or f"https://t.me/{service.telegram.lstrip('@')}"
    if service.verified_on:
        made["assured_date"] = service.verified_on.isoformat()
    if not service.hidden and (service.address_uk or service.lat is not None):
        made["service_at_locations"] = [_at_location(service, places)]
    return made


def _attribute(service: Service) -> dict[str, Any]:
    term = {
        "id": _id("kind", service.kind),
        "code": service.kind,
        "name": v.KIND.word(service.kind, "en"),
        "description": v.KIND.word(service.kind, "uk"),
    }
    return {"id": _id(service.slug, "kind"), "link_entity": "service", "taxonomy_term": term}


def _area(service: Service, area: Area, places: Places) -> dict[str, Any]:
    place = places.get(area.place_id)
    name = place.name_uk if place else v.AREA.word(area.kind, "uk")
    return {"id": _id(service.slug, area.kind, str(area.place_id)), "name": name, "extent_type": "text", "extent": name}


def _at_location(service: Service, places: Places) -> dict[str, Any]:
    location: dict[str, Any] = {
        "id": _id(service.slug, "location"), "location_type": "physical", "name": service.name_uk,
    }  # fmt: skip
    if service.lat is not None:
        location |= {"latitude": service.lat, "longitude": service.lon}
    city, oblast = places.get(service.place_id), places.get(service.oblast_id)
    if service.address_uk:
        location["addresses"] = [
            {
                "id": _id(service.slug, "address"),
                "address_1": service.address_uk,
                "city": city.name_uk if city else "",
                "state_province": oblast.name_uk if oblast else "",
                "postal_code": "",
                "country": "UA",
                "address_type": "physical",
            }
        ]
    if service.access:
        location["accessibility"] = [
            {"id": _id(service.slug, way), "description": v.ACCESS.word(way, "en")} for way in sorted(service.access)
        ]
    return {"id": _id(service.slug, "at"), "location": location}


def _schedules(service: Service) -> list[dict[str, Any]]:
    """Weekly hours; what is not weekly stands as it is written."""
    if not service.hours:
        return []
    whole = {"id": _id(service.slug, "hours"), "description": service.hours}
    if service.hours == ROUND_THE_CLOCK:
        return [whole | {"freq": "WEEKLY", "byday": _by_day("Mo-Su"), "opens_at": "00:00", "closes_at": "24:00"}]
    rules = [_RULE.match(rule.strip()) for rule in service.hours.split(";")]
    if not all(rules):
        return [whole]
    return [
        {"id": _id(service.slug, "hours", rule["days"], span), "freq": "WEEKLY", "byday": _by_day(rule["days"])}
        | dict(zip(("opens_at", "closes_at"), span.split("-"), strict=True))
        for rule in rules
        if rule
        for span in rule["spans"].split(",")
    ]


def _by_day(days: str) -> str:
    chosen: list[str] = []
    for part in days.split(","):
        first, _, last = part.partition("-")
        begin, end = _DAYS.index(first), _DAYS.index(last or first)
        chosen += [_DAYS[(begin + step) % 7] for step in range((end - begin) % 7 + 1)]
    return ",".join(day.upper() for day in chosen)


def _id(*parts: str) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))
