"""Schema changes, applied at start and by `stezhka migrate`.

`HEAD` is the newest revision. A start compares it with the database's own before it loads Alembic: a bot that
is down lets taps expire (150 s), so a start that has nothing to change must be quick. An empty database gets its
tables as the models have them today (a test holds them against what all changes one by one come to): that takes a
tenth of the time, and the bot need not carry Alembic's 12 MB until its next start. So a change brings no rows.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from db.models import metadata

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0006"
FOLDER = Path(__file__).resolve().parent

# As Alembic makes it.
_version = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))
_version.append_constraint(PrimaryKeyConstraint("version_num", name="alembic_version_pkc"))


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
    if to == "head":
        at = await revision(url)
        if at is None:
            await _create(url)
        if at in (None, HEAD):
            return at is None
    from alembic import command  # noqa: PLC0415 (half a second that most starts do not need)

    await asyncio.to_thread(command.upgrade, config(url), to)
    return True


async def _create(url: str) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                await connection.execute(text("BEGIN"))  # or each table would be a transaction of its own
            await connection.run_sync(metadata.create_all)
            await connection.run_sync(_version.create, checkfirst=True)
            await connection.execute(insert(_version).values(version_num=HEAD))
    finally:
        await engine.dispose()


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
