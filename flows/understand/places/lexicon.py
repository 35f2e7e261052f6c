"""Every name of the gazetteer under every form it may be typed in: the index that a search asks.

Three books, because one adjective is many things: in "Шевченківський район" it is a district (or a raion), in
"Київська область" a region, and "Хмельницький" alone is a city. `forms` leads from the sound of any case form of a
word to the numbers under which the books know it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from math import log10

from db.places.place import Place
from db.places.places import Places
from flows.understand.places import everyday as say
from flows.understand.places.book import Book
from flows.understand.places.making import Made

EVERYBODY = 6.5  # log10 of the people of a place nobody could be likelier from

Shelf = tuple[str, int, str]  # how well known: "city", "town" or "village"; how many letters; the first


class Lexicon:
    """The books, the words and their forms."""

    def __init__(self, places: Places, made: Made) -> None:
        self.places = places
        self.names, self.regions, self.districts = map(Book, made.books)
        self.words = made.words  # by number: the sound of the nominative
        self.cities = made.cities  # letters of a city's name to the number of the word
        self.forms = made.forms
        self._opening = sorted((self.words[number], number) for number in self.names.after)
        self._people = made.people
        self.shelves = _shelved(made)
        say.known()  # so that the first search need not make it

    def numbers(self, heard: Iterable[str]) -> tuple[int, ...]:
        """The words that sound like one of these, each once."""
        found: dict[int, None] = {}
        for each in heard:
            for number in self.forms.numbers(each):
                found[number] = None
        return tuple(found)

    def opening_with(self, beginnings: Iterable[str]) -> Iterator[int]:
        """The words that begin so, of those with which names of several words open."""
        for beginning in beginnings:
            at = bisect_left(self._opening, (beginning,))
            while at < len(self._opening) and self._opening[at][0].startswith(beginning):
                yield self._opening[at][1]
                at += 1

    def people(self, number: int) -> int:
        """Of the largest place that the word alone names; an old name counts as a town at most,
        a part of a city as a village."""
        return self._people[number]


def _shelved(made: Made) -> dict[Shelf, list[str]]:
    """Where a mistyped word is looked for: every form of a town's name, and every other name as it stands, each on
    the shelf of its first letter."""
    known: set[str] = set()
    found: dict[Shelf, list[str]] = {}
    for size, forms in (("city", made.city_forms), ("town", made.town_forms), ("village", made.words)):
        for form in forms:
            if form not in known:
                known.add(form)
                found.setdefault((size, len(form), form[:1]), []).append(form)
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
