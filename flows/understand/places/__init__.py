"""From a few typed words to the settlements or city districts they may mean.

`find` is exact first and forgiving second: names in every case and spelling (`folding`, `declension`, `lexicon`),
phrases in a sentence (`tokens`, `mentions`), mistakes (`guess`), then what the words around make of them (`around`,
`choosing`). It raises nothing, keeps nothing, and reads at most four hundred letters, those with which a long text
begins and ends.
"""

from __future__ import annotations

from db.places.places import Places
from flows.understand.places.candidate import Candidate
from flows.understand.places.lexicon import Lexicon
from flows.understand.places.search import search
from flows.understand.places.stored import index_of

__all__ = ["Candidate", "find", "lexicon_of"]


def lexicon_of(places: Places) -> Lexicon:
    """The index of a gazetteer, read or made at the first call and kept as long as the gazetteer."""
    lexicon = places.kept.get(Lexicon)
    if not isinstance(lexicon, Lexicon):
        lexicon = places.kept[Lexicon] = Lexicon(places, index_of(places))
    return lexicon


def find(text: str, places: Places) -> list[Candidate]:
    """The places a text may mean, the likeliest first, at most six; empty when it names none."""
    return search(text, lexicon_of(places))
