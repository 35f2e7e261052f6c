"""What in the directory needs somebody's hand: doubtful, past its review, contradictory, unreachable.

Nothing is repaired here and nothing is hidden from visitors because of it: the rows say what they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.directory.directory import Directory
from db.directory.hours import ROUND_THE_CLOCK
from db.directory.launch import unconfirmed_lines
from db.directory.phones import pretty
from db.directory.ranking import is_national
from db.directory.service import NEVER_EXPIRE, Service
from db.directory.streets import giveaway
from db.places.places import Places

# In the order of their weight: what may hurt somebody first, what is only unfinished last.
CODES = (
    "street",  # a hidden place's row reads like an address
    "rule",  # the usual steps lead nowhere
    "launch",  # a national line without which no public start is allowed
    "overdue",  # past its review
    "borrowed",  # its only number is an emergency one that belongs to somebody else
    "shared",  # the same number under other names in another oblast
    "parent",  # uses the numbers of a service that is not there
    "owner",  # has the same numbers as another service and does not say whose they are
    "clock",  # round the clock, and its note names hours; or the other way round
    "ahead",  # confirmed on a day that has not come, or by nobody
    "place",  # a place that the gazetteer does not have, or has in another oblast
    "unreachable",  # exists without any contact
    "unconfirmed",  # nobody called yet
)

_EMERGENCY_KINDS = frozenset({"police", "medical"})  # whose own numbers these are
_TEXTS = ("name_uk", "name_en", "notes_uk", "notes_en", "website", "telegram")
_ALWAYS = re.compile(r"цілодобово\b|24/7|round the clock", re.IGNORECASE)  # a "round-the-clock stay" is no hours
_HOURS = re.compile(r"\b\d{1,2}[:.]\d{2}\s*[-–—]\s*\d{1,2}[:.]\d{2}\b|\b(?:Пн|Mon)\b|крім неділі|except Sunday")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do. `about` is a service's name, or a row of the rules; `detail` what was seen."""

    code: str
    about: str
    detail: str = ""


def findings(directory: Directory, places: Places, on: date) -> list[Finding]:
    """Everything about the services that needs doing on the day `on`, weightiest first, by name within."""
    found = [Finding("launch", slug) for slug in unconfirmed_lines(directory)]
    found += _shared(directory)
    for service in directory.services:
        found += _contact(service, directory)
        found += _trust(service, on)
        found += _words(service)
        found += _where(service, places)
    said = {(finding.code, finding.about) for finding in found}
    kept = [one for one in found if one.code != "unconfirmed" or ("launch", one.about) not in said]
    return sorted(kept, key=lambda finding: (CODES.index(finding.code), finding.about, finding.detail))


def _contact(service: Service, directory: Directory) -> Iterator[Finding]:
    if service.parent and directory.by_slug(service.parent) is None:
        yield Finding("parent", service.slug, service.parent)
    if not service.reachable:
        yield Finding("unreachable", service.slug)
    emergency = {number for slug in NEVER_EXPIRE if (line := directory.by_slug(slug)) for number in line.phones}
    own = service.kind in _EMERGENCY_KINDS or service.telegram or service.website or service.address_uk
    if service.phones and emergency.issuperset(service.phones) and not own:
        yield Finding("borrowed", service.slug, ", ".join(map(pretty, service.phones)))


def _trust(service: Service, on: date) -> Iterator[Finding]:
    if service.slug in NEVER_EXPIRE:
        return
    if service.verified_on is None:
        yield Finding("unconfirmed", service.slug)
    elif service.verified_on > on or not service.verified_by:
        yield Finding("ahead", service.slug, service.verified_on.isoformat())
    if service.review_by is not None and service.review_by < on:
        yield Finding("overdue", service.slug, service.review_by.isoformat())


def _words(service: Service) -> Iterator[Finding]:
    """The column is named, never the words: the list may be read over a shoulder."""
    if service.hidden:
        for column in _TEXTS:
            if giveaway(getattr(service, column)):
                yield Finding("street", service.slug, column)
    notes = f"{service.notes_uk}\n{service.notes_en}"
    if service.hours == ROUND_THE_CLOCK and (hours := _HOURS.search(notes)):
        yield Finding("clock", service.slug, hours.group())
    if service.hours != ROUND_THE_CLOCK and (always := _ALWAYS.search(notes)):
        yield Finding("clock", service.slug, f"{always.group()} ≠ {service.hours or '—'}")


def _where(service: Service, places: Places) -> Iterator[Finding]:
    ids = [service.place_id, service.oblast_id, service.district_id, *(area.place_id for area in service.areas)]
    for number in dict.fromkeys(number for number in ids if number):
        place = places.get(number)
        if place is None or (service.oblast_id and place.oblast_id != service.oblast_id):
            yield Finding("place", service.slug, place.name_uk if place else str(number))


def _shared(directory: Directory) -> Iterator[Finding]:
    """Numbers that stand in several rows without saying whose they are, told once each: about the row that came
    later. A national line's number may stand anywhere."""
    by_number: defaultdict[str, list[Service]] = defaultdict(list)
    for service in directory.services:
        for number in service.phones:
            by_number[number].append(service)
    parents = {service.parent for service in directory.services}
    told: set[tuple[str, str]] = set()
    for number, rows in by_number.items():
        heads = [service for service in rows if not service.parent]
        if len(heads) == 1 or not heads or any(is_national(service) for service in rows):
            continue
        owner, *others = sorted(heads, key=lambda service: (service.slug not in parents, service.num))
        for service in others:
            code = "shared" if service.oblast_id != owner.oblast_id else "owner"
            if service.name_uk != owner.name_uk and (service.slug, owner.slug) not in told:
                told.add((service.slug, owner.slug))
                yield Finding(code, service.slug, f"{pretty(number)}: {owner.slug}")
