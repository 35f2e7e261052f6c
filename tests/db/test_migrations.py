"""Every schema change runs up and down, with rows in it, on both databases."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy import table as sql_table
from sqlalchemy.engine.interfaces import ReflectedIndex

from db import migrations
from db.models import metadata
from db.store import open_store
from tests.conftest import _admin

REVISIONS = [one.revision for one in ScriptDirectory(str(migrations.FOLDER)).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    url: str = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    asyncio.run(_admin(url, f"CREATE DATABASE {name}"))
    yield url.format(name=name)
    asyncio.run(_admin(url, f"DROP DATABASE {name} WITH (FORCE)"))


async def look(url: str, what: Any) -> Any:
    """Runs a function of a plain connection."""
    store = open_store(url)
    try:
        async with store.write() as connection:
            return await connection.run_sync(what)
    finally:
        await store.close()


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


async def test_up_from_nothing_and_down_to_nothing(empty_url: str) -> None:
    """Each revision can be reached one by one, and left again one by one."""
    for revision in REVISIONS:
        assert await migrations.upgrade(empty_url, revision)
        assert await migrations.revision(empty_url) == revision
    assert await look(empty_url, tables) == set(metadata.tables)
    for revision in [*REVISIONS[-2::-1], "base"]:
        await migrations.downgrade(empty_url, revision)
    assert await look(empty_url, tables) == set()


async def test_the_schema_is_what_the_models_say(empty_url: str) -> None:
    """A table changed in the models without a migration is found out here."""
    await migrations.upgrade(empty_url, REVISIONS[-1])
    found = await look(empty_url, lambda connection: compare_metadata(MigrationContext.configure(connection), metadata))
    assert found == []


def drawn(connection: Connection) -> dict[str, Any]:
    """Every table with its columns, keys, indexes and rules, and how many rows it has."""
    found = inspect(connection)
    return {
        table: (
            {(one["name"], str(one["type"]), one["nullable"]) for one in found.get_columns(table)},
            found.get_pk_constraint(table)["constrained_columns"],
            {(one["name"], *one["column_names"], one["unique"], _rows(one)) for one in found.get_indexes(table)},
            {tuple(one["column_names"]) for one in found.get_unique_constraints(table)},
            {(*one["constrained_columns"], one["referred_table"]) for one in found.get_foreign_keys(table)},
            {(one["name"], _bare(one["sqltext"])) for one in found.get_check_constraints(table)},
            connection.execute(select(func.count()).select_from(sql_table(table))).scalar(),
        )
        for table in tables(connection)
    }


def _rows(index: ReflectedIndex) -> str:
    """Which rows an index is of, empty for all."""
    options = index.get("dialect_options", {})
    rule = next((str(rule) for name, rule in options.items() if name.endswith("_where")), "")
    return _bare(rule.replace("!=", "<>"))


def _bare(rule: str) -> str:
    """A rule without what a database adds when it writes it down."""
    return "".join(sign for sign in rule.lower() if sign.isalnum() or sign in "<>=*|'")


async def test_a_new_database_is_as_all_changes_would_have_made_it(empty_url: str) -> None:
    """The short way for an empty database leads to the same tables, rules and (no) rows as the long way."""
    await migrations.upgrade(empty_url, REVISIONS[-1])
    changed = await look(empty_url, drawn)
    await migrations.downgrade(empty_url, "base")
    assert await migrations.upgrade(empty_url)
    assert await look(empty_url, drawn) == changed
    assert await migrations.revision(empty_url) == REVISIONS[-1]
    await migrations.downgrade(empty_url, "base")
    assert await look(empty_url, tables) == set()


async def test_rows_survive_every_change(empty_url: str) -> None:
    """A visit, a row to send and a count are there after going up, and after going down and up again."""
    await migrations.upgrade(empty_url, REVISIONS[0])

    def fill(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO visits (chat, sealed, seen_at) VALUES (:c, :s, 5)"), {"c": b"c" * 16, "s": b"sealed"}
        )
        connection.execute(
            text("INSERT INTO tallies (day, measure, label, count) VALUES ('2026-11-01', 'exit', '', 7)")
        )
        connection.execute(
            text(
                "INSERT INTO services (num, slug, kind, name_uk, name_en, phones, audience, languages, source_url,"
                " confidence) VALUES (1, 'sample', 'helpline', 'Зразок', 'Sample', '[\"102\"]', '[]', '[]', 'x', 'low')"
            )
        )

    def kept(connection: Connection) -> list[Any]:
        queries = ("SELECT count(*) FROM visits", "SELECT count FROM tallies", "SELECT name_uk FROM services")
        return [connection.execute(text(query)).scalar() for query in queries]

    await look(empty_url, fill)
    await migrations.upgrade(empty_url)
    assert await look(empty_url, kept) == [1, 7, "Зразок"]
    await migrations.downgrade(empty_url, REVISIONS[0])
    await migrations.upgrade(empty_url)
    assert await look(empty_url, kept) == [1, 7, "Зразок"]


async def test_a_start_with_nothing_to_change_changes_nothing(empty_url: str) -> None:
    """HEAD is the newest revision, so that a start need not load Alembic to know."""
    assert REVISIONS[-1] == migrations.HEAD
    assert await migrations.upgrade(empty_url)
    assert not await migrations.upgrade(empty_url)


async def test_hidden_places_cannot_hold_an_address(empty_url: str) -> None:
    """The database itself refuses an address on a shelter, whatever a file says."""
    await migrations.upgrade(empty_url)
    row = (
        "INSERT INTO services (num, slug, kind, name_uk, name_en, phones, audience, languages, source_url, confidence,"
        " hidden, address_uk) VALUES (1, 's', '{kind}', 'x', 'x', '[]', '[]', '[]', 'x', 'low', {hidden}, '{address}')"
    )
    for kind, hidden, address in (("shelter", "false", ""), ("shelter", "true", "вул. Зразкова, 1")):
        with pytest.raises(Exception, match=r"(?i)check"):
            await look(empty_url, lambda c, k=kind, h=hidden, a=address: c.execute(
                text(row.format(kind=k, hidden=h, address=a))))  # fmt: skip
