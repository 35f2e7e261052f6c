"""What a message is likened by: its words, their beginnings side by side, pieces of it, groups of the tables, and what
the rules say of it.

Every feature is a number below `BUCKETS` (a hash cut short): two that share one rarely matter among the hundreds of a
message. All are taken from folded letters (see `letters`), so Ukrainian, Russian, surzhyk and both in Latin letters
meet in the same pieces, and a slip of the finger spoils only a few of them.

A long message is looked at in stretches (see `stretches`), so that no sentence is lost in it. Its words and pieces are
made into features once, and a stretch takes those that stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate

import numpy as np

from flows.understand.intent.letters import Word
from flows.understand.intent.rules import bits_in
from flows.understand.intent.spoken import Glimpse, Numbers, Spoken, bucket
from flows.understand.intent.stretches import WHOLE, Stretch, stretches
from flows.understand.intent.vocabulary import Vocabulary

COMPANY = 8  # words among which two groups are paired
MOST_TOGETHER = 200  # words of a long message that are looked at together


class Passages:
    """A message in features: as a whole when it is short, and in stretches when it is longer."""

    def __init__(self, words: Sequence[Word], bits: Sequence[int], tables: Vocabulary, ruled: Iterable[str]) -> None:
        """`ruled` is what the rules say of the whole message, in names of its own."""
        self._letters = [one.slavic for one in words]
        self._spoken = Spoken(self._letters)
        self._core = [one & tables.core for one in bits]
        self._tables = tables
        self._said = [_told(one) for one in ruled]
        self.parts = stretches(words, bits)
        self.whole = self.parts[0] if len(words) <= WHOLE else Stretch(slice(0, MOST_TOGETHER), slice(0, MOST_TOGETHER))

    def features(self, part: Stretch) -> Numbers:
        """The features of a part, each as often as it stands there."""
        others = [*self._groups(self._core[part.groups]), *self._said]
        return np.concatenate((*self._spoken.within(part.words), np.array(others, np.uint32)))

    def different(self) -> list[Stretch]:
        """The parts that say something else than another: a wall of text says the same again and again."""
        return [*{(*self._letters[one.words], *self._core[one.groups]): one for one in self.parts}.values()]

    def glimpses(self, parts: Sequence[Stretch]) -> Iterator[Glimpse]:
        """What a glance at some parts sees: words, pieces of one length, groups."""
        yield from self._spoken.glimpses([part.words for part in parts])
        names = {here: [_named(bit, self._tables) for bit in bits_in(here)] for here in {*self._core}}
        groups = [names[here] for here in self._core]
        before = [0, *accumulate(map(len, groups))]
        named = np.array([one for here in groups for one in here], np.uint32)
        among = [range(*part.groups.indices(len(groups))) for part in parts]  # empty where two words are one "не б'є"
        yield named, [(before[some.start], before[max(some.start, some.stop)]) for some in among]

    def _groups(self, core: Sequence[int]) -> list[int]:
        """Each group, and each two of one company."""
        met = [(at, bit) for at, here in enumerate(core) if here for bit in bits_in(here)]
        found = [_named(bit, self._tables) for _, bit in met]
        nearest = 0
        for number, (at, bit) in enumerate(met):
            while at - met[nearest][0] >= COMPANY:
                nearest += 1
            found += [_together(bit, other, self._tables) for _, other in met[nearest:number]]
        return found


@cache
def _named(bit: int, tables: Vocabulary) -> int:
    """The feature of a group."""
    return bucket(f"#{tables.name(bit)}")


@cache
def _together(one: int, other: int, tables: Vocabulary) -> int:
    """The feature of two groups; there are a few thousand pairs."""
    first, second = sorted((tables.name(one), tables.name(other)))
    return bucket(f"#{first}+{second}")


@cache
def _told(name: str) -> int:
    """The feature of what the rules say, in their own names."""
    return bucket(f"!{name}")
