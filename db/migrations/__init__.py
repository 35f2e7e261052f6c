"""Schema changes, applied at start and by `stezhka migrate`.

`HEAD` is the newest revision. A start compares it with the database's own before it loads Alembic: a bot that
is down lets taps expire (150 s), so a start that has nothing to change must be quick.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0006"
FOLDER = Path(__file__).resolve().parent


async def revision(url: str) -> str | None:
    """The revision the database is at, None when it is empty."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    except DBAPIError as fault:
        if "alembic_version" in str(fault.orig):
            return None
        raise
    finally:
        await engine.dispose()


async def upgrade(url: str, to: str = "head") -> bool:
    """Brings the schema up to `to`; whether anything had to be done."""
    if to == "head" and await revision(url) == HEAD:
        return False
    from alembic import command  # noqa: PLC0415 (half a second that most starts do not need)

    await asyncio.to_thread(command.upgrade, config(url), to)
    return True


async def downgrade(url: str, to: str) -> None:
    """Takes the schema back to `to`."""
    from alembic import command  # noqa: PLC0415

    await asyncio.to_thread(command.downgrade, config(url), to)


def config(url: str) -> Config:
    """Alembic's configuration, made here: there is no ini file to keep in step."""
    from alembic.config import Config  # noqa: PLC0415

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["url"] = url
    return made
