"""Words and numbers without the words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.places.register import Register

PAIRS = st.lists(st.tuples(st.text(max_size=12), st.integers(0, 999_999)), max_size=60)


@given(PAIRS, st.lists(st.text(max_size=12), max_size=20))
def test_it_answers_as_a_dictionary_would(pairs: list[tuple[str, int]], others: list[str]) -> None:
    """Every number of every word, each once and rising; nothing for a word that is not there."""
    known: dict[str, set[int]] = {}
    for word, number in pairs:
        known.setdefault(word, set()).add(number)
    register = Register([((word,), number) for word, number in pairs])
    for word in [*known, *others]:
        assert register.numbers(word) == tuple(sorted(known.get(word, ())))
        assert (word in register) == (word in known)
