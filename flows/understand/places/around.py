"""What stands around a mention: is it asked for as a place, may it be a name at all.

A word that is also a name ("Мирне", "Бар", "Надія") needs a preposition, an address word, a capital inside a
sentence, or to stand alone; a rare village needs one of these; a city does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.places.places import Places
from flows.understand.places import everyday as say
from flows.understand.places.folding import spelled
from flows.understand.places.making import TOWN, VILLAGE
from flows.understand.places.mentions import Mention
from flows.understand.places.tokens import Token

LARGE = 100_000  # people: known to everybody
SHORT = 4  # words of a text that may be a name and a remark
SHORT_NAME = 4  # letters of a name that in a sentence needs more than to be known
BACK = 4  # words before a mention that may say "we live"

_ADDRESS = say.TOWN_WORDS | say.QUARTER_WORDS
_LIKE_MYRNE = ("не", "ве", "ке", "ле", "те", "ого", "ому")  # an adjective's neuter: a settlement sooner than a thing
_FIRST_CYRILLIC = "\u0400"
_TOWN_AFTER = frozenset(("місто", "город", "city", "село", "town", "village", "смт"))
_SELF = frozenset(("я", "ми", "мы", "i", "am", "are", "ja"))
_LETTERS = frozenset("мгсхm")
_LEADING = _ADDRESS | say.DISTRICT_WORDS | say.REGION_WORDS | {"самому", "самом", "самій", "центрі", "центре", "the"}
_IDLE = say.FILLERS | say.PREPOSITIONS | _LEADING | say.STREET_WORDS


class Surroundings:
    """One text with its mentions."""

    def __init__(self, row: Sequence[Token], mentions: Sequence[Mention], places: Places) -> None:
        self.row, self.places = row, places
        told = {at for mention in mentions for at in range(mention.start, mention.end)}
        self.mentions = mentions
        self.untold = [
            at for at, token in enumerate(row) if not (at in told or token.text in _IDLE or token.text.isdigit())
        ]

    def preposition(self, mention: Mention) -> str:
        """The preposition that leads to the mention over "місті", "селі", "районі"; empty when there is none."""
        at = mention.start - 1
        while at >= max(0, mention.start - 3) and self._leads(at):
            at -= 1
        before = self.row[at].text if at >= 0 else ""
        return before if before in say.PREPOSITIONS else ""

    def _leads(self, at: int) -> bool:
        """Whether the word is "місті" or "с.", and not "с Покровска"."""
        return self.row[at].text in _LEADING and (self.row[at].dotted or self.row[at].text not in ("с", "s"))

    def is_addressed(self, mention: Mention) -> bool:
        """Whether "м.", "село" or "район" stands before it."""
        before = self.row[mention.start - 1] if mention.start else None
        if before is None or before.text not in _ADDRESS | say.DISTRICT_WORDS:
            return False
        return before.text not in _LETTERS or before.dotted or (mention.start == 1 and not self.untold)

    def is_called_village(self, mention: Mention) -> bool:
        """Whether "с." or "село" stands before it."""
        before = self.row[mention.start - 1] if mention.start else None
        return bool(before and before.text in say.VILLAGE_WORDS and (before.dotted or before.text not in _LETTERS))

    def is_called_town(self, mention: Mention) -> bool:
        """Whether "місто" or "city" stands after a name that is no adjective to it: "Житомир город"."""
        after = self.row[mention.end].text if mention.end < len(self.row) else ""
        word = self.row[mention.start]
        named = self.is_capital(mention) or (word.capital and word.text[0] < _FIRST_CYRILLIC)
        known = self.stands_alone() and self.people(mention) >= LARGE
        return after in _TOWN_AFTER and (named or known or word.sounds[0] not in say.known())

    def is_capital(self, mention: Mention) -> bool:
        """Whether every word has a capital that the beginning of a sentence does not explain."""
        words = self.row[mention.start : mention.end]
        return all(word.capital for word in words) and not (words[0].first and len(words) == 1)

    def stands_alone(self) -> bool:
        """Whether the text is nothing but names and the words that lead to them."""
        return not self.untold

    def is_talk(self) -> bool:
        """Whether some word that was read as a name is more likely an everyday word."""
        return any(
            mention.end - mention.start == 1 and self.row[mention.start].sounds[0] in say.everyday() | say.persons()
            for mention in self.mentions
        )

    def lives_there(self, mention: Mention) -> bool:
        """Whether "живу" or the like leads to it, or follows it at once."""
        near = (*self.row[max(0, mention.start - BACK) : mention.start], *self.row[mention.end : mention.end + 1])
        return any(token.text in say.HOME for token in near)

    def is_spelled(self, mention: Mention, least: int = 0) -> bool:
        """Whether the word has the letters of a name of a place with at least so many people; Latin may differ."""
        typed = self.row[mention.start].text
        if typed[0] < _FIRST_CYRILLIC:
            return True
        found = [place for place_id in mention.fits if (place := self.places.get(place_id))]
        names = [name for one in found if one.population >= least for name in (one.name_uk, *one.aliases)]
        return any("".join(spelled(name)) == typed for name in names)

    def people(self, mention: Mention) -> int:
        """Of the largest place it may be; a city district and a region count as large."""
        found = [place for place_id in mention.fits if (place := self.places.get(place_id))]
        return max((place.population if place.kind == "settlement" else LARGE for place in found), default=0)

    def separates(self, start: int, end: int) -> bool:
        """Whether the words from `start` up to `end` tell two places apart: "з", "до", "зараз", "не", "я"."""
        parting = (say.FROM | say.TO | say.NOW | say.AGAINST | say.OTHERS | _SELF) - say.IN
        return not parting.isdisjoint(token.text for token in self.row[start:end])

    def is_denied(self, mention: Mention) -> bool:
        """Whether "не" stands before it."""
        before = self.row[max(0, mention.start - 2) : mention.start]
        return not say.AGAINST.isdisjoint(token.text for token in before)

    # --- may it be a name ------------------------------------------------------------------------------------

    def believes(self, mention: Mention) -> bool:
        """Whether the mention is to be taken for a place."""
        if self.is_addressed(mention) or self.is_called_town(mention):
            return True
        if not mention.marked:
            return self.stands_alone()
        heard = [self.row[at].sounds[0] for at in range(mention.start, mention.end)]
        if len(heard) > 1:
            return self._believes_words(mention, heard)
        return self._believes_word(mention, heard[0])

    def _believes_word(self, mention: Mention, heard: str) -> bool:
        if heard in say.lofty():
            return False
        if heard in say.alone():
            return self.stands_alone() or self.lives_there(mention)
        if heard in say.persons():
            return self._believes_person(mention, heard)
        if heard in say.everyday():
            return self._believes_everyday(mention, heard)
        return self._believes_name(mention, heard)

    def _believes_words(self, mention: Mention, heard: list[str]) -> bool:
        if not all(word in say.everyday() for word in heard):
            return True
        if self.people(mention) >= TOWN:
            return True
        if any(word in say.lofty() for word in heard):
            told = bool(self.preposition(mention)), self.stands_alone(), self.is_capital(mention)
            return sum(told) > 1 or (self.stands_alone() and self.people(mention) >= VILLAGE)
        return self.is_capital(mention) or self.stands_alone() or bool(self.preposition(mention))

    def _believes_person(self, mention: Mention, heard: str) -> bool:
        if self.people(mention) < TOWN:
            return False
        if mention.plain:
            return self.stands_alone() and self.is_spelled(mention, TOWN)
        preposition = self.preposition(mention)
        there = heard[-1] in "іе" or (heard[-1] == "у" and self.is_capital(mention))
        return (preposition in say.IN and there) or (preposition in say.FROM | say.TO and heard[-1] == "а")

    def _believes_everyday(self, mention: Mention, heard: str) -> bool:
        if mention.end < len(self.row) and self.row[mention.end].text in say.TOWN_WORDS:
            return False  # "у великому місті"
        if self.stands_alone():
            likely = heard.endswith(_LIKE_MYRNE) or self.row[mention.start].capital
            if self.preposition(mention):
                return likely or self.people(mention) >= TOWN
            if mention.start and self.row[mention.start - 1].text in _SELF:
                return False  # "я українка"
            return (likely or self.people(mention) >= VILLAGE) and self.is_spelled(mention)
        if not self.preposition(mention):
            return (self.is_capital(mention) or self._heads(mention)) and self.people(mention) >= LARGE
        return self.is_capital(mention) or self.lives_there(mention) or self.people(mention) >= LARGE

    def _believes_name(self, mention: Mention, heard: str) -> bool:
        if self.stands_alone() or self.preposition(mention) or self.is_capital(mention):
            return True
        if len(self.row) <= SHORT and self.row[mention.start].capital and mention.plain:
            return self.people(mention) >= VILLAGE
        if self.people(mention) >= VILLAGE and self._heads(mention):
            return True
        return self.people(mention) >= (TOWN if len(heard) > SHORT_NAME else LARGE)

    def _heads(self, mention: Mention) -> bool:
        """Whether a text begins with the name and a remark follows it: "чоп, біля вокзалу"."""
        remark = self.row[mention.end : mention.end + 1]
        return mention.start == 0 and mention.plain and bool(remark) and remark[0].apart
