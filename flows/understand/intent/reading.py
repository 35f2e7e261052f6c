"""The words of one message as bits, and which rules hold for them.

Places in a message are bits too: of a number whose lowest bit stands for the first word. What follows what and what
stands near what is then a matter of a few shifts, however long the message is.

Rules look across sentences, for people leave out full stops or make three of one sentence. But whatever takes meaning
back, an idiom or a word that a rule must not stand beside, does so in its own sentence only: "he choked me. We went to
the cinema" is no film.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce
from operator import or_

from flows.understand.intent.rules import Chain, Rule, RuleBook, bits_in
from flows.understand.intent.sentence import sentences
from flows.understand.intent.vocabulary import OPENS

BLOCK = 16  # words that are looked through only when one of them is among those looked for


class _Places(dict[int, int]):
    """Where in a message words stand, each part of a rule looked for once."""

    def __init__(self, bits: Sequence[int]) -> None:
        super().__init__()
        blocks = [(at, bits[at : at + BLOCK]) for at in range(0, len(bits), BLOCK)]
        self._blocks = [(at, block, reduce(or_, block)) for at, block in blocks]

    def __missing__(self, part: int) -> int:
        found = 0
        for first, block, present in self._blocks:
            if present & part:
                found |= sum([1 << at for at, bits in enumerate(block, first) if bits & part])
        self[part] = found
        return found


class Reading:
    """A message, what is left of it, or a sentence of one of `out_of` words; `kept` are the places that are looked at."""

    def __init__(
        self, bits: Sequence[int], kept: int = -1, places: _Places | None = None, out_of: int | None = None
    ) -> None:
        self.bits = [one if kept >> at & 1 else one & OPENS for at, one in enumerate(bits)] if ~kept else bits
        self.all = reduce(or_, self.bits, 0)
        self._kept = kept
        self._places = _Places(bits) if places is None else places
        self._words = len(bits) if out_of is None else out_of

    def meanings(self, book: RuleBook) -> frozenset[str]:
        """What the rules that hold mean."""
        found: set[str] = set()
        for rule in book.worth_a_look(self.all):
            if rule.means not in found and self._may_hold(rule):
                left = self._kept & ~self._beside(rule.unless)
                if self._holds(rule, left):
                    found.add(rule.means)
        return frozenset(found)

    def weight(self, heavy: int, grave: int) -> int:
        """How much the words weigh: a grave one two, a heavy one one."""
        return self._where(grave).bit_count() + self._where(heavy | grave).bit_count()

    def without(self, book: RuleBook) -> Reading:
        """The same message without the words that rules cover within a sentence."""
        covered, read = 0, dict[tuple[int, ...], int]()  # a wall of text is a sentence again and again
        for first, end in self._sentences:
            said = tuple(self.bits[first:end])
            if said not in read:
                sentence = self if len(said) == len(self.bits) else Reading(said, out_of=self._words)
                read[said] = sentence._covered_by(book)
            covered |= read[said] << first
        return self._but(covered)

    def apart_from(self, words: int) -> Reading:
        """The same message without the sentences that have any of these words."""
        return self._but(self._beside(words))

    def _but(self, places: int) -> Reading:
        return Reading(self.bits, self._kept & ~places, self._places) if places else self

    def _where(self, part: int, among: int = -1) -> int:
        """The places of words that are in any of these groups."""
        return self._places[part] & self._kept & among if self.all & part else 0

    def _beside(self, words: int) -> int:
        """The places of all words in the sentences that have any of these."""
        met = self._where(words)
        sentences = [(1 << end) - (1 << first) for first, end in self._sentences] if met else ()
        return reduce(or_, [one for one in sentences if one & met], 0)

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return sentences([one & OPENS for one in self.bits]) if self.all & OPENS else [(0, len(self.bits))]

    def _covered_by(self, book: RuleBook) -> int:
        covered = 0
        for rule in book.worth_a_look(self.all):
            if not self.all & rule.unless and self._may_hold(rule) and self._holds(rule, self._kept):
                covered |= self._covered(rule)
        return covered

    def _may_hold(self, rule: Rule) -> bool:
        if rule.at_most and self._words > rule.at_most:
            return False
        return all(self.all & part for part in rule.parts)

    def _holds(self, rule: Rule, among: int) -> bool:
        """Whether a rule holds for the words at these places alone."""
        if not all(self._ends(chain, among, among) for chain in rule.chains):
            return False
        if not rule.together[1:]:  # one alone is together with itself
            return not rule.together or bool(self._where(rule.together[0], among))
        return bool(reduce(int.__and__, [_spread(self._where(part, among), rule.within) for part in rule.together]))

    def _ends(self, chain: Chain, starts: int, among: int) -> int:
        """The places of the last word where the parts follow one another from any of these places."""
        reached = self._where(chain.parts[0], starts)
        for part, between in zip(chain.parts[1:], chain.between[1:], strict=True):
            if not reached:
                break
            near = reached << 1
            for _ in range(between):
                near |= near << 1
            reached = near & self._where(part, among)
        return reached

    def _covered(self, rule: Rule) -> int:
        """The places of the words that make a rule hold, with those between the parts of a chain."""
        covered = reduce(or_, [self._where(part) for part in rule.together], 0)
        for chain in rule.chains:
            for start in bits_in(self._where(chain.parts[0])):
                if ends := self._ends(chain, start, -1):
                    covered |= ((ends & -ends) << 1) - start  # any choice that works is enough: the nearest end
        return covered


def _spread(places: int, width: int) -> int:
    """Where windows of `width` words begin that have one of these places in them."""
    for _ in range(width - 1):
        places |= places >> 1
    return places
