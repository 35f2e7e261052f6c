"""A few words that say nothing but the cry."""

from __future__ import annotations

import tomllib

import pytest

from db.places.places import Places
from flows.understand.intent import CAUSES, read
from flows.understand.intent.cries import MOST, cry_in
from flows.understand.intent.letters import fold, read_words
from flows.understand.intent.tables import WORDS

TABLE = tomllib.loads((WORDS / "cries.toml").read_text(encoding="utf-8"))
CRIES = [(word, cause) for cause, words in TABLE["cries"].items() for word in words.split()]


@pytest.mark.parametrize(("word", "cause"), CRIES)
def test_a_cry_alone_is_danger(places: Places, word: str, cause: str) -> None:
    """Every word of the table, by itself, about somebody, and twice."""
    for text in (word, f"{word} мене", f"муж {word} зараз", f"{word}! {word}!"):
        assert (read(text, places).intent, read(text, places).kind) == ("danger", cause)


@pytest.mark.parametrize(
    "text",
    ["мене вбивають", "меня опять бьют", "mene vbyvaiut", "МУЖ УБИВАЕТ", "домашнє насильство", "domestic violence"],
)
def test_whatever_stands_beside_it(places: Places, text: str) -> None:
    """In any order, alphabet and language, whatever the model thinks of idioms."""
    assert read(text, places).intent == "danger"
    assert not read(text, places).likened


@pytest.mark.parametrize(
    "text",
    ["ця спека мене вбиває", "ти мене вбиваєш", "beats me", "душить жаба", "домашнє завдання", "мене", "він", ""],
)
def test_any_other_word_makes_it_no_cry(text: str) -> None:
    """What else there is must be weighed: an idiom is none, and neither are the words beside a cry alone."""
    assert cry_in(read_words(text)) == ""


def test_a_cry_is_short_and_the_gravest_cause_is_told() -> None:
    """A long message is read as one."""
    assert cry_in(read_words("бьет " * MOST)) == "now"
    assert cry_in(read_words("бьет " * (MOST + 1))) == ""
    assert cry_in(read_words("б'є і душить")) == "choking"


def test_the_table_tells_cries_from_what_stands_beside_them() -> None:
    """No word is both, under whatever spelling, and every cause is one that the flows can answer."""
    beside = {fold(word) for word in TABLE["beside"].split()}
    assert [word for word, _ in CRIES if fold(word) in beside] == []
    assert {cause for _, cause in CRIES} <= set(CAUSES)
