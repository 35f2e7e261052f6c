"""Words and numbers without the words."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.places.register import Register, lasting

PAIRS = st.lists(st.tuples(st.text(max_size=12), st.integers(0, 999_999)), max_size=60)
KYIV = 794_624_890_671


@pytest.mark.parametrize("hashed", [hash, lasting])
@given(PAIRS, st.lists(st.text(max_size=12), max_size=20))
def test_it_answers_as_a_dictionary_would(
    hashed: Callable[[str], int], pairs: list[tuple[str, int]], others: list[str]
) -> None:
    """Every number of every word, each once and rising; nothing for a word that is not there."""
    known: dict[str, set[int]] = {}
    for word, number in pairs:
        known.setdefault(word, set()).add(number)
    register = Register([((word,), number) for word, number in pairs], hashed)
    for word in [*known, *others]:
        assert register.numbers(word) == tuple(sorted(known.get(word, ())))
        assert (word in register) == (word in known)
    asked = [*known][::2] + others
    assert register.numbers_of(asked) == {number for word in asked for number in known.get(word, ())}


def test_a_register_in_a_file_is_the_same_in_every_process() -> None:
    """Its hashes last, and its numbers have their lowest byte first."""
    assert lasting("київ") == KYIV
    register = Register([(("київ",), 1)], lasting)
    assert register.packed() == (KYIV << 20 | 1).to_bytes(8, "little")
    assert Register.unpacked(register.packed()).numbers("київ") == (1,)


def test_a_processor_with_the_other_order_of_bytes_reads_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """There every number is turned round on its way in and out."""
    register = Register([(("київ",), 1), (("львів",), 2)], lasting)
    here = register.packed()
    monkeypatch.setattr(sys, "byteorder", {"little": "big", "big": "little"}[sys.byteorder])
    there = register.packed()
    assert there[:8] == here[7::-1]
    assert Register.unpacked(there).numbers("львів") == (2,)
