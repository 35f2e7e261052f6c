"""The index that lies in a file says what the gazetteer says, or is not used."""

from __future__ import annotations

from dataclasses import replace
from gzip import compress, decompress
from pathlib import Path

import pytest

from db.places import queries
from db.places.places import Places
from db.places.starting import starting_places
from db.store import Store
from flows.understand.places import build_index, folding, stored
from flows.understand.places.lexicon import Lexicon
from flows.understand.places.making import Made, made_of
from flows.understand.places.search import search

MADE_BY = "python -m flows.understand.places.build_index"
LARGEST = 600_000  # bytes of the file
EVERY = 25  # a name of so many is searched for


def test_the_index_is_of_this_gazetteer() -> None:
    """Whoever changes the gazetteer, the words or the rules of declension makes the index anew."""
    assert stored.told_of(stored.INDEX)["source"] == build_index.source(), f"stale: run {MADE_BY}"
    assert stored.INDEX.stat().st_size < LARGEST


def test_what_is_read_is_what_is_made(ukraine: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read or made, the index has the same words, books and forms, and answers alike for every name."""
    made = made_of(ukraine)
    with monkeypatch.context() as patched:
        patched.setattr(stored, "made_of", _must_not)
        read = stored.index_of(ukraine)
    assert _contents(read) == _contents(made)
    ours, theirs = Lexicon(ukraine, read), Lexicon(ukraine, made)
    names = sorted({name for place in ukraine for name in (place.name_uk, place.name_en, *place.aliases)})
    for name in names:
        heard = [sound for word in folding.spelled(name) for sound in folding.sounds(word)]
        assert ours.numbers(heard) == theirs.numbers(heard)
    assert all(search(name, ours) == search(name, theirs) for name in names[::EVERY])


async def test_what_a_database_holds_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gazetteer that a first start brings in is the one of the file, in whatever order it comes back."""
    async with store.write() as connection:
        await queries.renew(connection)
    async with store.read() as connection:
        places = await queries.load(connection)
    monkeypatch.setattr(stored, "made_of", _must_not)
    assert stored.index_of(places)
    assert stored.gazetteer(Places(reversed([*places]))) == stored.gazetteer(places)


@pytest.mark.parametrize(
    "change",
    [{"name_uk": "Нова Назва"}, {"name_en": "New Name"}, {"aliases": ("Стара",)}, {"population": 7}, {"id": 99}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_gazetteer_is_never_served_by_the_file(few: Places, file: Path, change: dict[str, object]) -> None:
    """One name, number or place more, less or other, and the index is made."""
    first, *others = few
    changed = Places([replace(first, **change), *others])
    for places in (changed, Places(others)):
        assert _contents(stored.index_of(places, file)) == _contents(made_of(places))


def test_a_damaged_file_costs_no_answer(few: Places, file: Path) -> None:
    """Missing, empty, cut short, overwritten or with a part lost, it is as if there were none."""
    whole = file.read_bytes()
    told, tables, books, pairs = decompress(whole).split(b"\n", 3)
    damaged = [
        b"", whole[:-9], whole[: len(whole) // 2], b"no index", whole[:40] + b"\0\0\0\0" + whole[44:], compress(b"[]"),
        compress(b"\n".join((b"[]", tables, books, pairs))), compress(b"\n".join((b"{}", tables, books, pairs))),
        compress(b"\n".join((told, b"{}", books, pairs))), compress(b"\n".join((told, tables, b"[[1]]", pairs))),
        compress(b"\n".join((told, tables, books, pairs[:-1]))),
    ]  # fmt: skip
    wanted = _contents(made_of(few))
    for contents in damaged:
        file.write_bytes(contents)
        assert _contents(stored.index_of(few, file)) == wanted
    file.unlink()
    assert _contents(stored.index_of(few, file)) == wanted


def test_the_same_gazetteer_makes_the_same_file(few: Places, file: Path) -> None:
    """So that a file made again is no change."""
    assert stored.packed(few, "here") == file.read_bytes()
    assert stored.told_of(file)["source"] == "here"


@pytest.fixture
def few() -> Places:
    """The first forty places and some towns."""
    return Places(starting_places()[:40:2] + starting_places()[-20:])


@pytest.fixture
def file(few: Places, tmp_path: Path) -> Path:
    """An index of them."""
    at = tmp_path / "index.bin.gz"
    at.write_bytes(stored.packed(few, "here"))
    return at


def _contents(made: Made) -> list[object]:
    tables = (made.words, made.people, [*made.cities.items()], [[*book.items()] for book in made.books])
    return [*tables, made.city_forms, made.town_forms, made.forms.packed()]


def _must_not(_: Places) -> Made:
    raise AssertionError("the file is not used")
