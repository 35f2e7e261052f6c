"""Every name of the gazetteer under every form it may be typed in; made once from a `Places`.

Three books, because one adjective is many things: in "Шевченківський район" it is a district (or a raion), in
"Київська область" a region, and "Хмельницький" alone is a city. `forms` leads from the sound of any case form of a
word to the numbers under which the books know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import log10

from db.places.place import Place
from db.places.places import Places
from flows.understand.places import everyday as say
from flows.understand.places.book import Bearer, Book
from flows.understand.places.declension import forms
from flows.understand.places.folding import sound, spelled, spoken

MOST_WORDS = 4  # of a name
VILLAGE = 3_000  # people: below it an old or foreign name is known only as it stands
TOWN, CITY = 10_000, 30_000  # people: mistyped in any case; likely even with two wrong letters
EVERYBODY = 6.5  # log10 of the people of a place nobody could be likelier from

_ADJECTIVE = re.compile(r"(?:ий|ый|[сд]ской|ская|ська|цька)\Z")
_LATIN = re.compile(r"[a-z]")

Shelf = tuple[str, int]  # how well known: "city", "town" or "village"; how many letters


class Lexicon:
    """The books, the words and their forms."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.names, self.regions, self.districts = Book(), Book(), Book()
        self.forms: dict[str, tuple[int, ...]] = {}
        self.words: list[str] = []  # by number: the sound of the nominative
        self._numbers: dict[tuple[str, bool], int] = {}
        self.cities: dict[str, int] = {}  # letters of a city's name to the number of the word
        self._people: list[int] = []  # by number: of the largest place that the word alone names
        for place in places:
            self._enter(place)
        self._numbers.clear()
        self.shelves = self._shelved()
        say.known()  # so that the first search need not make it

    def numbers(self, heard: Iterable[str]) -> tuple[int, ...]:
        """The words that sound like one of these, each once."""
        found: dict[int, None] = {}
        for each in heard:
            for number in self.forms.get(each, ()):
                found[number] = None
        return tuple(found)

    def people(self, number: int) -> int:
        """Of the largest place that the word alone names; an old name counts as a town at most,
        a part of a city as a village."""
        return self._people[number]

    # --- how it is made --------------------------------------------------------------------------------------

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
            words = [word for word in words if word not in say.REGION_WORDS and word not in say.DISTRICT_WORDS]
        if words and len(words[0]) > 1:
            self._name(book, words, Bearer(place, old))

    def _book(self, place: Place, words: list[str]) -> Book:
        if place.kind == "oblast":
            marked = not say.REGION_WORDS.isdisjoint(words) or _ADJECTIVE.search(words[-1])
            return self.regions if marked else self.names
        if not say.DISTRICT_WORDS.isdisjoint(words):
            return self.districts
        if place.kind == "district" and _ADJECTIVE.search(words[-1]):
            return self.districts
        return self.names

    def _name(self, book: Book, words: list[str], bearer: Bearer) -> None:
        place = bearer.place
        declined = not bearer.old or place.population >= VILLAGE or place.kind != "settlement"
        phrase = tuple([self._number(word, declined) for word in words])
        book.add(phrase, bearer)
        if book is not self.names:
            return
        if len(phrase) == 1:
            if place.population >= CITY and not bearer.old:
                self.cities[words[0]] = phrase[0]
            people = place.population if place.kind == "settlement" else VILLAGE
            self._people[phrase[0]] = max(self._people[phrase[0]], min(people, TOWN) if bearer.old else people)
        elif not _LATIN.match(words[0]):
            joined = self._number("".join(words), declined)  # "білацерква", "івано-франківськ" typed as one word
            book.add((joined,), bearer)

    def _number(self, word: str, declined: bool) -> int:
        known = self._numbers.get((word, declined))
        if known is not None:
            return known
        latin = _LATIN.match(word) is not None
        heard = spoken(word) if latin else sound(word)
        number = self._same(heard) if latin else None
        if number is None:
            number = len(self.words)
            self.words.append(heard)
            self._people.append(0)
            self._keep(forms(word, heard) if declined and not latin else (heard,), number)
        self._numbers[word, declined] = number
        return number

    def _same(self, heard: str) -> int | None:
        """The Cyrillic word that a Latin one is."""
        return next((number for number in self.forms.get(heard, ()) if self.words[number] == heard), None)

    def _keep(self, found: Iterable[str], number: int) -> None:
        known, alone = self.forms, (number,)
        for form in found:
            others = known.get(form)
            known[form] = alone if others is None else (*others, number)

    def _shelved(self) -> dict[Shelf, list[str]]:
        """Where a mistyped word is looked for: every name as it stands, and every form of a town's name."""
        found: dict[Shelf, list[str]] = {}
        counts, words = self._people, self.words
        for form, numbers in self.forms.items():
            people = counts[numbers[0]] if len(numbers) == 1 else max([counts[number] for number in numbers])
            if people >= CITY:
                found.setdefault(("city", len(form)), []).append(form)
            elif people >= TOWN:
                found.setdefault(("town", len(form)), []).append(form)
            elif form == words[numbers[0]] or form in [words[number] for number in numbers[1:]]:
                found.setdefault(("village", len(form)), []).append(form)
        return found


def weight(place: Place, places: Places) -> float:
    """How likely anybody writes from there, 0 to 1: grows with the logarithm of the people."""
    if place.kind == "oblast":
        return 0.9
    people = place.population
    if place.kind == "district":
        city = places.get(place.city_id)
        people = (city.population if city else 0) // 10
    return min(1.0, log10(people + 10) / EVERYBODY)
