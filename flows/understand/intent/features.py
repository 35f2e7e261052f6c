"""What a message is likened by: its words, their beginnings side by side, pieces of words, groups of the tables, and
what the rules say of it.

Every feature is a number below `BUCKETS` (a CRC-32 cut short): two that share one rarely matter among the hundreds of
a message. All are taken from folded letters (see `letters`), so Ukrainian, Russian, surzhyk and both in Latin letters
meet in the same pieces, and a slip of the finger spoils only a few of them.

A long message is looked at in stretches (see `stretches`), so that no sentence is lost in it. Every one is glanced at
(`glimpses`: words, their beginnings and groups), and those that look most dangerous are read with everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from zlib import crc32

from flows.understand.intent.letters import Word
from flows.understand.intent.rules import bits_in
from flows.understand.intent.stretches import Stretch, stretches
from flows.understand.intent.vocabulary import Vocabulary

BUCKETS = 1 << 18
PIECES = (3, 4)  # letters of pieces of a word
ACROSS = (5, 6)  # letters of pieces that may reach from one word into the next
BEGINNING = 5  # letters of a word by which it is paired with its neighbours
SEEN = 4  # letters of a word, with the mark before it, that a glance sees
REACH = 3  # how many words on the other of a pair may stand
COMPANY = 8  # words among which two groups are paired


class Passages:
    """A message in features: as a whole when it is short, and in stretches when it is longer."""

    def __init__(self, words: Sequence[Word], bits: Sequence[int], tables: Vocabulary, ruled: Sequence[str]) -> None:
        """`ruled` is what the rules say of the whole message, in names of its own."""
        self._letters = [one.slavic for one in words]
        self._core = [one & tables.core for one in bits]
        self._tables = tables
        self._said = tuple({_bucket(f"!{one}") for one in ruled})
        self._pieces: dict[str, set[int]] = {"": set()}  # of this message alone: nothing typed is kept
        self._company: dict[tuple[int, int], set[int]] = {}  # the same
        self.parts = stretches(words, bits)

    def features(self, part: Stretch) -> set[int]:
        """The features of a part: of its words and of the groups they are in, each once."""
        letters, known = self._letters[part.words], self._pieces
        for one in letters:
            if one not in known:
                known[one] = _of_a_word(one)
        spoken = [one for one in letters if one]
        groups = self._groups(self._core[part.groups])
        return set(self._said).union(_pairs(spoken), _across(spoken), *groups, *[known[one] for one in letters])

    def _groups(self, core: Sequence[int]) -> Iterator[set[int]]:
        """Each group, and each two of one company: the later word's with all that stand up to there."""
        met = {(here, reduce(or_, core[max(0, at + 1 - COMPANY) : at + 1])) for at, here in enumerate(core) if here}
        for pair in met:
            if pair not in self._company:
                self._company[pair] = _met(*pair, self._tables)
            yield self._company[pair]

    def glimpses(self) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]], tuple[int, ...]]:
        """What a glance sees of each word, of each word's groups, and of what the rules say."""
        marked = {one: f"<{one}>" for one in set(self._letters)}
        seen = {
            one: (crc32(word.encode()) % BUCKETS, crc32(word[:SEEN].encode()) % BUCKETS) for one, word in marked.items()
        }
        groups = {one: tuple([_named(bit, self._tables) for bit in bits_in(one)]) for one in set(self._core)}
        return [seen[one] for one in self._letters], [groups[one] for one in self._core], self._said


def _of_a_word(letters: str) -> set[int]:
    """The word and its pieces."""
    word = f"<{letters}>"
    parts = [word, *[word[at : at + length] for length in PIECES for at in range(len(word) - length + 1)]]
    return {crc32(part.encode()) % BUCKETS for part in parts}


def _across(letters: Sequence[str]) -> list[int]:
    """Pieces of the words as they stand side by side: "л мен" is in "бил мене" and in "убил меня"."""
    said = f"<{'_'.join(letters)}>".encode("utf-16-le")
    found: list[int] = []
    for width in [2 * length for length in ACROSS]:  # bytes
        found += [crc32(said[at : at + width]) % BUCKETS for at in range(0, len(said) + 1 - width, 2)]
    return found


def _pairs(letters: Sequence[str]) -> list[int]:
    marks = ["^", *[one[:BEGINNING] for one in letters], "$"]
    found = [f"{one}_{other}" for one, other in pairwise(marks)]
    for distance in range(2, 1 + REACH):
        found += [f"{one}~{other}" for one, other in zip(marks, marks[distance:], strict=False)]
    return [crc32(pair.encode()) % BUCKETS for pair in found]


def _met(here: int, near: int, tables: Vocabulary) -> set[int]:
    company = [*bits_in(near)]
    groups = [*bits_in(here)]
    return {_named(one, tables) for one in groups} | {
        _together(one, other, tables) for one in groups for other in company
    }


@cache
def _named(bit: int, tables: Vocabulary) -> int:
    """The feature of a group."""
    return _bucket(f"#{tables.name(bit)}")


@cache
def _together(one: int, other: int, tables: Vocabulary) -> int:
    """The feature of two groups; there are a few thousand pairs."""
    first, second = sorted((tables.name(one), tables.name(other)))
    return _bucket(f"#{first}+{second}")


def _bucket(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS
