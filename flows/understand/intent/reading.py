"""The words of one message as bits, and which rules hold for them.

Rules look across sentences, for people leave out full stops or make three of one sentence. But whatever takes meaning
back, an idiom or a word that a rule must not stand beside, does so in its own sentence only: "he choked me. We went to
the cinema" is no film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from flows.understand.intent.rules import Chain, Rule, RuleBook
from flows.understand.intent.vocabulary import OPENS


class Reading:
    """The words of one message (or of a sentence, out of so many words) as bits, with the windows that unordered rules
    look through."""

    def __init__(self, bits: Sequence[int], out_of: int = 0) -> None:
        self.bits = list(bits)
        self.words = out_of or len(self.bits)
        self._windows: dict[int, list[int]] = {}
        self.all = reduce(or_, self.bits, 0)

    def meanings(self, book: RuleBook) -> frozenset[str]:
        """What the rules that hold mean."""
        found: set[str] = set()
        for rule in book.worth_a_look(self.all):
            if rule.means not in found and self._may_hold(rule) and self._holds(rule):
                found.add(rule.means)
        return frozenset(found)

    def weight(self, heavy: int, grave: int) -> int:
        """How much the words weigh: a grave one two, a heavy one one."""
        return sum(2 if bits & grave else 1 for bits in self.bits if bits & (heavy | grave))

    def without(self, book: RuleBook) -> Reading:
        """The same message without the words that rules cover within a sentence."""
        return Reading([bits for sentence in self._sentences() for bits in sentence._uncovered(book)])

    def apart_from(self, words: int) -> Reading:
        """The same message without the sentences that have any of these words."""
        if not self.all & words:
            return self
        return Reading(
            [OPENS & bits if sentence.all & words else bits for sentence in self._sentences() for bits in sentence.bits]
        )

    def _sentences(self) -> list[Reading]:
        if not self.all & OPENS:
            return [self]
        starts = [at for at, bits in enumerate(self.bits) if bits & OPENS or not at]
        return [Reading(self.bits[at:end], self.words) for at, end in zip(starts, [*starts[1:], None], strict=True)]

    def _uncovered(self, book: RuleBook) -> list[int]:
        left = list(self.bits)
        for rule in book.worth_a_look(self.all):
            if self._may_hold(rule) and self._holds(rule):
                for start, end in self._covered(rule):
                    left[start : end + 1] = [OPENS & bits for bits in left[start : end + 1]]
        return left

    def _may_hold(self, rule: Rule) -> bool:
        if rule.at_most and self.words > rule.at_most:
            return False
        return all(self.all & part for part in rule.parts)

    def _holds(self, rule: Rule) -> bool:
        left = self.apart_from(rule.unless)
        return left._stands(rule) if left is self or left._may_hold(rule) else False

    def _stands(self, rule: Rule) -> bool:
        if not all(next(self._spans(chain), None) for chain in rule.chains):
            return False
        if not rule.together[1:]:  # one alone is together with itself
            return True
        return any(all(window & part for part in rule.together) for window in self._through(rule.within))

    def _through(self, width: int) -> list[int]:
        """What stands in each stretch of `width` words."""
        if width not in self._windows:
            last = max(1, len(self.bits) - width + 1)
            self._windows[width] = [reduce(or_, self.bits[at : at + width], 0) for at in range(last)]
        return self._windows[width]

    def _covered(self, rule: Rule) -> Iterator[tuple[int, int]]:
        for chain in rule.chains:
            yield from self._spans(chain)
        loose = reduce(or_, rule.together, 0)
        if loose:
            yield from ((at, at) for at, bits in enumerate(self.bits) if bits & loose)

    def _spans(self, chain: Chain) -> Iterator[tuple[int, int]]:
        """First and last word of each place where the parts follow one another."""
        for start, bits in enumerate(self.bits):
            if bits & chain.parts[0]:
                end = self._follow(chain, start)
                if end is not None:
                    yield start, end

    def _follow(self, chain: Chain, start: int) -> int | None:
        """The last word when the other parts follow the word at `start`; any choice that works is enough."""
        ends = {start}
        for part, between in zip(chain.parts[1:], chain.between[1:], strict=True):
            ends = {
                after
                for end in ends
                for after in range(end + 1, min(end + 2 + between, len(self.bits)))
                if self.bits[after] & part
            }
            if not ends:
                return None
        return min(ends)
