"""What a word with a wrong, missing, doubled or swapped letter may have been.

Distances are counted on sounds (see `folding`), so what most people call a mistake costs nothing here already.
One slip is forgiven in a word of five letters; two in a long word, or in seven letters when a city is so named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from flows.understand.places.lexicon import Lexicon

SHORTEST, LONG, LONGEST = 5, 7, 9  # letters of a sound: for one slip, for two in a city's name, for two in any
CITY = 40_000  # people


def slips_allowed(heard: str) -> int:
    """How many wrong letters a word of this length may have."""
    if len(heard) < SHORTEST:
        return 0
    return 1 if len(heard) < LONG else 2


def guesses(lexicon: Lexicon, heard: str) -> list[tuple[str, int]]:
    """Known forms near a sound, with the number of slips; the nearest first, at most a dozen or so."""
    most = slips_allowed(heard)
    if not most:
        return []
    for slips in range(1, most + 1):
        near = [form for form in _near(lexicon, heard, slips) if slips == 1 or _worth_two(lexicon, heard, form)]
        if near:
            return [(form, slips) for form in near]
    return []


def _near(lexicon: Lexicon, heard: str, slips: int) -> list[str]:
    """Forms with the same first letter; when there is none, nominatives with another."""
    same = _matches(heard, (lexicon.by_shape.get((heard[0], n), ()) for n in _lengths(heard, slips)), slips)
    if same or slips > 1:
        return same
    return _matches(heard, (lexicon.by_length.get(n, ()) for n in _lengths(heard, slips)), slips)


def _lengths(heard: str, slips: int) -> range:
    return range(len(heard) - slips, len(heard) + slips + 1)


def _matches(heard: str, shelves: Iterable[Sequence[str]], slips: int) -> list[str]:
    return [
        form
        for shelf in shelves
        for form, _, _ in process.extract(heard, shelf, scorer=OSA.distance, score_cutoff=slips, limit=12)
    ]


def _worth_two(lexicon: Lexicon, heard: str, form: str) -> bool:
    if len(heard) >= LONGEST:
        return True
    return any(
        bearer.place.population >= CITY
        for number in lexicon.forms[form]
        for bearer in lexicon.names.bearers.get((number,), ())
    )
