"""Names as tuples of word numbers, and the places that bear them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

Phrase = tuple[int, ...]


class Book:
    """Phrases of one kind: who bears them, and the phrases that begin and end with a word.

    Places are known by their ids. An id below nothing marks a name the place bore before, or one that others gave it.
    """

    def __init__(self, bearers: Mapping[Phrase, Sequence[int]]) -> None:
        self.bearers = bearers
        self.after: defaultdict[int, list[Phrase]] = defaultdict(list)
        self.before: defaultdict[int, list[Phrase]] = defaultdict(list)
        for phrase in bearers:
            if len(phrase) > 1:
                self.after[phrase[0]].append(phrase)
                self.before[phrase[-1]].append(phrase)

    def phrases(self, parts: Sequence[tuple[int, ...]]) -> Iterator[Phrase]:
        """Phrases that words in a row, each of which may be several, make up."""
        if not all(parts) or (len(parts) > 1 and not any(number in self.after for number in parts[0])):
            return
        for phrase in product(*parts):
            if phrase in self.bearers:
                yield phrase
