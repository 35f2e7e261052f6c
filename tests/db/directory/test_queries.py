"""The directory and the gazetteer in a database, SQLite and PostgreSQL alike."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from db.directory import queries
from db.directory.confirming import confirm
from db.directory.directory import Directory
from db.directory.launch import LAUNCH_LINES, public_ready
from db.models import service_areas, services
from db.places import queries as place_queries
from db.places.places import Places
from db.store import Store

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


async def test_the_directory_comes_back_as_it_was_written(store: Store, starting: Directory) -> None:
    """Every field of every service survives the database."""
    async with store.write() as connection:
        assert await queries.version(connection) == 0
        assert await queries.seed(connection)
    async with store.read() as connection:
        loaded = await queries.load(connection)
        assert await queries.version(connection) == 1
    assert loaded.services == starting.services
    assert loaded.by_slug("kyiv-shelter") == starting.by_slug("kyiv-shelter")


async def test_seeding_twice_changes_nothing(store: Store) -> None:
    """What coordinators changed is not overwritten at the next start."""
    async with store.write() as connection:
        await queries.seed(connection)
        await connection.execute(delete(services).where(services.c.slug == "ua-ffr"))
        assert not await queries.seed(connection)
        assert await queries.version(connection) == 1
        left = await queries.load(connection)
    assert left.by_slug("ua-ffr") is None
    assert len(left.services) == 147


async def test_two_machines_may_start_at_once(store: Store) -> None:
    """Both fill the empty tables; one set of rows is there afterwards."""

    async def start() -> None:
        async with store.engine.begin() as connection:
            await place_queries.renew(connection)
            await queries.seed(connection)

    if store.embedded:  # one machine: its writers wait for each other
        await start()
        await start()
    else:
        await asyncio.gather(start(), start())
    async with store.read() as connection:
        assert len((await queries.load(connection)).services) == 148
        assert len(await place_queries.load(connection)) > 5000


async def test_the_gazetteer_comes_back_as_it_was_written(store: Store, ukraine: Places) -> None:
    """Every place survives the database, its old names included; a second seeding does nothing."""
    async with store.write() as connection:
        assert await place_queries.renew(connection)
        assert not await place_queries.renew(connection)
    async with store.read() as connection:
        loaded = await place_queries.load(connection)
    assert len(loaded) == len(ukraine)
    for region in ukraine.oblasts():
        assert loaded.towns(region.id) == ukraine.towns(region.id)
    assert loaded.named("Червоноград") == ukraine.named("Червоноград")


async def test_confirming_is_dated_and_noticed(store: Store) -> None:
    """A confirmation carries a day and a role, raises the version, and opens the way to a public start."""
    async with store.write() as connection:
        await queries.seed(connection)
        await confirm(connection, LAUNCH_LINES, by="coordinator", on=DAY, at=NOW)
        assert await queries.version(connection) == 2
        directory = await queries.load(connection)
    line = directory.by_slug("ua-1547")
    assert line is not None
    assert (line.verified_on, line.verified_by, line.review_by) == (DAY, "coordinator", DAY + timedelta(days=90))
    assert public_ready(directory)
    assert [one.slug for one in directory.services if one.verified_on] == sorted(
        LAUNCH_LINES, key=lambda slug: getattr(directory.by_slug(slug), "num", 0)
    )


async def test_an_unknown_service_confirms_nothing(store: Store) -> None:
    """One wrong name among good ones: nothing is written, and the name is said."""
    async with store.write() as connection:
        await queries.seed(connection)
        with pytest.raises(queries.UnknownServices, match="ua-gone"):
            await confirm(connection, ["ua-1547", "ua-gone"], by="coordinator", on=DAY, at=NOW)
        assert await queries.version(connection) == 1
        line = (await queries.load(connection)).by_slug("ua-1547")
    assert line is not None
    assert line.verified_on is None


async def test_a_name_is_not_a_role(store: Store) -> None:
    """Nobody's name gets into the directory."""
    async with store.write() as connection:
        await queries.seed(connection)
        with pytest.raises(queries.UnknownRole, match="a role"):
            await confirm(connection, ["ua-1547"], by="Леся Вигадана", on=DAY, at=NOW)
        assert await queries.version(connection) == 1


async def test_the_database_refuses_an_address_of_a_hidden_place(store: Store) -> None:
    """Even a direct statement cannot give a shelter an address, or show it."""
    async with store.write() as connection:
        await queries.seed(connection)
    for change in ({"address_uk": "вул. Вигадана, 5"}, {"hidden": False}):
        with pytest.raises(IntegrityError):
            async with store.write() as connection:
                await connection.execute(update(services).where(services.c.slug == "kyiv-shelter").values(**change))


async def test_an_area_belongs_to_a_service(store: Store) -> None:
    """Areas go with their service, and none stands alone."""
    async with store.write() as connection:
        await queries.seed(connection)
        await connection.execute(delete(services))
        assert (await connection.execute(service_areas.select())).all() == []
    with pytest.raises(IntegrityError):
        async with store.write() as connection:
            await connection.execute(insert(service_areas).values(service=5000, kind="oblast", place_id=27))
