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

SHORTEST, LONG, LONGEST = 5, 7, 10  # letters of a sound: for one slip, for two in a city's name, for two in any


def slips_allowed(heard: str) -> int:
    """How many wrong letters a word of this length may have."""
    if len(heard) < SHORTEST:
        return 0
    return 1 if len(heard) < LONG else 2


def is_near(heard: str, word: str) -> bool:
    """Whether a sound is one slip (two in a long word) from a word of a name whose other word was read."""
    if min(len(heard), len(word)) < 3:
        return False
    slips = 1 if len(word) < LONG else 2
    if OSA.distance(heard, word, score_cutoff=slips) <= slips:
        return True
    return len(heard) > LONG and OSA.distance(heard[:-2], word[: len(heard) - 2], score_cutoff=1) <= 1


def guesses(lexicon: Lexicon, heard: str) -> list[tuple[str, int]]:
    """Known forms near a sound, with the number of slips; the nearest first, at most a dozen or so."""
    most = slips_allowed(heard)
    if not most:
        return []
    if near := _near(lexicon, heard):
        return [(form, 1) for form in near]
    if most > 1:
        cities = _matches(heard, (lexicon.of_cities.get(n, ()) for n in _lengths(heard, 2)), 2)
        near = cities or (_same_letter(lexicon, heard, 2) if len(heard) >= LONGEST else [])
        return [(form, 2) for form in near]
    return []


def _near(lexicon: Lexicon, heard: str) -> list[str]:
    """Forms with the same first letter; when there is none, nominatives with another."""
    same = _same_letter(lexicon, heard, 1)
    return same or _matches(heard, (lexicon.by_length.get(n, ()) for n in _lengths(heard, 1)), 1)


def _same_letter(lexicon: Lexicon, heard: str, slips: int) -> list[str]:
    return _matches(heard, (lexicon.by_shape.get((heard[0], n), ()) for n in _lengths(heard, slips)), slips)


def _lengths(heard: str, slips: int) -> range:
    return range(len(heard) - slips, len(heard) + slips + 1)


def _matches(heard: str, shelves: Iterable[Sequence[str]], slips: int) -> list[str]:
    return [
        form
        for shelf in shelves
        for form, _, _ in process.extract(heard, shelf, scorer=OSA.distance, score_cutoff=slips, limit=12)
    ]

