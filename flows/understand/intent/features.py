"""What a message is likened by: its words, their beginnings side by side, pieces of words, groups of the tables, and
what the rules say of it.

Every feature is a number below `BUCKETS` (a CRC-32 cut short): two that share one rarely matter among the hundreds of
a message. All are taken from folded letters (see `letters`), so Ukrainian, Russian, surzhyk and both in Latin letters
meet in the same pieces, and a slip of the finger spoils only a few of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from zlib import crc32

from flows.understand.intent.letters import Word
from flows.understand.intent.rules import bits_in
from flows.understand.intent.vocabulary import Vocabulary

BUCKETS = 1 << 16
PIECES = (3, 4)  # letters
BEGINNING = 5  # letters of a word by which it is paired with its neighbours
REACH = 3  # how many words on the other of a pair may stand
COMPANY = 8  # words among which two groups are paired
STRETCH, STEP = 12, 8  # words of a stretch of a longer message, and how far on the next one begins
WHOLE = 24  # words of a message that is also looked at as a whole


def stretches(
    words: Sequence[Word], bits: Sequence[int], tables: Vocabulary, ruled: Sequence[str]
) -> Iterator[list[int]]:
    """The features of a message, and of each stretch of a longer one, so that no sentence is lost in it.

    `ruled` is what the rules say of the whole message, in names of its own.
    """
    numbers = _Numbers()
    letters = [one.slavic for one in words]
    read = {one: _of_a_word(one, numbers) for one in set(letters)}
    said = {_bucket(f"!{one}") for one in ruled}
    pieces = [read[one] for one in letters]
    count = max(len(words), len(bits))  # a denial and what it denies are two words and one in `bits`
    if count <= WHOLE:
        yield _features(letters, [*pieces, said], bits, tables, numbers)
    if count > STRETCH:
        for at in range(0, count - STEP, STEP):
            part = slice(at, at + STRETCH)
            yield _features(letters[part], [*pieces[part], said], bits[part], tables, numbers)


def whole(words: Sequence[Word], bits: Sequence[int], tables: Vocabulary, ruled: Sequence[str]) -> list[int]:
    """The features of the beginning of a message, as it is taught."""
    numbers = _Numbers()
    letters = [one.slavic for one in words[:WHOLE]]
    said = {_bucket(f"!{one}") for one in ruled}
    return _features(letters, [*(_of_a_word(one, numbers) for one in letters), said], bits[:WHOLE], tables, numbers)


class _Numbers(dict[str, int]):
    """The numbers of features, for one message only: stretches overlap, and nothing typed is kept."""

    def __missing__(self, feature: str) -> int:
        self[feature] = number = crc32(feature.encode()) % BUCKETS
        return number


def _features(
    letters: Sequence[str],
    pieces: Sequence[Collection[int]],
    bits: Sequence[int],
    tables: Vocabulary,
    numbers: _Numbers,
) -> list[int]:
    """The features of words and of the groups they are in, each once, in ascending order."""
    found = _groups(bits, tables)
    found.update(*pieces)
    found.update(_pairs([one for one in letters if one], numbers))
    return sorted(found)


def _of_a_word(letters: str, numbers: _Numbers) -> set[int]:
    if not letters:
        return set()
    word = f"<{letters}>"
    parts = [word[at : at + length] for length in PIECES for at in range(len(word) - length + 1)]
    return {numbers[part] for part in (word, *parts)}


def _pairs(letters: Sequence[str], numbers: _Numbers) -> list[int]:
    marks = ["^", *(one[:BEGINNING] for one in letters), "$"]
    found = [numbers[f"{one}_{other}"] for one, other in pairwise(marks)]
    for distance in range(2, 1 + REACH):
        found += [numbers[f"{one}~{other}"] for one, other in zip(marks, marks[distance:], strict=False)]
    return found


def _groups(bits: Sequence[int], tables: Vocabulary) -> set[int]:
    """Each group, and each two of one company: the later word's with all that stand up to there."""
    core = [one & tables.core for one in bits]
    met = {(here, reduce(or_, core[max(0, at + 1 - COMPANY) : at + 1])) for at, here in enumerate(core) if here}
    found: set[int] = set()
    for here, near in met:
        company = [tables.name(other) for other in bits_in(near)]
        for one in bits_in(here):
            name = tables.name(one)
            found.add(_bucket(f"#{name}"))
            found.update([_together(name, other) for other in company])
    return found


@cache
def _together(one: str, other: str) -> int:
    """The feature of two groups; there are a few thousand pairs."""
    first, second = sorted((one, other))
    return _bucket(f"#{first}+{second}")


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS
