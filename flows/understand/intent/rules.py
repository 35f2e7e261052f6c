"""Rules over groups of words, written a line each, and how they are found in a message.

    HIT + ME            both within eight words, in any order
    HIT + HE @4         within four words
    ніж|ножем > горл*   one after the other, at most two words between
    BREAKS > DOOR @0    one right after the other
    HE + не_дає > AIR   a person anywhere in the message, and the two others one after the other
    HIT !3              only in a message of at most three words
    KILLS + ME - GAME   not when the message also has a word of GAME

Capitals are groups of a table; anything else is words given on the spot (`|` between them, `*` ends a stem).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from flows.understand.intent.vocabulary import Vocabulary

NEAR = 8  # words in which the parts of an unordered rule stand
BETWEEN = 2  # words that may stand between the parts of an ordered one


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts that follow one another."""

    parts: tuple[int, ...]
    between: tuple[int, ...]  # words that may stand before each part; the first is not used


@dataclass(frozen=True, slots=True)
class Rule:
    """What must stand in a message for it to mean `means`."""

    means: str
    parts: tuple[int, ...]  # all of them, to see at once that a rule cannot hold
    together: tuple[int, ...]  # parts in any order
    within: int  # words
    chains: tuple[Chain, ...]
    at_most: int  # words of the whole message, 0 for any number
    unless: int


def parse_all(lines: str, means: str, vocabulary: Vocabulary) -> list[Rule]:
    """The rules of a table; `#` begins a remark. Raises ValueError for a line that cannot be read."""
    bare = (line.split("#", 1)[0].strip() for line in lines.splitlines())
    return [parse(line, means, vocabulary) for line in bare if line]


def parse(line: str, means: str, vocabulary: Vocabulary) -> Rule:
    """A rule from its line. Raises ValueError for a line that cannot be read."""
    body, _, veto = line.partition(" - ")
    body, _, longest = body.partition(" !")
    together: list[int] = []
    chains: list[Chain] = []
    within = NEAR
    for segment in body.split(" + "):
        names, gaps = _segment(segment)
        parts = tuple(_bits(name, vocabulary) for name in names)
        if len(parts) > 1:
            chains.append(Chain(parts, gaps))
        else:
            together += parts
            within = gaps[0] if "@" in segment else within
    if not (together or chains):
        raise ValueError(f"not a rule: {line}")
    unless = reduce(or_, (_bits(name, vocabulary) for name in veto.split()), 0)
    everything = (*together, *(part for chain in chains for part in chain.parts))
    return Rule(means, everything, tuple(together), within, tuple(chains), int(longest or 0), unless)


def _segment(segment: str) -> tuple[list[str], tuple[int, ...]]:
    """The names of a chain and how far each may be from the one before: one `@` at the end is for all of them."""
    names: list[str] = []
    gaps: list[int] = []
    marked = 0
    chain = segment.split(" > ")
    for one in chain:
        name, _, gap = one.strip().partition(" @")
        names.append(name)
        gaps.append(int(gap) if gap else BETWEEN)
        marked += bool(gap)
    if marked == 1 and "@" in chain[-1]:
        gaps = [gaps[-1]] * len(gaps)
    return names, tuple(gaps)


def _bits(name: str, vocabulary: Vocabulary) -> int:
    """The bits of an item: groups by name, and a group of its own for words given on the spot."""
    if not name or set(name) & set(" >@+!"):
        raise ValueError(f"not a word of a rule: {name}")
    found, spoken = 0, []
    for one in name.split("|"):
        if one.isupper() and one.isalpha():
            found |= vocabulary.group(one)
        else:
            spoken.append(one)
    if spoken:
        found |= vocabulary.group("|".join(spoken), " ".join(spoken))
    return found


def bits_in(mask: int) -> Iterator[int]:
    """Each bit of a mask by itself."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


class RuleBook:
    """Rules, each found through the part that the fewest others share: most never come up for a message."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        shared = Counter(bit for rule in self.rules for part in rule.parts for bit in bits_in(part))
        self._through: defaultdict[int, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            rarest = min(rule.parts, key=lambda part: sum(shared[bit] for bit in bits_in(part)))
            for bit in bits_in(rarest):
                self._through[bit].append(number)

    def worth_a_look(self, present: int) -> Iterator[Rule]:
        """The rules whose rarest part is there, in the order of the tables."""
        numbers: set[int] = set()
        for bit in bits_in(present):
            numbers.update(self._through.get(bit, ()))
        for number in sorted(numbers):
            yield self.rules[number]


class Reading:
    """The words of one message as bits, with the windows that unordered rules look through."""

    def __init__(self, bits: Sequence[int]) -> None:
        self.bits = list(bits)
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
        """The same message without the words that ordered rules cover."""
        left = list(self.bits)
        for rule in book.worth_a_look(self.all):
            if not self._may_hold(rule) or not self._holds(rule):
                continue
            for start, end in self._covered(rule):
                left[start : end + 1] = [0] * (end + 1 - start)
        return Reading(left)

    def _may_hold(self, rule: Rule) -> bool:
        if rule.at_most and len(self.bits) > rule.at_most:
            return False
        return not self.all & rule.unless and all(self.all & part for part in rule.parts)

    def _holds(self, rule: Rule) -> bool:
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
        for at, bits in enumerate(self.bits):
            if any(bits & part for part in rule.together):
                yield at, at

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
