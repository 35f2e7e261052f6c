"""Words that would lead somebody to a hidden door, in a file and in the database itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from db.directory import queries
from db.directory.starting import starting_services
from db.directory.streets import GIVEAWAYS, giveaway, says_street
from db.migrations.versions import __name__ as versions
from db.models import services
from db.store import Store

STREETS = (
    "вул. Вигадана, 5",
    "вул Вигадана 5",
    "вул вигадана",
    "ВУЛ. ВИГАДАНА",
    "Вхід з вулиці",
    "просп. Миру",
    "буд. 5",
    "кв. 12",
    "Вигадана, 12",
    "Вигадана, 12-А",
    "Вигаданий майдан, 3",
    "провулок Тихий",
    "3 поверх, каб. 301",
    "офіс 5",
    "01001",
    "5 Invented St",
    "12-A Made Up Street",
    "room 5",
    "prospekt Myru",
    "50.4501,30.5234",
    "https://maps.app.goo.gl/x",
    "https://www.google.com/maps/place",
    "https://example.org/vul-vyhadana-5",
    "///three.words what3words",
)
HARMLESS = (
    "",
    "Адреса не розголошується.",
    "До 90 діб, можна продовжити",
    "Для жінок з дітьми 0–18 років",
    "25 місць, до 6 місяців",
    "Понеділок, 9:00–18:00",
    "У 2022 році працювала 8:00–20:00, до 10 днів.",
    "Запит – через поліцію, 102",
    "Київ, 25 місць",
    "https://misto-dobra.com",
    "Up to 20 days, 25 places",
    "hotline@example.org",
    "було 5 випадків",
    "Зателефонуйте: 15-47",
)


@pytest.mark.parametrize("text", STREETS)
def test_what_reads_like_an_address_is_found(text: str) -> None:
    """Streets, houses, rooms, postcodes, points and maps, in both languages and in any case."""
    assert giveaway(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_does_not_is_left_alone(text: str) -> None:
    """Times, counts, phone numbers and plain websites."""
    assert not giveaway(text)


def test_no_hidden_row_of_the_project_gives_its_place_away() -> None:
    """In none of its texts, its source aside."""
    for service in starting_services():
        said = (service.name_uk, service.name_en, service.notes_uk, service.notes_en, service.website, service.telegram)
        assert not (service.hidden and any(map(giveaway, said))), service.slug


@given(st.sampled_from(GIVEAWAYS), st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=200)
def test_the_fine_sieve_holds_back_what_the_coarse_one_does(word: str, before: str, after: str) -> None:
    """Whatever the database would refuse is told by name before."""
    assert giveaway(before + word + after)
    assert giveaway(before + word.upper() + after)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("name_uk", "Вул. Вигадана"),
        ("notes_uk", "ПРОСПЕКТ"),
        ("notes_en", "вУл. Вигадана"),
        ("name_en", "at Madeup AVENUE"),
        ("website", "https://www.google.com/Maps/x"),
        ("website", "https://example.org/Vul-x"),
        ("telegram", "maps.app.goo.gl/x"),
    ],
)
async def test_the_database_refuses_them(store: Store, column: str, words: str) -> None:
    """A direct statement cannot write a street into a shelter's row; an open service may say where it is."""
    async with store.write() as connection:
        await queries.seed(connection)
    written = update(services).values({column: f"Дивіться {words}!"})
    with pytest.raises(IntegrityError):
        async with store.write() as connection:
            await connection.execute(written.where(services.c.slug == "kyiv-shelter"))
    async with store.write() as connection:
        changed = await connection.execute(written.where(services.c.slug == "kyiv-1500"))
        assert changed.rowcount == 1


@pytest.mark.parametrize(
    "change",
    [{"lat": 50.4547}, {"lon": 30.52}, {"precision": "building"}, {"district_id": 104}],
)
async def test_the_database_refuses_a_point(store: Store, change: dict[str, object]) -> None:
    """Nothing finer than a tenth of a degree stands in a hidden row; a tenth may."""
    async with store.write() as connection:
        await queries.seed(connection)
    row = update(services).where(services.c.slug == "kyiv-shelter")
    with pytest.raises(IntegrityError):
        async with store.write() as connection:
            await connection.execute(row.values(**change))
    async with store.write() as connection:
        assert (await connection.execute(row.values(lat=48.3, lon=30.7))).rowcount == 1


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_schema_s_words_are_the_code_s(dialect: str) -> None:
    """A new word needs a migration: the newest one that has the list has this list."""
    from importlib import import_module  # noqa: PLC0415

    migration = import_module(f"{versions}.0002_the_directory")
    assert (*migration.STREET_WORDS, *migration.MAP_WORDS) == GIVEAWAYS
    assert migration.says_street(dialect) == says_street(dialect)
