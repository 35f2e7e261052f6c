"""A new release of the project meets a directory that people have worked on, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, update

from db.directory import changes, history, queries, release
from db.directory.changes import Step
from db.directory.confirming import confirm
from db.directory.history import NothingToUndo
from db.directory.release import Brought
from db.directory.service import Area, Service
from db.directory.starting import starting_services
from db.models import directory_version, places, service_history, services
from db.places import queries as place_queries
from db.store import Store

from .conftest import MakeService

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST = starting_services()
LUTSK, FFR, PIN, LINE = "lutsk-daycentre", "ua-ffr", "ua-pin", "ua-1547"


def renewed(*slugs: str, added: tuple[Service, ...] = ()) -> list[Service]:
    """The next release: these rows have another source date and number, and there are new ones."""
    changed = {"source_date": date(2026, 11, 21), "phones": ("+380800500335",)}
    return [*(replace(one, **changed) if one.slug in slugs else one for one in FIRST), *added]  # type: ignore[arg-type]


async def held(store: Store) -> dict[str, Service]:
    """What the tables hold, by name."""
    async with store.read() as connection:
        return {one.slug: one for one in await queries.stored(connection)}


async def brought(store: Store, rows: list[Service]) -> Brought:
    """A start of this release."""
    async with store.write() as connection:
        return await release.bring(connection, NOW, rows)


async def imported(store: Store, *steps: Step) -> None:
    """A coordinator's file."""
    async with store.write() as connection:
        seen = await queries.version(connection)
        await changes.apply(connection, steps, action="import", by="coordinator", at=NOW, version=seen)


async def undone(store: Store) -> None:
    """What people did last, taken back."""
    async with store.write() as connection:
        seen, done = await queries.version(connection), await history.last(connection)
        await history.undo(connection, done, by="coordinator", at=NOW, version=seen)


@pytest.fixture
async def seeded(store: Store) -> Store:
    """The first release, as it was brought by its own first start."""
    async with store.write() as connection:
        await place_queries.renew(connection)
        assert await release.bring(connection, NOW) == Brought(added=len(FIRST))
    return store


async def test_a_start_of_the_same_release_changes_nothing(seeded: Store) -> None:
    """No version is raised and no history written by an ordinary restart."""
    before = await held(seeded)
    assert await brought(seeded, FIRST) == Brought()
    async with seeded.read() as connection:
        assert await queries.version(connection) == 1
        assert (await connection.execute(select(service_history))).all() == []
    assert await held(seeded) == before


async def test_new_rows_arrive_and_untouched_ones_follow(seeded: Store, make: MakeService) -> None:
    """In one change set of the history, by no person's role; a running bot hears of it."""
    new = make(149, slug="new-centre", areas=(Area("settlement", 686967), Area("oblast", 27)))
    assert await brought(seeded, renewed(LUTSK, added=(new,))) == Brought(added=1, renewed=1)
    after = await held(seeded)
    assert after[LUTSK].phones == ("+380800500335",)
    assert after["new-centre"].num == 149
    assert after["new-centre"].areas == (Area("oblast", 27), Area("settlement", 686967))
    async with seeded.read() as connection:
        rows = (await connection.execute(select(service_history).order_by(service_history.c.slug))).all()
        assert await queries.version(connection) == 2
    assert [(row.action, row.made_by, row.slug) for row in rows] == [
        ("release", "project", LUTSK),
        ("release", "project", "new-centre"),
    ]
    assert await brought(seeded, renewed(LUTSK, added=(new,))) == Brought()


async def test_what_somebody_here_touched_stays(seeded: Store) -> None:
    """Confirmed, edited, or taken out: the project does not overwrite it, this time or the next."""
    start = await held(seeded)
    async with seeded.write() as connection:
        await confirm(connection, [LINE], by="coordinator", on=date(2026, 11, 20), at=NOW)
    edited = replace(start[PIN], name_uk="Інша назва")
    await imported(seeded, Step(start[PIN], edited), Step(start[FFR], None))
    before = await held(seeded)
    assert await brought(seeded, renewed(LINE, PIN, FFR, LUTSK)) == Brought(renewed=1)
    after = await held(seeded)
    assert (after[LINE], after[PIN]) == (before[LINE], edited)
    assert FFR not in after
    assert await brought(seeded, renewed(LINE, PIN, FFR)) == Brought(renewed=1)  # the centre goes back, they stay


async def test_a_confirmation_without_a_history_counts_too(seeded: Store) -> None:
    """However it got into the table: who called knows better than a file."""
    async with seeded.write() as connection:
        called = {"verified_on": date(2026, 11, 20), "verified_by": "coordinator"}
        await connection.execute(update(services).where(services.c.slug == LINE).values(called))
    assert await brought(seeded, renewed(LINE)) == Brought()


async def test_what_was_undone_counts_as_untouched(seeded: Store) -> None:
    """After an import and its undoing the row is the project's again, before and after a release."""
    start = await held(seeded)
    await imported(seeded, Step(start[PIN], replace(start[PIN], name_uk="Інша")))
    await undone(seeded)
    assert await brought(seeded, renewed(PIN)) == Brought(renewed=1)
    second = await held(seeded)
    await imported(seeded, Step(second[PIN], replace(second[PIN], name_uk="Інша")))
    await undone(seeded)
    assert await brought(seeded, FIRST) == Brought(renewed=1)


async def test_a_row_of_the_same_name_made_here_is_theirs(seeded: Store, make: MakeService) -> None:
    """The project comes later with a row that a coordinator had already: theirs stays."""
    own = make(149, slug="new-centre", name_uk="Наша назва")
    await imported(seeded, Step(None, own))
    assert await brought(seeded, renewed(added=(make(149, slug="new-centre"),))) == Brought()
    assert (await held(seeded))["new-centre"] == own


async def test_a_button_s_number_never_changes_hands(seeded: Store, make: MakeService) -> None:
    """New rows whose numbers were given here, even to a row that is gone, get free ones and keep them."""
    own, gone = make(149, slug="own"), make(151, slug="gone")
    await imported(seeded, Step(None, own), Step(None, gone))
    await imported(seeded, Step(gone, None))
    new = tuple(make(149 + n, slug=f"new-{n}") for n in range(4))
    assert await brought(seeded, renewed(added=new)) == Brought(added=4)
    after = await held(seeded)
    numbers = [after[one.slug].num for one in new]
    assert (after["own"].num, numbers[1], numbers[3]) == (149, 150, 152)
    assert len({149, 151, *numbers}) == 6
    assert await brought(seeded, renewed(added=new)) == Brought()


async def test_a_row_that_the_project_dropped_stays(seeded: Store) -> None:
    """Whether a service is gone is for a coordinator to say."""
    assert await brought(seeded, [one for one in FIRST if one.slug != FFR]) == Brought()
    assert FFR in await held(seeded)


async def test_undo_is_for_what_people_did(seeded: Store) -> None:
    """A coordinator who takes back the last change does not take back a release that came in between."""
    start = await held(seeded)
    await imported(seeded, Step(start[PIN], replace(start[PIN], name_uk="Інша")))
    await brought(seeded, renewed(LUTSK))
    await undone(seeded)
    after = await held(seeded)
    assert after[PIN] == start[PIN]
    assert after[LUTSK] != start[LUTSK]
    with pytest.raises(NothingToUndo):
        await undone(seeded)


# --- the gazetteer ---------------------------------------------------------------------------------------


async def test_another_edition_of_the_gazetteer_is_replaced(seeded: Store) -> None:
    """Names and new places follow; what is gone goes, unless a service is there or serves it."""
    async with seeded.write() as connection:
        served = (await queries.stored(connection))[0]
        kept, gone, lost = 990_001, 990_002, 703448
        common = {
            "kind": "settlement",
            "name_uk": "Стара",
            "name_en": "Old",
            "aliases": [],
            "oblast_id": 12,
            "city_id": 0,
        }
        point = {"lat": 50.0, "lon": 30.0, "population": 0, "occupied": False}
        await connection.execute(insert(places), [{"id": one, **common, **point} for one in (kept, gone)])
        await connection.execute(update(places).where(places.c.id == lost).values(name_uk="Інакше"))
        await connection.execute(
            update(directory_version).where(directory_version.c.id == place_queries.EDITION).values(version=1)
        )
        changed = replace(served, areas=(Area("settlement", kept),))
        await changes.apply(connection, [Step(served, changed)], action="import", by="coordinator", at=NOW, version=0)
        assert await place_queries.renew(connection)
        assert not await place_queries.renew(connection)
        found = await place_queries.load(connection)
    assert found.get(kept) is not None
    assert found.get(gone) is None
    kyiv = found.get(lost)
    assert kyiv is not None
    assert kyiv.name_uk == "Київ"


async def test_a_database_from_before_editions_gets_the_new_one_once(seeded: Store) -> None:
    """Nothing says which gazetteer it holds: it is replaced, and then it says so."""
    async with seeded.write() as connection:
        from sqlalchemy import delete  # noqa: PLC0415

        await connection.execute(delete(directory_version).where(directory_version.c.id == place_queries.EDITION))
        assert await place_queries.renew(connection)
        assert not await place_queries.renew(connection)
        assert await queries.version(connection) == 1
