"""A row of a file as a service, checked against itself. Columns that the file does not have leave a known service as
it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from db.directory.discretion import is_hidden
from db.directory.service import WARTIME, Service
from db.exchange import cells
from db.exchange.columns import COLUMNS
from db.exchange.line import Line
from db.exchange.locating import areas, discreet, place
from db.exchange.pointing import with_point
from db.places.place import Place

_NEEDED = tuple(column.key for column in COLUMNS if column.needed)
_PLAIN: dict[str, Callable[[str], Any]] = {
    "kind": lambda text: cells.kind(text) if text else "",
    **{key: partial(cells.within, key.partition("_")[0]) for key in ("name_uk", "name_en", "notes_uk", "notes_en")},
    **{key: partial(cells.within, "address") for key in ("address_uk", "address_en")},
    **{key: partial(cells.some_of, key) for key in ("audience", "entry", "access")},
    **dict.fromkeys(WARTIME, cells.yes),
    "phones": cells.phones,
    "parent": lambda text: cells.slug(text) if text else "",
    "telegram": cells.telegram,
    "website": cells.website,
    "hours": cells.hours,
    "languages": cells.languages,
    "cost": lambda text: cells.one_of("cost", text, "unknown"),
    "confidence": lambda text: cells.one_of("confidence", text, "medium"),
    "source_url": partial(cells.within, "source_url"),
    "verified_by": cells.role,
    "review_by": cells.day,
}


def service_of(line: Line, held: Mapping[str, Service]) -> Service | None:
    """The service of a row, `num` 0 when it is new; whether it may be taken is for the line's faults to say."""
    slug = line.read("id", cells.slug, "")
    if not slug:
        return None
    before = held.get(slug)
    _needed(line, new=before is None)
    base = before or Service(0, slug, "other", "", "", cost="unknown", confidence="medium")
    made = replace(base, **_plain(line, base))
    made = replace(made, hidden=_hidden(line, made, before))
    oblast, city, district = place(line, made)
    home = _home(oblast, city, district)
    moved = before is None or (made.oblast_id, made.place_id, made.district_id) != home
    made = replace(made, oblast_id=home[0], place_id=home[1], district_id=home[2])
    if moved or "serves" in line.cells:
        made = replace(made, areas=areas(line, oblast, city, district))
    if not line.faults:
        made = with_point(line, made, before, city, district)
    if made.hidden and not line.faults:
        discreet(line, made, city)
    _confirmation(line, made)
    return made


def _needed(line: Line, *, new: bool) -> None:
    for key in _NEEDED:
        if (new or key in line.cells) and not line.cells.get(key):
            line.wrong(key, "needed")


def _plain(line: Line, base: Service) -> dict[str, Any]:
    """Everything that one cell says alone."""
    values: dict[str, Any] = {key: line.read(key, reader, getattr(base, key)) for key, reader in _PLAIN.items()}
    values |= {key: line.read(key, partial(_past, line), getattr(base, key)) for key in ("source_date", "verified_on")}
    values["kind"] = values["kind"] or base.kind
    values["audience"] = values["audience"] or frozenset({"all"})
    values["num"] = line.read("num", cells.number, 0) or base.num
    return values


def _past(line: Line, text: str) -> date | None:
    return cells.past_day(text, line.sheet.today)


def _hidden(line: Line, made: Service, before: Service | None) -> bool:
    """Only an explicit "no" lifts a secret, and never that of a kind which is always secret."""
    said = line.cells.get("hidden", "")
    marked = line.read("hidden", lambda text: cells.yes(text) if text else _was(before), _was(before))
    if said and not marked and is_hidden(made.kind, marked=False):
        line.wrong("hidden", "must_hide", found=line.cells.get("kind") or made.kind)
    return is_hidden(made.kind, marked=marked)


def _confirmation(line: Line, made: Service) -> None:
    if (made.verified_on is None) != (not made.verified_by):
        line.wrong("verified_on" if made.verified_on is None else "verified_by", "half_confirmed")


def _home(*places: Place | None) -> tuple[int, ...]:
    """Their numbers, 0 for none."""
    return tuple(place.id if place else 0 for place in places)


def _was(before: Service | None) -> bool:
    return before is not None and before.hidden
