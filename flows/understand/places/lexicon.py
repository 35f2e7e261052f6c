"""Every name of the gazetteer under every form it may be typed in; made once from a `Places`.

Three books, because one adjective is many things: in "Шевченківський район" it is a district (or a raion), in
"Київська область" a region, and "Хмельницький" alone is a city. The books hold *phrases*, tuples of word numbers;
`forms` leads from the sound of any case form of a word to its numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from math import log10

from db.places.place import Place
from db.places.places import Places
from flows.understand.places import everyday as say
from flows.understand.places.declension import forms
from flows.understand.places.folding import sound, spelled, spoken

REGION_WORDS = frozenset(
    "обл область області областю областей областi области областью облась обл-ть oblast region province oblasti"
    " oblasť obl област".split()
)
DISTRICT_WORDS = frozenset(
    "район району районі районом района районе рн р-н district raion rayon rajon raioni дистрикт районы".split()
)
_ADJECTIVE = re.compile(r"(?:ий|ый|[оcс]кой|дской|ская|ська|цька)\Z")
_LATIN = re.compile(r"[a-z]")

MOST_WORDS = 4  # of a name
VILLAGE = 3_000  # people: below it an old or foreign name is known only as it stands
TOWN, CITY = 10_000, 30_000  # people: mistyped in any case; likely even with two wrong letters

Phrase = tuple[int, ...]
Shelf = tuple[str, int]  # how well known: "city", "town" or "village"; how long


@dataclass(frozen=True, slots=True)
class Bearer:
    """A place with this name. `old` marks a name it bore before, or one that others gave it."""

    place: Place
    old: bool


@dataclass(slots=True)
class Book:
    """Phrases of one kind and who bears them."""

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


class Lexicon:
    """The books, the words and their forms."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.names, self.regions, self.districts = Book(), Book(), Book()
        self.forms: dict[str, tuple[int, ...]] = {}
        self.words: list[str] = []  # by number: the sound of the nominative
        self._numbers: dict[tuple[str, bool], int] = {}
        self._people: list[int] = []  # by number: of the largest place that the word alone names
        for place in places:
            self._enter(place)
        self._numbers.clear()
        say.everyday(), say.persons(), say.known()
        self.shelves = self._shelved()

    def numbers(self, heard: Iterable[str]) -> tuple[int, ...]:
        """The words that sound like one of these, each once."""
        found: dict[int, None] = {}
        for each in heard:
            for number in self.forms.get(each, ()):
                found[number] = None
        return tuple(found)

    def people(self, number: int) -> int:
        """Of the largest place that the word alone names; a part of a city counts as a town."""
        return self._people[number]

    def _shelved(self) -> dict[Shelf, list[str]]:
        """Where a mistyped word is looked for: every name as it stands, and every form of a town's name."""
        found: dict[Shelf, list[str]] = {}
        for form, numbers in self.forms.items():
            people = max([self._people[number] for number in numbers])
            if people >= CITY:
                found.setdefault(("city", len(form)), []).append(form)
            elif people >= TOWN:
                found.setdefault(("town", len(form)), []).append(form)
            elif form in [self.words[number] for number in numbers]:
                found.setdefault(("village", len(form)), []).append(form)
        return found

    def phrases(self, book: Book, parts: list[tuple[int, ...]]) -> Iterator[Phrase]:
        """Phrases of a book that these words in a row may be."""
        for phrase in product(*parts):
            if phrase in book.bearers:
                yield phrase

    def _enter(self, place: Place) -> None:
        if place.kind == "oblast" and place.name_uk.startswith("м. "):
            return  # "Київ" is the city
        self._call(place, place.name_uk, old=False)
        if place.kind != "settlement":  # whose English name has the sound of the Ukrainian one
            self._call(place, place.name_en, old=False)
        for name in place.aliases:
            self._call(place, name, old=True)

    def _call(self, place: Place, name: str, *, old: bool) -> None:
        words = spelled(name)
        if not words or len(words) > MOST_WORDS:
            return
        book = self.names
        if place.kind != "settlement" or len(words) > 1:
            book = self._book(place, words)
        if book is not self.names:
            words = [word for word in words if word not in REGION_WORDS and word not in DISTRICT_WORDS]
        if words and len(words[0]) > 1:
            self._name(book, words, Bearer(place, old))

    def _book(self, place: Place, words: list[str]) -> Book:
        if place.kind == "oblast":
            marked = not REGION_WORDS.isdisjoint(words) or _ADJECTIVE.search(words[-1])
            return self.regions if marked else self.names
        if not DISTRICT_WORDS.isdisjoint(words):
            return self.districts
        if place.kind == "district" and _ADJECTIVE.search(words[-1]):
            return self.districts
        return self.names

    def _name(self, book: Book, words: list[str], bearer: Bearer) -> None:
        place = bearer.place
        declined = not bearer.old or place.population >= VILLAGE or place.kind != "settlement"
        phrase = tuple([self._number(word, declined) for word in words])
        book.add(phrase, bearer)
        if len(phrase) == 1 and book is self.names:
            people = place.population if place.kind == "settlement" else TOWN
            if bearer.old:
                people = min(people, TOWN)
            self._people[phrase[0]] = max(self._people[phrase[0]], people)
        if len(words) > 1 and book is self.names and not _LATIN.match(words[0]):
            joined = self._number("".join(words), declined)  # "білацерква", "івано-франківськ" typed as one word
            book.add((joined,), bearer)

    def _number(self, word: str, declined: bool) -> int:
        known = self._numbers.get((word, declined))
        if known is not None:
            return known
        latin = _LATIN.match(word) is not None
        heard = spoken(word) if latin else sound(word)
        if latin and heard in self.forms:
            for number in self.forms[heard]:
                if self.words[number] == heard:
                    self._numbers[word, declined] = number
                    return number
        number = len(self.words)
        self.words.append(heard)
        self._people.append(0)
        self._numbers[word, declined] = number
        alone = (number,)
        for form in forms(word) if declined and not latin else (heard,):
            others = self.forms.get(form)
            self.forms[form] = alone if others is None else (*others, number)
        return number


def weight(place: Place, places: Places) -> float:
    """How likely anybody writes from there, 0 to 1: grows with the logarithm of the people."""
    if place.kind == "oblast":
        return 0.9
    people = place.population
    if place.kind == "district":
        city = places.get(place.city_id)
        people = (city.population if city else 0) // 10
    return min(1.0, log10(people + 10) / 6.5)
