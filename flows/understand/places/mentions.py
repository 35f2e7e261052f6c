"""Where in a text the gazetteer's names stand: phrases of exact sound, the longest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.understand.places import everyday as say
from flows.understand.places.guess import is_near
from flows.understand.places.lexicon import DISTRICT_WORDS, REGION_WORDS, Book, Lexicon, Phrase
from flows.understand.places.tokens import Token

# How well the words fit: today's name as it stands, a case form of it, an old or foreign name, a guess.
AS_NAMED, IN_A_CASE, FORMERLY, PER_SLIP = 1.0, 0.97, 0.92, 0.12
FOR_NO_REASON = 0.86  # a case form where nothing asks for a case
BARE_ADJECTIVE = 0.8  # "на Відрадному": a district by its adjective, with nothing that says it is one


_ASKING = say.PREPOSITIONS | say.TOWN_WORDS


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
    """Finds the mentions in one text."""

    def __init__(self, lexicon: Lexicon, row: Sequence[Token]) -> None:
        self.lexicon, self.row = lexicon, row
        self.numbers = [lexicon.numbers(token.sounds) for token in row]

    def read(self) -> list[Mention]:
        """From left to right, none overlapping another."""
        found, at = [], 0
        while at < len(self.row):
            mention = self._at(at)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.end
        return found

    def _at(self, at: int) -> Mention | None:
        if self._is_street(at) or (self.row[at].text in say.TOWN_WORDS and len(self.row) > 1):
            return None
        return (
            self._marked(at, self.lexicon.regions, REGION_WORDS)
            or self._marked(at, self.lexicon.districts, DISTRICT_WORDS)
            or self._phrase(at)
            or self._shortened(at)
            or self._mistyped(at)
            or (None if self._is_idle(at) else self._single(at))
        )

    # --- adjectives that a word beside them explains ---------------------------------------------------------

    def _marked(self, at: int, book: Book, marks: frozenset[str]) -> Mention | None:
        """ "Полтавська обл.", "обл. Полтавська", "Kharkiv region", "Соборний р-н"."""
        first = at + 1 if self.row[at].text in marks else at
        for length in (3, 2, 1):
            end = first + length
            if end > len(self.row):
                continue
            closed = first > at or (end < len(self.row) and self.row[end].text in marks)
            if not closed or not (fits := self._fits(book, first, end)):
                continue
            return Mention(at, end if first > at else end + 1, fits, plain=True)
        return None

    # --- names -----------------------------------------------------------------------------------------------

    def _phrase(self, at: int) -> Mention | None:
        for length in (4, 3, 2):
            end = at + length
            if end > len(self.row) or any(self.row[each].apart for each in range(at + 1, end)):
                continue
            if fits := self._fits(self.lexicon.names, at, end):
                return Mention(at, end, fits, plain=max(fits.values()) in (AS_NAMED, FORMERLY))
        return None

    def _shortened(self, at: int) -> Mention | None:
        """ "Б. Церква", "К-Подільський", "Кр. Ріг", "кам-под": a name whose words are cut short."""
        token, end = self.row[at], at + 2
        if end > len(self.row) or self.row[at + 1].apart and not token.dotted or len(token.text) > 5:
            return None
        joined = token.dotted or token.hyphened
        if token.text in say.PREPOSITIONS and not joined:
            return None
        if not joined and (token.capital is False or len(token.text) > 3) or token.text in say.TOWN_WORDS:
            return None
        fits: dict[int, float] = {}
        book = self.lexicon.names
        for number in self.numbers[at + 1]:
            for phrase in book.before.get(number, ()):
                if len(phrase) == 2 and self._begins(phrase[0], token):
                    self._take(book, phrase, IN_A_CASE, fits)
        if not fits and joined and len(token.text) > 2:
            fits = self._both_cut(token, self.row[at + 1])
        return Mention(at, end, fits, plain=True) if fits else None

    def _both_cut(self, token: Token, other: Token) -> dict[int, float]:
        fits: dict[int, float] = {}
        if 3 <= len(other.text) <= 5:
            for phrase in self.lexicon.names.bearers:
                if len(phrase) == 2 and self._begins(phrase[0], token) and self._begins(phrase[1], other):
                    self._take(self.lexicon.names, phrase, FORMERLY, fits)
        return fits

    def _begins(self, number: int, token: Token) -> bool:
        return any(self.lexicon.words[number].startswith(heard) for heard in token.sounds)

    def _mistyped(self, at: int) -> Mention | None:
        """A name of two words of which one has a wrong letter: "Біла Цирква", "Івано Франкіськ"."""
        end, book = at + 2, self.lexicon.names
        if end > len(self.row) or self.row[at + 1].apart or self.row[at].text in say.PREPOSITIONS:
            return None
        fits: dict[int, float] = {}
        for sure, other, phrases in ((0, 1, book.after), (1, 0, book.before)):
            for number in self.numbers[at + sure]:
                for phrase in phrases.get(number, ()):
                    if len(phrase) == 2 and self._nearly(phrase[other], self.row[at + other]):
                        self._take(book, phrase, 1 - PER_SLIP, fits)
        return Mention(at, end, fits, plain=True, guessed=True) if fits else None

    def _nearly(self, number: int, token: Token) -> bool:
        word = self.lexicon.words[number]
        return token.text not in say.NEVER and any(is_near(heard, word) for heard in token.sounds)

    def _single(self, at: int) -> Mention | None:
        """One word: a name, or an adjective of a region or a district that nothing explains yet."""
        regions = self._fits(self.lexicon.regions, at, at + 1)
        names = self._fits(self.lexicon.names, at, at + 1)
        asked = at > 0 and self.row[at - 1].text in _ASKING
        best = max(names.values(), default=0.0)
        if regions and (not names or (best < AS_NAMED and not asked and self._is_feminine(at))):
            return Mention(at, at + 1, regions, marked=False, plain=True)
        plain = best in (AS_NAMED, FORMERLY)
        districts = self._bare_districts(at)
        if names:
            return Mention(at, at + 1, districts | names, plain=plain)
        if districts:
            return Mention(at, at + 1, districts, marked=False, plain=True)
        return self._split(at)

    def _is_feminine(self, at: int) -> bool:
        """Whether the word agrees with "область": "Донецька" rather than "з Донецька"."""
        return self.row[at].sounds[0].endswith(("ска", "скаіа", "зка", "цка"))

    def _bare_districts(self, at: int) -> dict[int, float]:
        places, found = self.lexicon.places, self._fits(self.lexicon.districts, at, at + 1)
        return {
            number: fit * BARE_ADJECTIVE
            for number, fit in found.items()
            if (place := places.get(number)) and place.kind == "district"
        }

    def _split(self, at: int) -> Mention | None:
        """A name torn in two: "П ятихатки", "Ново Миколаївка"."""
        if at + 1 >= len(self.row) or self.row[at + 1].apart or self.row[at + 1].text in say.FILLERS:
            return None
        token, other = self.row[at], self.row[at + 1]
        if token.text in say.PREPOSITIONS or len(other.text) < 3 or len(token.text) + len(other.text) < 7:
            return None
        fits: dict[int, float] = {}
        for number in self.lexicon.numbers([token.sounds[0] + other.sounds[0]]):
            self._take(self.lexicon.names, (number,), IN_A_CASE, fits)
        return Mention(at, at + 2, fits, plain=True) if fits else None

    # --- what the words may mean -----------------------------------------------------------------------------

    def _fits(self, book: Book, start: int, end: int) -> dict[int, float]:
        parts = self.numbers[start:end]
        fits: dict[int, float] = {}
        if not all(parts) or (len(parts) > 1 and not any(number in book.after for number in parts[0])):
            return fits
        heard = [token.sounds for token in self.row[start:end]]
        in_a_case = IN_A_CASE if start and self.row[start - 1].text in _ASKING else FOR_NO_REASON
        for phrase in self.lexicon.phrases(book, list(parts)):
            plain = all(self.lexicon.words[number] in said for number, said in zip(phrase, heard, strict=True))
            self._take(book, phrase, AS_NAMED if plain else in_a_case, fits)
        return fits

    def take(self, phrase: Phrase, fit: float, fits: dict[int, float]) -> None:
        """Adds the settlements and districts of this name to `fits`."""
        self._take(self.lexicon.names, phrase, fit, fits)

    def _take(self, book: Book, phrase: Phrase, fit: float, fits: dict[int, float]) -> None:
        for bearer in book.bearers.get(phrase, ()):
            worth = fit * FORMERLY if bearer.old else fit
            if worth > fits.get(bearer.place.id, 0.0):
                fits[bearer.place.id] = worth

    def _is_idle(self, at: int) -> bool:
        """Whether the word is too common to name a place by itself; after "с." or "село" none is."""
        word, before = self.row[at].text, self.row[at - 1] if at else None
        if before and before.text in say.TOWN_WORDS and (before.dotted or len(before.text) > 1):
            return False
        return word in say.NEVER or (word in say.FILLERS and len(self.row) > 1)

    def _is_street(self, at: int) -> bool:
        """Whether the word names a street: "вул. Київська", "Харківське шосе"."""
        before = self.row[at - 1].text if at else ""
        after = self.row[at + 1].text if at + 1 < len(self.row) else ""
        return before in say.STREET_WORDS or after in ("шосе", "шоссе", "площа", "вулиця", "проспект", "узвіз", "street")
