"""What was changed, by which role and when; and the last change taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from db.directory import queries
from db.directory.changes import Step, apply, row_changed
from db.directory.rows import from_plain
from db.directory.service import Service
from db.models import service_history, services


class NothingToUndo(LookupError):  # noqa: N818 (a name for the situation)
    """No change set is left that could be undone."""


class CannotUndo(Exception):  # noqa: N818 (a name for the situation)
    """Rows of the change set were changed again since; the message names them."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What was changed together."""

    number: int
    action: str
    made_at: datetime
    made_by: str
    steps: tuple[Step, ...]


async def last(connection: AsyncConnection) -> ChangeSet:
    """The last thing people did (no undoing, no release) that was not undone. Raises NothingToUndo."""
    here = service_history.c
    undone = sa.select(here.undoes).where(here.undoes > 0)
    newest = sa.select(sa.func.max(here.change_set)).where(
        here.action.in_(("import", "confirm")), here.change_set.not_in(undone)
    )
    number = await connection.scalar(newest)
    if number is None:
        raise NothingToUndo
    rows = (
        await connection.execute(sa.select(service_history).where(here.change_set == number).order_by(here.id))
    ).all()
    steps = (Step(_service(row.before), _service(row.after)) for row in rows)
    return ChangeSet(number, rows[0].action, rows[0].made_at, rows[0].made_by, tuple(steps))


async def undo(connection: AsyncConnection, done: ChangeSet, *, by: str, at: datetime, version: int) -> int:
    """Takes a change set back, as a change set of its own; its number.

    Raises CannotUndo when a row is no longer as the change set left it, and ChangedMeanwhile.
    """
    held = {service.num: service for service in await queries.stored(connection)}
    touched = [row_changed(step) for step in done.steps if held.get(row_changed(step).num) != step.after]
    if touched:
        raise CannotUndo(", ".join(sorted(service.slug for service in touched)))
    back = [Step(step.after, step.before) for step in done.steps]
    return await apply(connection, back, action="undo", by=by, at=at, version=version, undoes=done.number)


async def highest_num(connection: AsyncConnection) -> int:
    """The highest number a row ever had: a button's number never changes hands, not even a retired row's."""
    now = await connection.scalar(sa.select(sa.func.max(services.c.num))) or 0
    return max(now, await connection.scalar(sa.select(sa.func.max(service_history.c.num))) or 0)


def _service(held: dict[str, Any] | None) -> Service | None:
    return from_plain(held) if held else None
