"""What a message is likened by: its words, their beginnings side by side, pieces of words, and groups of the tables.

Every feature is a number below `BUCKETS` (a CRC-32 cut short): two that share one rarely matter among the hundreds of
a message. All are taken from folded letters (see `letters`), so Ukrainian, Russian, surzhyk and both in Latin letters
meet in the same pieces, and a slip of the finger spoils only a few of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from zlib import crc32

from flows.understand.intent.letters import Word
from flows.understand.intent.rules import bits_in
from flows.understand.intent.vocabulary import Vocabulary

BUCKETS = 1 << 15
PIECES = (3, 4)  # letters
BEGINNING = 5  # letters of a word by which it is paired with its neighbours
REACH = 3  # how many words on the other of a pair may stand
COMPANY = 8  # words among which two groups are paired
STRETCH, STEP = 12, 8  # words of a stretch of a longer message, and how far on the next one begins
WHOLE = 24  # words of a message that is also looked at as a whole


def stretches(words: Sequence[Word], bits: Sequence[int], tables: Vocabulary) -> Iterator[list[int]]:
    """The features of a message, and of each stretch of a longer one, so that no sentence is lost in it."""
    pieces = [_of_a_word(one.slavic) for one in words]
    count = max(len(words), len(bits))  # a denial and what it denies are two words and one in `bits`
    if count <= WHOLE:
        yield _features(words, pieces, bits, tables)
    if count > STRETCH:
        for at in range(0, count - STEP, STEP):
            part = slice(at, at + STRETCH)
            yield _features(words[part], pieces[part], bits[part], tables)


def whole(words: Sequence[Word], bits: Sequence[int], tables: Vocabulary) -> list[int]:
    """The features of the beginning of a message, as it is taught."""
    return _features(words[:WHOLE], [_of_a_word(one.slavic) for one in words[:WHOLE]], bits[:WHOLE], tables)


def _features(
    words: Sequence[Word], pieces: Sequence[Collection[int]], bits: Sequence[int], tables: Vocabulary
) -> list[int]:
    """The features of words and of the groups they are in, each once, in ascending order."""
    found = _groups(bits, tables)
    found.update(*pieces)
    found.update(_pairs([one.slavic for one in words if one.slavic]))
    return sorted(found)


def _of_a_word(letters: str) -> set[int]:
    if not letters:
        return set()
    word = f"<{letters}>"
    found = {_bucket(word)}
    for length in PIECES:
        found.update(_bucket(word[at : at + length]) for at in range(len(word) - length + 1))
    return found


def _pairs(letters: Sequence[str]) -> Iterator[int]:
    marks = ["^", *(one[:BEGINNING] for one in letters), "$"]
    for at, one in enumerate(marks):
        for distance, other in enumerate(marks[at + 1 : at + 1 + REACH]):
            yield _bucket(f"{one}{'~' if distance else '_'}{other}")


def _groups(bits: Sequence[int], tables: Vocabulary) -> set[int]:
    named = [[*bits_in(one & tables.core)] for one in bits]
    found: set[int] = set()
    near: list[list[int]] = []
    for here in named:
        found.update(_bucket(f"#{tables.name(one)}") for one in here)
        near = [*near[1 - COMPANY :], here]
        found.update(
            _together(tables.name(one), tables.name(other)) for one in here for there in near for other in there
        )
    return found


@cache
def _together(one: str, other: str) -> int:
    """The feature of two groups; there are a few thousand pairs."""
    first, second = sorted((one, other))
    return _bucket(f"#{first}+{second}")


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS
