"""Changes of many rows at once, their history, and the way back, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from db.directory import changes, history, queries
from db.directory.changes import ChangedMeanwhile, Step
from db.directory.confirming import confirm
from db.directory.history import CannotUndo, NothingToUndo
from db.directory.review import REVIEW_DAYS, review_after, review_due
from db.directory.rows import from_plain, plain
from db.directory.service import KINDS, Area, Service
from db.directory.starting import starting_services
from db.models import service_history
from db.store import Store

from .conftest import MakeService

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


async def held(store: Store) -> list[Service]:
    """What the tables hold."""
    async with store.read() as connection:
        return await queries.stored(connection)


async def version(store: Store) -> int:
    """How often the directory was changed."""
    async with store.read() as connection:
        return await queries.version(connection)


async def applied(store: Store, *steps: Step, at_version: int | None = None) -> int:
    """One import."""
    async with store.write() as connection:
        seen = await queries.version(connection) if at_version is None else at_version
        return await changes.apply(connection, steps, action="import", by="coordinator", at=NOW, version=seen)


async def undone(store: Store) -> int:
    """The last change set taken back; its number."""
    async with store.write() as connection:
        seen, done = await queries.version(connection), await history.last(connection)
        await history.undo(connection, done, by="supervisor", at=NOW, version=seen)
        return done.number


@pytest.fixture
async def seeded(store: Store) -> Store:
    """The project's own directory."""
    async with store.write() as connection:
        await queries.seed(connection)
    return store


async def test_added_changed_and_retired_in_one_breath(seeded: Store, make: MakeService) -> None:
    """One change set, one new version; areas go with their rows."""
    before = await held(seeded)
    pin = next(one for one in before if one.slug == "ua-pin")
    ffr = next(one for one in before if one.slug == "ua-ffr")
    new = make(500, areas=(Area("oblast", 27), Area("settlement", 686967)), entry=frozenset({"police"}), mobile=True)
    changed = replace(pin, phones=("+380800500335",), areas=(Area("oblast", 12),))
    assert await applied(seeded, Step(None, new), Step(pin, changed), Step(ffr, None)) == 1
    after = {one.slug: one for one in await held(seeded)}
    assert (after["sample-500"], after["ua-pin"]) == (new, changed)
    assert "ua-ffr" not in after
    assert len(after) == len(before)
    assert await version(seeded) == 2


async def test_undoing_goes_back_step_by_step(seeded: Store, make: MakeService) -> None:
    """Two changes, two undoings, and the directory is what it was; then nothing is left to undo."""
    start = await held(seeded)
    pin = next(one for one in start if one.slug == "ua-pin")
    await applied(seeded, Step(None, make(500)), Step(pin, replace(pin, name_uk="Інша")))
    between = await held(seeded)
    async with seeded.write() as connection:
        await confirm(connection, ["ua-1547", "sample-500"], by="operator", on=date(2026, 11, 20), at=NOW)
    assert [await undone(seeded), await held(seeded)] == [2, between]
    assert [await undone(seeded), await held(seeded)] == [1, start]
    with pytest.raises(NothingToUndo):
        await undone(seeded)
    assert await version(seeded) == 5


async def test_the_history_keeps_who_when_and_what(seeded: Store) -> None:
    """A role, a moment, the row before and after; an undoing names what it took back."""
    pin = next(one for one in await held(seeded) if one.slug == "ua-pin")
    await applied(seeded, Step(pin, replace(pin, name_uk="Інша")))
    await undone(seeded)
    async with seeded.read() as connection:
        rows = (await connection.execute(select(service_history).order_by(service_history.c.id))).all()
    assert [(row.change_set, row.action, row.made_by, row.undoes) for row in rows] == [
        (1, "import", "coordinator", 0),
        (2, "undo", "supervisor", 1),
    ]
    assert (rows[0].before["name_uk"], rows[0].after["name_uk"]) == (pin.name_uk, "Інша")
    assert rows[0].made_at == NOW


async def test_what_was_changed_since_is_not_undone(seeded: Store) -> None:
    """A row that somebody has changed by hand after the import stays, and is named."""
    pin = next(one for one in await held(seeded) if one.slug == "ua-pin")
    changed = replace(pin, name_uk="Інша")
    await applied(seeded, Step(pin, changed))
    async with seeded.write() as connection:
        from sqlalchemy import update  # noqa: PLC0415

        from db.models import services  # noqa: PLC0415

        await connection.execute(update(services).where(services.c.slug == "ua-pin").values(name_uk="Ще інша"))
    with pytest.raises(CannotUndo, match="ua-pin"):
        await undone(seeded)


async def test_who_looked_at_another_directory_changes_nothing(seeded: Store, make: MakeService) -> None:
    """Between looking and applying somebody else was quicker: nothing is written."""
    seen = await version(seeded)
    await applied(seeded, Step(None, make(500)))
    with pytest.raises(ChangedMeanwhile):
        await applied(seeded, Step(None, make(501)), at_version=seen)
    assert {one.num for one in await held(seeded) if one.num >= 500} == {500}
    assert await version(seeded) == 2


async def test_two_imports_at_once(seeded: Store, make: MakeService) -> None:
    """Both looked at the same directory; one is taken, the other told."""
    seen = await version(seeded)

    async def bring(num: int) -> int:
        async with seeded.engine.begin() as connection:
            return await changes.apply(
                connection, [Step(None, make(num))], action="import", by="coordinator", at=NOW, version=seen
            )

    results = await asyncio.gather(bring(500), bring(501), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["ChangedMeanwhile", "int"]
    assert len([one for one in await held(seeded) if one.num >= 500]) == 1


async def test_nothing_is_half_applied(seeded: Store, make: MakeService) -> None:
    """One row that the database refuses among a thousand: not one of them is there, and no history of them."""
    start = await held(seeded)
    good = [Step(None, make(1000 + n)) for n in range(1200)]
    bad = Step(None, make(3000, kind="shelter", hidden=True, notes_uk="вул. Вигадана"))
    with pytest.raises(IntegrityError):
        await applied(seeded, *good, bad)
    assert await held(seeded) == start
    async with seeded.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(service_history)) == 0
    assert await applied(seeded, *good) == 1
    assert len(await held(seeded)) == len(start) + 1200


async def test_a_number_never_changes_hands(seeded: Store, make: MakeService) -> None:
    """The number of a row that is gone is remembered, so that no new row gets it."""
    new = make(777)
    await applied(seeded, Step(None, new))
    await applied(seeded, Step(new, None))
    async with seeded.read() as connection:
        assert await history.highest_num(connection) == 777


async def test_a_person_s_name_is_not_a_role(seeded: Store, make: MakeService) -> None:
    """Nobody's name gets into the history."""
    with pytest.raises(queries.UnknownRole):
        async with seeded.write() as connection:
            await changes.apply(
                connection, [Step(None, make(500))], action="import", by="Леся Вигадана", at=NOW, version=1
            )


@pytest.mark.parametrize("service", starting_services()[::15], ids=lambda service: service.slug)
def test_a_row_survives_the_history(service: Service) -> None:
    """What the history holds is the whole row, without what is empty."""
    changed = replace(service, verified_on=date(2026, 1, 2), verified_by="operator", access=frozenset({"lift"}))
    assert from_plain(plain(service)) == service
    assert from_plain(plain(changed)) == changed
    assert "address_en" not in plain(replace(service, address_en=""))


def test_a_confirmation_lasts_as_long_as_its_kind_allows(make: MakeService) -> None:
    """Lines are called every quarter, offices every year; 102 never expires; nothing confirmed has no date."""
    day = date(2026, 11, 1)
    assert set(REVIEW_DAYS) == set(KINDS) - {"other"}
    assert review_after("helpline", day) < review_after("day_center", day) < review_after("police", day)
    assert review_due(make(1)) is None
    assert review_due(make(1, kind="helpline", verified_on=day)) == day + timedelta(days=90)
    assert review_due(make(1, verified_on=day, review_by=day)) == day
    assert review_due(make(1, slug="ua-police-102", verified_on=day)) is None
