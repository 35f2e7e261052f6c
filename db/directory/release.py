"""What a new release of the project brings to a directory that is filled already.

Who keeps the directory outranks the project. A row that somebody here confirmed, edited or took out stays as they left
it. A row that nobody touched follows the project's file; a row that the file did not have before is added. All of it
stands in the history. A row that the file no longer has stays: whether a service is gone is for a coordinator to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from db.directory import queries
from db.directory.changes import PROJECT, ChangedMeanwhile, Step, apply
from db.directory.history import highest_num
from db.directory.rows import from_plain
from db.directory.service import Service
from db.directory.starting import starting_services
from db.models import service_history, services


@dataclass(frozen=True, slots=True)
class Brought:
    """How many rows a release added and renewed."""

    added: int = 0
    renewed: int = 0


@dataclass(frozen=True, slots=True)
class _Event:
    """One change of a row, as the history has it."""

    by_project: bool
    before: Service | None
    after: Service | None


async def bring(connection: AsyncConnection, at: datetime, release: Sequence[Service] | None = None) -> Brought:
    """Fills an empty directory, or brings a filled one up to the project's file (`release`: its rows).

    Whoever changes the directory at the same moment goes first; the next start tries again.
    """
    rows = [_in_order(service) for service in (starting_services() if release is None else release)]
    if await queries.seed(connection, rows):
        return Brought(added=len(rows))
    version = await queries.version(connection)
    held = {service.slug: service for service in await queries.stored(connection, {row.slug for row in rows})}
    differing = [row for row in rows if not _same(row, held.get(row.slug))]
    events = await _events(connection, [row.slug for row in differing])
    following = [row for row in differing if _untouched(held.get(row.slug), events[row.slug])]
    steps = await _steps(connection, following, held)
    if not steps:
        return Brought()
    try:
        await apply(connection, steps, action="release", by=PROJECT, at=at, version=version)
    except ChangedMeanwhile:
        return Brought()
    added = sum(step.before is None for step in steps)
    return Brought(added, len(steps) - added)


def _in_order(service: Service) -> Service:
    """With its areas as the tables give them."""
    return replace(service, areas=tuple(sorted(service.areas, key=lambda area: (area.kind, area.place_id))))


def _same(row: Service, held: Service | None) -> bool:
    """A row's number is the database's own affair: another row may have had it first."""
    return held is not None and replace(row, num=held.num) == held


def _untouched(held: Service | None, events: Sequence[_Event]) -> bool:
    """Whether the row is as the project left it: as its last release did, or as it was before the first change. A
    confirmed one never is, whatever way the confirmation came."""
    if held is not None and held.verified_on:
        return False
    if not events:
        return True
    released = [event.after for event in events if event.by_project]
    return held == (released[-1] if released else events[0].before)


async def _events(connection: AsyncConnection, slugs: Collection[str]) -> Mapping[str, list[_Event]]:
    here = service_history.c
    told: defaultdict[str, list[_Event]] = defaultdict(list)
    query = select(here.slug, here.made_by, here.before, here.after).where(here.slug.in_(slugs)).order_by(here.id)
    for slug, by, before, after in await connection.execute(query):
        told[slug].append(
            _Event(by == PROJECT, from_plain(before) if before else None, from_plain(after) if after else None)
        )
    return told


async def _steps(connection: AsyncConnection, rows: Sequence[Service], held: Mapping[str, Service]) -> list[Step]:
    """The changes, each row under its own number: a button's number never changes hands."""
    wanted = [row.num for row in rows if row.slug not in held]
    ever = union(*(select(table.c.num).where(table.c.num.in_(wanted)) for table in (services, service_history)))
    taken = set((await connection.execute(ever)).scalars()) if wanted else set()
    last = max([await highest_num(connection), *wanted]) if taken else 0
    steps = []
    for row in rows:
        before = held.get(row.slug)
        if before is not None:
            steps.append(Step(before, replace(row, num=before.num)))
        elif row.num in taken:
            last += 1
            steps.append(Step(None, replace(row, num=last)))
        else:
            steps.append(Step(None, row))
    return steps
