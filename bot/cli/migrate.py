"""`stezhka migrate`."""

from __future__ import annotations

import asyncio

import typer

from bot.config import load
from db import migrations
from db.store import open_store


def run(down_to: str) -> None:
    """Brings the schema up, or down to a named revision."""
    url = load().database_url
    asyncio.run(_down(url, down_to) if down_to else _up(url))


async def _up(url: str) -> None:
    await open_store(url).close()  # makes the folder of an SQLite file
    changed = await migrations.upgrade(url)
    typer.echo(f"schema {migrations.HEAD}: {'brought up to date' if changed else 'up to date already'}")


async def _down(url: str, to: str) -> None:
    await migrations.downgrade(url, to)
    typer.echo(f"schema: back at {to}")
