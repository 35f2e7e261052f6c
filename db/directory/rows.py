"""A service as a row of the database, as plain JSON in the history, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from db.directory.service import Area, Service
from db.models import services

LISTS = ("phones", "languages")
SETS = ("audience", "entry", "access")
DAYS = ("source_date", "verified_on", "review_by")
COLUMNS = tuple(column.name for column in services.columns)
_PLAIN = tuple(column.name for column in services.columns if column.name not in (*LISTS, *SETS))


def row_of(service: Service) -> dict[str, Any]:
    """For the `services` table; areas have a table of their own."""
    row = {name: getattr(service, name) for name in _PLAIN}
    for name in LISTS:
        row[name] = list(getattr(service, name))
    for name in SETS:
        row[name] = sorted(getattr(service, name))
    return row


def service_of(row: Sequence[Any], areas: tuple[Area, ...]) -> Service:
    """From a row of the `services` table, its columns in the table's order, and its areas."""
    fields: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    for name in LISTS:
        fields[name] = tuple(fields[name])
    for name in SETS:
        fields[name] = frozenset(fields[name])
    return Service(**fields, areas=areas)


def areas_of(service: Service) -> list[dict[str, Any]]:
    """For the `service_areas` table."""
    return [{"service": service.num, "kind": area.kind, "place_id": area.place_id} for area in service.areas]


def plain(service: Service) -> dict[str, Any]:
    """As JSON can hold it, without what is empty anyway: the history's before and after."""
    row = {name: value for name, value in row_of(service).items() if value != _EMPTY.get(name)}
    row |= {name: row[name].isoformat() for name in DAYS if name in row}
    row["areas"] = [[area.kind, area.place_id] for area in sorted(service.areas, key=_by_kind)]
    return row


def from_plain(held: dict[str, Any]) -> Service:
    """What `plain` made. What it left out, and what columns did not exist then, has its default."""
    row = {name: value for name, value in held.items() if name in _FIELDS}
    for name in DAYS:
        row[name] = date.fromisoformat(held[name]) if held.get(name) else None
    row |= {name: tuple(held[name]) for name in LISTS if name in held}
    row |= {name: frozenset(held[name]) for name in SETS if name in held}
    return Service(**{**row, "areas": tuple(Area(kind, place) for kind, place in held["areas"])})


_EMPTY = row_of(Service(0, "", "", "", ""))
_FIELDS = frozenset((*_PLAIN, *LISTS, *SETS))


def _by_kind(area: Area) -> tuple[str, int]:
    return area.kind, area.place_id
