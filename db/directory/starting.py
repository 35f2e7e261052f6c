"""The directory as it comes with the project, read from `db/data/services.csv` (no database needed).

The file keeps one service a line. `num` is for buttons and never changes hands: a row that goes leaves a gap.
`areas` says whom it is for (`national`, or `oblast:27`, `settlement:686967`, `district:104`, joined by `|`), by
hand: a row with a settlement covers it, one with a district covers that and its city, one with an oblast only, or
an oblast's own line, covers the oblast. Coordinates are the middle of the town or district; no street was looked up.
Hidden services in towns under 50,000 people carry only their oblast, in every column that can be shown; the point
of a hidden one is rounded to a tenth of a degree. A row with a `parent` and no phones of its own uses its parent's.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import cast

from db.directory.discretion import is_hidden
from db.directory.hours import check_hours
from db.directory.phones import is_number
from db.directory.service import ACCESS, ENTRIES, KINDS, PRECISIONS, WARTIME, Area, AreaKind, Confidence, Service

_WHOLE = re.compile(r"[0-9]{1,9}\Z")
CONFIDENCES = ("high", "medium", "low")
FILE = Path(__file__).resolve().parent.parent / "data" / "services.csv"


class RowError(ValueError):
    """A line of the file cannot be used; the message names the service and the column."""


def starting_services(path: Path = FILE) -> list[Service]:
    """Every line of the file, checked. Raises RowError."""
    with path.open(encoding="utf-8", newline="") as table:
        return [service_from(row) for row in csv.DictReader(table)]


def service_from(row: dict[str, str]) -> Service:
    """A service from a line's columns. The kind outranks the file: a shelter is hidden and loses its address.

    Raises RowError.
    """
    slug, kind = row["slug"], row["kind"]
    if kind not in KINDS:
        raise RowError(f"{slug}: kind '{kind}' is unknown")
    hidden = is_hidden(kind, marked=row["hidden"] == "1")
    phones = _items(row["phones"])
    if wrong := [number for number in phones if not is_number(number)]:
        raise RowError(f"{slug}: phones '{wrong[0]}' is neither E.164 nor a short code")
    if not row["source_url"]:
        raise RowError(f"{slug}: source_url is empty")
    wartime = _items(row["wartime"])
    try:
        for name in wartime:
            _one_of(WARTIME, name, "wartime")
        check_hours(row["hours"])
        return Service(
            num=int(row["num"]),
            slug=slug,
            kind=kind,
            name_uk=row["name_uk"],
            name_en=row["name_en"],
            place_id=int(row["place_id"] or 0),
            oblast_id=int(row["oblast_id"] or 0),
            district_id=0 if hidden else int(row["district_id"] or 0),
            address_uk="" if hidden else row["address_uk"],
            address_en="" if hidden else row["address_en"],
            lat=_degrees(row["lat"]),
            lon=_degrees(row["lon"]),
            phones=phones,
            telegram=row["telegram"],
            website=row["website"],
            hours=row["hours"],
            audience=frozenset(_items(row["audience"]) or ("all",)),
            languages=_items(row["languages"]) or ("uk",),
            hidden=hidden,
            cost=row["cost"],
            notes_uk=row["notes_uk"],
            notes_en=row["notes_en"],
            source_url=row["source_url"],
            source_date=_day(row["source_date"]),
            confidence=_confidence(row["confidence"]),
            verified_on=_day(row["verified_on"]),
            verified_by=row["verified_by"],
            review_by=_day(row["review_by"]),
            areas=tuple(_area(text) for text in _items(row["areas"])),
            precision=_one_of(PRECISIONS, row["precision"], "precision"),
            parent=row["parent"],
            entry=frozenset(_one_of(ENTRIES, text, "entry") for text in _items(row["entry"])),
            access=frozenset(_one_of(ACCESS, text, "access") for text in _items(row["access"])),
            **{name: name in wartime for name in WARTIME},
        )
    except ValueError as fault:
        raise RowError(f"{slug}: {fault}") from fault


def _items(joined: str) -> tuple[str, ...]:
    return tuple(item for item in joined.split("|") if item)


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _one_of(known: tuple[str, ...], text: str, column: str) -> str:
    if text not in known:
        raise ValueError(f"{column} '{text}' is none of {', '.join(known)}")
    return text


def _confidence(text: str) -> Confidence:
    return cast("Confidence", _one_of(CONFIDENCES, text, "confidence"))


def _area(text: str) -> Area:
    kind, _, place = text.partition(":")
    if kind == "national" and not place:
        return Area("national")
    if kind not in ("oblast", "settlement", "district") or not _WHOLE.match(place):
        raise ValueError(f"areas '{text}' is not understood")
    return Area(cast("AreaKind", kind), int(place))
