"""Names as tuples of word numbers, and the places that bear them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from db.places.place import Place

Phrase = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bearer:
    """A place with this name. `old` marks a name it bore before, or one that others gave it."""

    place: Place
    old: bool


@dataclass(slots=True)
class Book:
    """Phrases of one kind: who bears them, and the phrases that begin and end with a word."""

    bearers: dict[Phrase, list[Bearer]] = field(default_factory=dict)
    after: defaultdict[int, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    before: defaultdict[int, list[Phrase]] = field(default_factory=lambda: defaultdict(list))

    def add(self, phrase: Phrase, bearer: Bearer) -> None:
        """Enters a name."""
        known = self.bearers.get(phrase)
        if known is None:
            self.bearers[phrase] = [bearer]
            if len(phrase) > 1:
                self.after[phrase[0]].append(phrase)
                self.before[phrase[-1]].append(phrase)
        elif all(other.place is not bearer.place for other in known):
            known.append(bearer)

    def phrases(self, parts: Sequence[tuple[int, ...]]) -> Iterator[Phrase]:
        """Phrases that words in a row, each of which may be several, make up."""
        if not all(parts) or (len(parts) > 1 and not any(number in self.after for number in parts[0])):
            return
        for phrase in product(*parts):
            if phrase in self.bearers:
                yield phrase
