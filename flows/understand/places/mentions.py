"""Where in a text the gazetteer's names stand: phrases of exact sound, the longest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.understand.places import everyday as say
from flows.understand.places.book import Book, Phrase
from flows.understand.places.lexicon import Lexicon
from flows.understand.places.making import MOST_WORDS
from flows.understand.places.tokens import Token

# How well the words fit: today's name as it stands; a case form of it where one is expected, and where not; an old or
# foreign name; a district by its adjective alone.
AS_NAMED, IN_A_CASE, FOR_NO_REASON, FORMERLY, BARE_ADJECTIVE = 1.0, 0.97, 0.86, 0.92, 0.8
PATIENCE = 1  # looks through all names, in one text
_FEMININE = ("ска", "скаіа", "зка", "цка")  # agrees with "область": "Донецька" rather than "з Донецька"
_STREETS_AFTER = frozenset(("шосе", "шоссе", "узвіз"))


@dataclass(slots=True)
class Mention:
    """Words from `start` up to `end` and the places (ids) they may name, each with how well the words fit it.

    marked   a word beside it says what it is ("обл.", "р-н"), or nothing needs to.
    plain    the words stand as the gazetteer has them, not in a case.
    guessed  a wrong letter was forgiven.
    """

    start: int
    end: int
    fits: dict[int, float] = field(default_factory=dict)
    marked: bool = True
    plain: bool = False
    guessed: bool = False


class Reader:
    """Reads the names in one text."""

    def __init__(self, lexicon: Lexicon, row: Sequence[Token]) -> None:
        self.lexicon, self.row = lexicon, row
        self.numbers = [lexicon.numbers(token.sounds) for token in row]
        self.patience = PATIENCE

    def ends(self, at: int) -> bool:
        """Whether no word of the same phrase follows this one."""
        return at + 1 >= len(self.row) or self.row[at + 1].apart

    # --- adjectives that a word beside them explains ---------------------------------------------------------

    def marked(self, at: int, book: Book, marks: frozenset[str]) -> Mention | None:
        """ "Полтавська обл.", "обл. Полтавська", "Kharkiv region", "Соборний р-н"."""
        first = at + 1 if self.row[at].text in marks else at
        for length in (3, 2, 1) if first < len(self.row) and self.numbers[first] else ():
            end = first + length
            if end > len(self.row):
                continue
            closed = first > at or (end < len(self.row) and self.row[end].text in marks)
            if closed and (fits := self._fits(book, first, end)):
                return Mention(at, end if first > at else end + 1, fits, plain=True)
        return None

    # --- names -----------------------------------------------------------------------------------------------

    def phrase(self, at: int) -> Mention | None:
        """A name of several words."""
        if self.lexicon.names.after.keys().isdisjoint(self.numbers[at]):
            return None
        for length in range(MOST_WORDS, 1, -1):
            end = at + length
            if end > len(self.row) or any(self.row[each].apart for each in range(at + 1, end)):
                continue
            if fits := self._fits(self.lexicon.names, at, end):
                return Mention(at, end, fits, plain=max(fits.values()) in (AS_NAMED, FORMERLY))
        return None

    def single(self, at: int) -> Mention | None:
        """One word: a name, or an adjective of a region or a district that nothing explains yet."""
        if not self.numbers[at] or self._is_idle(at):
            return None
        regions = self._fits(self.lexicon.regions, at, at + 1)
        names = self._fits(self.lexicon.names, at, at + 1)
        asked = at > 0 and self.row[at - 1].text in say.ASKING
        best = max(names.values(), default=0.0)
        feminine = self.row[at].sounds[0].endswith(_FEMININE)
        if regions and (not names or (best < AS_NAMED and not asked and feminine)):
            return Mention(at, at + 1, regions, marked=False, plain=True)
        districts = self._bare_districts(at)
        if names:
            return Mention(at, at + 1, districts | names, plain=best in (AS_NAMED, FORMERLY))
        return Mention(at, at + 1, districts, marked=False, plain=True) if districts else None

    def _bare_districts(self, at: int) -> dict[int, float]:
        places, found = self.lexicon.places, self._fits(self.lexicon.districts, at, at + 1)
        return {
            number: fit * BARE_ADJECTIVE
            for number, fit in found.items()
            if (place := places.get(number)) and place.kind == "district"
        }

    # --- what the words may mean -----------------------------------------------------------------------------

    def _fits(self, book: Book, start: int, end: int) -> dict[int, float]:
        fits: dict[int, float] = {}
        in_a_case = IN_A_CASE if start and self.row[start - 1].text in say.ASKING else FOR_NO_REASON
        for phrase in book.phrases(self.numbers[start:end]):
            said = zip(phrase, self.row[start:end], strict=True)
            plain = all(self.lexicon.words[number] in token.sounds for number, token in said)
            self.take(phrase, AS_NAMED if plain else in_a_case, fits, book)
        return fits

    def take(self, phrase: Phrase, fit: float, fits: dict[int, float], book: Book | None = None) -> None:
        """Adds the bearers of a name, of a settlement's or district's unless told otherwise, to `fits`."""
        for bearer in (book or self.lexicon.names).bearers.get(phrase, ()):
            worth = fit if bearer > 0 else fit * FORMERLY
            if worth > fits.get(abs(bearer), 0.0):
                fits[abs(bearer)] = worth

    # --- words that are no names -----------------------------------------------------------------------------

    def _is_idle(self, at: int) -> bool:
        """Whether the word is too common to name a place by itself; after "с." or "село" none is."""
        word, before = self.row[at].text, self.row[at - 1] if at else None
        if word in say.PREPOSITIONS:
            return True
        if before and before.text in say.TOWN_WORDS and (before.dotted or len(before.text) > 1):
            return False
        return word in say.NEVER or (word in say.FILLERS and len(self.row) > 1)

    def says_what_follows(self, at: int) -> bool:
        """Whether the word is "село", "м." or the like and not itself the name: "місто Селище"."""
        if self.row[at].text not in say.TOWN_WORDS or len(self.row) == 1:
            return False
        return not (at and at + 1 == len(self.row) and self.row[at - 1].text in say.TOWN_WORDS)

    def is_street(self, at: int) -> bool:
        """Whether the word names a street: "вул. Київська", "Харківське шосе", "Київська вулиця"."""
        if at and self.row[at - 1].text in say.STREET_WORDS:
            return True
        after = "" if self.ends(at) else self.row[at + 1].text
        return after in _STREETS_AFTER or (after in say.STREET_WORDS and self.row[at].sounds[0].endswith(_FEMININE))
