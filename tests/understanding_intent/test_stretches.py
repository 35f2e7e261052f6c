"""Where a message is looked at: nothing is left out, and no sentence is thinned by another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.understand.intent.letters import read_words
from flows.understand.intent.meaning import nobodys_name
from flows.understand.intent.sentence import bits_of
from flows.understand.intent.stretches import STRETCH, WHOLE, stretches
from flows.understand.intent.tables import tables


def read_in(text: str) -> list[str]:
    """The words of each piece."""
    words = read_words(text)
    pieces = stretches(words, bits_of(words, tables(), nobodys_name))
    return [" ".join(one.typed for one in words[piece.words]) for piece in pieces]


def test_one_short_sentence_is_one_piece() -> None:
    """Most messages are."""
    assert read_in("він мене душив учора ввечері") == ["він мене душив учора ввечері"]


def test_each_sentence_is_looked_at_alone_and_with_its_neighbours() -> None:
    """In a short message of two, and in a long one of many."""
    assert read_in("Пекли торт. Він мене душив.") == ["пекли торт він мене душив", "він мене душив"]
    told = read_in("Зранку ми ходили в магазин по хліб і молоко. " * 4 + "Він мене душив. Потім чекали на автобус.")
    assert "він мене душив" in told
    assert "він мене душив потім чекали на автобус" in told


def test_without_full_stops_pieces_overlap() -> None:
    """Whatever five words stand side by side are in one of them."""
    words = [f"слово{number}" for number in range(60)]
    pieces = read_in(" ".join(words))
    for at in range(len(words) - 4):
        assert any(" ".join(words[at : at + 5]) in piece for piece in pieces)


@given(
    st.lists(st.sampled_from(["не б'є", "не", "ніж", "вона", "чекали на автобус", ". ", "! ", "\n", ", "]), max_size=90)
)
def test_every_word_and_every_group_is_in_a_piece(parts: list[str]) -> None:
    """Denials, stops and short cries anywhere."""
    text = " ".join(parts)
    words = read_words(text)
    bits = bits_of(words, tables(), nobodys_name)
    pieces = stretches(words, bits)
    assert {at for piece in pieces for at in range(*piece.words.indices(len(words)))} == {*range(len(words))}
    reached = {at for piece in pieces for at in range(*piece.groups.indices(len(bits)))}
    assert reached == {*range(len(bits))}
    for piece in pieces:
        assert piece.words.stop - piece.words.start <= (STRETCH if len(words) > WHOLE else WHOLE)
