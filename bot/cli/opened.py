"""The database opened for a command that changes the directory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings
    from db.store import Store


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store, with its schema and the data of this release: coordinators work before the first start as well.

    Raises CannotBeDone in place of the database's own errors.
    """
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 (a command imports what it needs when it is called)

    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from db import migrations  # noqa: PLC0415
    from db.directory import release  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415
    from db.store import open_store  # noqa: PLC0415

    store = open_store(settings.database_url)
    try:
        await migrations.upgrade(settings.database_url)
        async with store.write() as connection:
            await towns.renew(connection)
            await release.bring(connection, datetime.now(UTC))
        yield store
    except (DBAPIError, OSError) as fault:
        raise CannotBeDone("the database cannot be written to: check DATABASE_URL") from fault
    finally:
        await store.close()
