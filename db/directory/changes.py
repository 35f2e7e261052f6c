"""Changes of many rows at once.

Everything is laid out in temporary tables first, which locks nothing; then a few statements inside one transaction
bring it in. So the running bot, whose exits must not wait, is held up for a fraction of a second even by ten thousand
rows. Whoever looked at another state of the directory changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal, Protocol

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from db.directory import queries
from db.directory.rows import areas_of, plain, row_of
from db.directory.service import Service
from db.models import directory_version, service_areas, service_history, services
from db.postgresql import tell_postgresql
from db.upsert import insert_into

Action = Literal["import", "confirm", "undo", "release"]
PROJECT = "project"  # who a release is by: no role of a person
AT_ONCE = 500  # rows laid out in one statement

_KEPT = ("num", "slug", "before", "after")
_laid = sa.MetaData()
_FOR_NOW: Any = {"prefixes": ["TEMPORARY"]}
_new_services = sa.Table("laid_services", _laid, *(sa.Column(c.name, c.type) for c in services.columns), **_FOR_NOW)
_new_areas = sa.Table("laid_areas", _laid, *(sa.Column(c.name, c.type) for c in service_areas.columns), **_FOR_NOW)
_new_history = sa.Table(
    "laid_history", _laid, *(sa.Column(name, service_history.c[name].type) for name in _KEPT), **_FOR_NOW
)
tell_postgresql(_laid, _laid.tables.values(), on_commit="DROP")  # in SQLite they go with the connection


class ChangedMeanwhile(Exception):  # noqa: N818 (a name for the situation)
    """Somebody changed the directory after it was looked at; nothing was written."""


class Change(Protocol):
    """A row before and after; None: it was not there, or is no longer."""

    @property
    def before(self) -> Service | None: ...
    @property
    def after(self) -> Service | None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A plain Change."""

    before: Service | None
    after: Service | None


async def apply(
    connection: AsyncConnection,
    changes: Sequence[Change],
    *,
    action: Action,
    by: str,
    at: datetime,
    version: int,
    undoes: int = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Writes all changes or none; the number of the change set.

    `version` is the directory's when the changes were worked out. Raises ChangedMeanwhile, UnknownRole.
    """
    if by != PROJECT:
        queries.check_role(by)
    await connection.run_sync(_laid.create_all)
    for table in _laid.tables.values():
        await connection.execute(sa.delete(table))
    done = 0
    for some in _portions(changes):
        await _lay(connection, some)
        progress(done := done + len(some))
    await _claim(connection, version)  # from here on everybody else waits
    return await _bring_in(connection, {"made_at": at, "made_by": by, "action": action, "undoes": undoes})


async def _lay(connection: AsyncConnection, some: Collection[Change]) -> None:
    after = [change.after for change in some if change.after]
    history = [
        {
            "num": row_changed(change).num,
            "slug": row_changed(change).slug,
            "before": plain(change.before) if change.before else None,
            "after": plain(change.after) if change.after else None,
        }
        for change in some
    ]
    await connection.execute(sa.insert(_new_history), history)
    if after:
        await connection.execute(sa.insert(_new_services), [row_of(service) for service in after])
    if areas := [area for service in after for area in areas_of(service)]:
        await connection.execute(sa.insert(_new_areas), areas)


async def _claim(connection: AsyncConnection, version: int) -> None:
    """Raises the version, if it is still the one that was looked at."""
    if not version:
        await queries.raise_version(connection)
        return
    here = directory_version.c
    claimed = await connection.execute(
        sa.update(directory_version).where(here.id == 1, here.version == version).values(version=version + 1)
    )
    if claimed.rowcount != 1:
        raise ChangedMeanwhile


async def _bring_in(connection: AsyncConnection, about: dict[str, Any]) -> int:
    number = (await connection.scalar(sa.select(sa.func.max(service_history.c.change_set))) or 0) + 1
    gone = sa.select(_new_history.c.num).where(_new_history.c.after.is_(None))
    await connection.execute(sa.delete(services).where(services.c.num.in_(gone)))
    touched = sa.select(_new_history.c.num)
    await connection.execute(sa.delete(service_areas).where(service_areas.c.service.in_(touched)))
    names = [column.name for column in services.columns]
    laid = sa.select(_new_services).where(_new_services.c.num > 0)  # SQLite needs a WHERE before ON CONFLICT
    put = insert_into(connection, services).from_select(names, laid)
    renewed = {name: put.excluded[name] for name in names if name != "num"}
    await connection.execute(put.on_conflict_do_update(index_elements=["num"], set_=renewed))
    areas = [column.name for column in service_areas.columns]
    await connection.execute(sa.insert(service_areas).from_select(areas, sa.select(_new_areas)))
    said = {"change_set": number, **about}
    kept = sa.select(*(_new_history.c[name] for name in _KEPT), *(_literal(name, said[name]) for name in said))
    await connection.execute(sa.insert(service_history).from_select([*_KEPT, *said], kept))
    return number


def _portions(changes: Sequence[Change]) -> Iterator[list[Change]]:
    left = iter(changes)
    while some := list(islice(left, AT_ONCE)):
        yield some


def row_changed(change: Change) -> Service:
    """The row it is about."""
    row = change.after or change.before
    if row is None:
        raise ValueError("a change of nothing into nothing")
    return row


def _literal(name: str, value: Any) -> Any:
    column = service_history.c[name]
    return sa.cast(sa.bindparam(None, value, type_=column.type), column.type).label(name)
