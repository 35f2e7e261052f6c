"""Rules over groups of words, written a line each, and how they are found in a message.

    HIT + ME            both within eight words, in any order
    HIT + HE @4         within four words
    ніж|ножем > горл*   one after the other, at most two words between
    BREAKS > DOOR @0    one right after the other
    HE + не_дає > AIR   a person anywhere in the message, and the two others one after the other
    HIT !3              only in a message of at most three words
    KILLS + ME - GAME   not when its sentence also has a word of GAME

Capitals are groups of a table; anything else is words given on the spot (`|` between them, `*` ends a stem). A line
that ends in `\\` goes on in the next one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from flows.understand.intent.vocabulary import Vocabulary

NEAR = 8  # words in which the parts of an unordered rule stand
_GOES_ON = re.compile(r"\\\n\s*")
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
    bare = (line.split("#", 1)[0].strip() for line in _GOES_ON.sub("", lines).splitlines())
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
        found |= vocabulary.spoken("|".join(spoken))
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
        self._rarest = reduce(or_, self._through, 0)

    def worth_a_look(self, present: int) -> Iterator[Rule]:
        """The rules whose rarest part is there, in the order of the tables."""
        numbers: set[int] = set()
        for bit in bits_in(present & self._rarest):
            numbers.update(self._through[bit])
        for number in sorted(numbers):
            yield self.rules[number]
