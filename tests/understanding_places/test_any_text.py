"""Whatever is typed: no exception, no wait, no trace."""

from __future__ import annotations

import gc
import logging
import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.places.places import Places
from flows.understand.places import find
from tests.understanding_places.conftest import UKRAINE

SLOWEST = 0.01  # seconds of this process a text
ODD = [*"\ud800\udfff\u202e\u200f\u0301\0\n\t’'\"*-./,()", "😀", "👨‍👩‍👧", "é", "ש", "م", "中", "ß", "İ", "ﬁ", "½"]
LETTERS = [chr(code) for code in range(0x400, 0x460)] + list("abcdefghijklmnopqrstuvwxyz0123456789    ")


@pytest.fixture
def quiet() -> Iterator[None]:
    """The collector's pauses belong to the whole process, not to one search."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@given(st.text(max_size=300))
@example("\ud800" * 100)
@example("м. " * 100)
@example("-" * 1000)
@example("к-п " * 200)
@example("\u0301" * 500)
def test_any_text_may_be_typed(text: str) -> None:
    """No text raises; at most six places come back, each once, best first."""
    found = find(text, UKRAINE)
    assert len({one.place.id for one in found}) == len(found) <= 6
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def mutated(chance: random.Random, names: list[str]) -> str:
    """Noise, names with noise in them, addresses of names, or ten thousand letters of either."""
    kind = chance.randrange(5)
    if kind == 0:
        return "".join(chance.choices(LETTERS + ODD, k=chance.randrange(80)))
    if kind == 1:
        letters = list(" ".join(chance.choices(names, k=chance.randrange(1, 5))))
        for _ in range(chance.randrange(4)):
            letters.insert(chance.randrange(len(letters) + 1), chance.choice(LETTERS + ODD))
        return "".join(letters)
    if kind == 2:
        words = ["в", "с.", "м.", "живу в", "обл", "район", "з", "під", ","]
        return f"{chance.choice(names)[: chance.randrange(1, 20)]} {chance.choice(words)} {chance.choice(names)}"
    if chance.random() < 0.95:
        return " ".join(chance.choices(names, k=chance.randrange(1, 25)))
    return "".join(chance.choices(names if kind == 3 else LETTERS + ODD, k=10_000))[:10_000]


def test_random_texts_are_read(quiet: None) -> None:
    """Noise and names in it, up to ten thousand letters: at most six places each, and nothing is raised.

    `PLACES_FUZZ=1000000` reads a million; in how much time, `make bench` measures.
    """
    chance = random.Random(7)  # noqa: S311 (a test, not a secret)
    names = [place.name_uk for place in UKRAINE]
    for _ in range(int(os.environ.get("PLACES_FUZZ", "3000"))):
        assert len(find(mutated(chance, names), UKRAINE)) <= 6
    assert find("Київ", UKRAINE)


def test_nothing_typed_is_kept_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The index is the same before and after, and no log line is written."""
    marker = "Позначковинськ"
    with caplog.at_level(logging.DEBUG):
        find(f"я з міста {marker}, живу в {marker}і", UKRAINE)
    held = [
        one for one in gc.get_objects() if isinstance(one, (dict, list, tuple, set)) and marker.lower() in _texts(one)
    ]
    assert caplog.records == []
    assert held == []


def _texts(holder: object) -> set[str]:
    return {one for one in holder if isinstance(one, str)} if hasattr(holder, "__iter__") else set()


def test_ten_thousand_letters_are_cut(ukraine: Places, quiet: None) -> None:
    """A name with which a very long text begins or ends is found; one in its middle is not waited for."""
    tail = " та інше" * 1200
    assert find("Я в Полтаві." + tail, ukraine)[0].place.name_uk == "Полтава"
    assert find(f"Розповім усе.{tail}. Ми у Полтаві", ukraine)[0].place.name_uk == "Полтава"
    assert find(f"Розповім.{tail} у Полтаві{tail}", ukraine) == []


def test_a_cut_leaves_no_half_of_a_word(ukraine: Places) -> None:
    """Where a long text is cut no name appears that nobody wrote: "Полтав" of "полтавська"."""
    for spaces in range(40):
        text = f"{'я ' * 130}{' ' * spaces}перехарківчани перельвівська {'і що ' * 60}"
        assert find(text, ukraine) == []
