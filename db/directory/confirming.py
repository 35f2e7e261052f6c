"""A service was called and is as described: by which role, on which day, and until when that holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from db.directory import changes, queries
from db.directory.review import review_after


async def confirm(connection: AsyncConnection, slugs: Collection[str], *, by: str, on: date, at: datetime) -> None:
    """Writes that somebody of the role `by` called these services on the day `on` and found them as described; until
    when that holds follows from the kind. `at` is the moment of writing, for the history.

    Raises UnknownRole, and UnknownServices before anything is written.
    """
    queries.check_role(by)
    version = await queries.version(connection)
    held = {service.slug: service for service in await queries.stored(connection)}
    if missing := [slug for slug in slugs if slug not in held]:
        raise queries.UnknownServices(f"not in the directory: {', '.join(missing)}")
    steps = [
        changes.Step(one, replace(one, verified_on=on, verified_by=by, review_by=review_after(one.kind, on)))
        for one in (held[slug] for slug in dict.fromkeys(slugs))
    ]
    await changes.apply(connection, steps, action="confirm", by=by, at=at, version=version)
