"""Exit is a whole message, a listed word or one slip from it, and never read out of a sentence."""

from __future__ import annotations

import pytest

from db.places.places import Places
from flows.understand.intent import read
from flows.understand.intent.whole import OTHERS, means_exit
from flows.words import EXIT


@pytest.mark.parametrize(
    "text", [*sorted(EXIT), "Вихід!!", "вихд", "вихіт", "вихід0", "виxiд", "vyhid", "exti", "/exit"]
)
def test_a_whole_exit_word_is_an_exit(text: str, places: Places) -> None:
    """Spelled, shouted, mistyped by one letter, or in other letters."""
    assert means_exit(text)
    assert read(text, places).intent == "exit"


@pytest.mark.parametrize(
    "text",
    ["I see no way out", "no exit", "вихід є", "не бачу виходу", "де вихід з метро", "хочу вийти з цього життя",
     "стоп він б'є мене", "stop hitting me", "exit exit", "вихід, він тут", ""],
)  # fmt: skip
def test_a_sentence_is_never_an_exit(text: str, places: Places) -> None:
    """Whoever writes about a way out wants to be heard."""
    assert read(text, places).intent != "exit"


def test_no_way_out_is_danger(places: Places) -> None:
    """In three languages."""
    for text in ("I see no way out", "Не бачу виходу", "не вижу выхода", "nema vyhodu", "хочу вийти з цього життя"):
        assert read(text, places).intent == "danger", text


def test_words_of_their_own_are_no_slips() -> None:
    """ "Вхід", "shop" and "quiet" are what they say; so are place names near an exit word."""
    assert [word for word in OTHERS if means_exit(word)] == []
    assert not means_exit("Стрий")
    assert not means_exit("a" * 5_000)


def test_no_place_is_an_exit(places: Places) -> None:
    """Nobody vanishes by naming their village."""
    names = {
        name for oblast in places.oblasts() for town in places.towns(oblast.id) for name in (town.name_uk, town.name_en)
    }
    assert len(names) > 5_000
    assert [name for name in names if means_exit(name)] == []
