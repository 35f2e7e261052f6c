"""Strings that no person would type: nothing raises, and every answer is known (a million by hand, some here)."""

from __future__ import annotations

from random import Random

import pytest

from db.places.places import Places
from db.places.starting import starting_places
from tests.understanding import fuzz


@pytest.fixture(scope="module")
def places() -> Places:
    """The gazetteer the bot starts with."""
    return Places(starting_places())


def test_a_thousand_strings_raise_nothing(places: Places) -> None:
    """Random signs, mutated utterances, walls of ten thousand signs; how long they take is for the bench."""
    assert fuzz.fuzz(1_000, "suite", places).read == 1_000


def test_what_is_tried_is_odd_enough() -> None:
    """Surrogates, nulls, signs from right to left and walls are among what is tried, and seeds decide."""
    dice = Random("odd")  # noqa: S311 (the same texts every time)
    tried = [fuzz.made_up(["він мене б'є"], dice) for _ in range(3_000)]
    whole = "".join(tried)
    assert {"\x00", "\u202e", "\ud83d", "🙂", "ש"} <= set(whole)
    assert max(map(len, tried)) == fuzz.LONG
    again = Random("odd")  # noqa: S311
    assert [fuzz.made_up(["він мене б'є"], again) for _ in range(50)] == tried[:50]


def test_slow_texts_are_told(places: Places) -> None:
    """A clock that says a second for each text makes each one too slow."""
    ticks = iter(range(100))
    outcome = fuzz.fuzz(5, "slow", places, clock=lambda: float(next(ticks)))
    assert (outcome.read, outcome.slow, outcome.longest) == (5, 5, 1.0)
