"""Every name of the gazetteer under every form it may be typed in; made once from a `Places`.

Three books, because one adjective is many things: in "Шевченківський район" it is a district (or a raion), in
"Київська область" a region, and "Хмельницький" alone is a city. `forms` leads from the sound of any case form of a
word to the numbers under which the books know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log10

from db.places.place import Place
from db.places.places import Places
from db.places.register import Register
from flows.understand.places import everyday as say
from flows.understand.places.book import Bearer, Book
from flows.understand.places.declension import all_forms
from flows.understand.places.folding import all_sounds, all_spelled, all_spoken

MOST_WORDS = 4  # of a name
VILLAGE = 3_000  # people: below it an old or foreign name is known only as it stands
TOWN, CITY = 10_000, 30_000  # people: mistyped in any case; likely even with two wrong letters
EVERYBODY = 6.5  # log10 of the people of a place nobody could be likelier from

_ADJECTIVE = re.compile(r"(?:ий|ый|[сд]ской|ская|ська|цька)\Z")
_LATIN = re.compile(r"[a-z]")

_Entry = tuple[Book, list[str], bool, Bearer]
_Word = tuple[str, bool]  # its letters, whether it is declined
Shelf = tuple[str, int, str]  # how well known: "city", "town" or "village"; how many letters; the first, or any
ANY = ""


class Lexicon:
    """The books, the words and their forms."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.names, self.regions, self.districts = Book(), Book(), Book()
        self.words: list[str] = []  # by number: the sound of the nominative
        self.cities: dict[str, int] = {}  # letters of a city's name to the number of the word
        self._people: list[int] = []  # by number: of the largest place that the word alone names
        declined = self._read(places)
        towns = _Towns()
        self.forms = Register(self._forms(declined, towns))
        self.shelves = towns.shelved(self.words)
        say.known()  # so that the first search need not make it

    def numbers(self, heard: Iterable[str]) -> tuple[int, ...]:
        """The words that sound like one of these, each once."""
        found: dict[int, None] = {}
        for each in heard:
            for number in self.forms.numbers(each):
                found[number] = None
        return tuple(found)

    def people(self, number: int) -> int:
        """Of the largest place that the word alone names; an old name counts as a town at most,
        a part of a city as a village."""
        return self._people[number]

    # --- how it is made --------------------------------------------------------------------------------------

    def _read(self, places: Places) -> list[str]:
        """Fills the books; by number, every Cyrillic word, or nothing in its place when it is not declined."""
        names = {name: None for place in places for name in (place.name_uk, place.name_en, *place.aliases)}
        spelled = dict(zip(names, all_spelled([*names]), strict=True))
        entries = [entry for place in places for entry in self._entries(place, spelled)]
        numbers, declined = self._numbered(entries)
        self._enter(entries, numbers)
        return declined

    def _entries(self, place: Place, spelled: Mapping[str, list[str]]) -> Iterator[_Entry]:
        """Every name of a place: the book it goes to, its words, whether they are declined, and who bears it."""
        if place.kind == "oblast" and place.name_uk.startswith("м. "):
            return  # "Київ" is the city
        today = 1 if place.kind == "settlement" else 2  # a settlement's English name has the Ukrainian one's sound
        for at, name in enumerate((place.name_uk, place.name_en, *place.aliases)):
            words = spelled[name] if at != 1 or today > 1 else []
            if not words or len(words) > MOST_WORDS:
                continue
            book = self._book(place, words) if place.kind != "settlement" or len(words) > 1 else self.names
            if book is not self.names:
                words = [word for word in words if word not in say.REGION_WORDS and word not in say.DISTRICT_WORDS]
            if words and len(words[0]) > 1:
                old = at > 1
                declined = not old or place.population >= VILLAGE or place.kind != "settlement"
                yield book, words, declined, Bearer(place, old)

    def _book(self, place: Place, words: list[str]) -> Book:
        if place.kind == "oblast":
            marked = not say.REGION_WORDS.isdisjoint(words) or _ADJECTIVE.search(words[-1])
            return self.regions if marked else self.names
        if not say.DISTRICT_WORDS.isdisjoint(words):
            return self.districts
        if place.kind == "district" and _ADJECTIVE.search(words[-1]):
            return self.districts
        return self.names

    def _numbered(self, entries: Iterable[_Entry]) -> tuple[dict[_Word, int], list[str]]:
        """A number for every word, once as declined and once as it stands; and what `_read` gives."""
        cyrillic: dict[_Word, int] = {}
        latin: dict[_Word, int] = {}
        for book, words, declined, _ in entries:
            shelf = latin if _LATIN.match(words[0]) else cyrillic
            for word in words:
                shelf.setdefault((word, declined), len(shelf))
            if len(words) > 1 and book is self.names and shelf is cyrillic:
                shelf.setdefault(("".join(words), declined), len(shelf))
        self.words = all_sounds([word for word, _ in cyrillic])
        typed = [word if declined else "" for word, declined in cyrillic]
        by_sound = {heard: number for number, heard in reversed(list(enumerate(self.words)))}
        said = all_spoken([word for word, _ in latin])
        for each, heard in zip(latin, said, strict=True):  # the Cyrillic word it sounds like, if there is one
            number = cyrillic[each] = by_sound.setdefault(heard, len(self.words))
            if number == len(self.words):
                self.words.append(heard)
        self._people = [0] * len(self.words)
        return cyrillic, typed

    def _forms(self, declined: Sequence[str], towns: _Towns) -> Iterator[tuple[list[str], int]]:
        """The sounds of all forms of every word and the word's number."""
        # Nor is any word of Latin letters; for an empty word the rules have nothing.
        typed = [*declined, *[""] * (len(self.words) - len(declined))]
        for number, found in enumerate(all_forms(typed, self.words)):
            towns.add(found, self._people[number])
            yield found, number

    def _enter(self, entries: Iterable[_Entry], numbers: dict[_Word, int]) -> None:
        for book, words, declined, bearer in entries:
            phrase = tuple([numbers[word, declined] for word in words])
            book.add(phrase, bearer)
            if book is not self.names:
                continue
            if len(phrase) == 1:
                self._count(words[0], phrase[0], bearer)
            elif joined := numbers.get(("".join(words), declined)):
                book.add((joined,), bearer)  # "білацерква", "івано-франківськ" typed as one word

    def _count(self, word: str, number: int, bearer: Bearer) -> None:
        place = bearer.place
        people = place.population if place.kind == "settlement" else VILLAGE
        if people >= CITY and not bearer.old:
            self.cities[word] = number
        self._people[number] = max(self._people[number], min(people, TOWN) if bearer.old else people)


class _Towns:
    """Where a mistyped word is looked for: every form of a town's name, and every other name as it stands."""

    def __init__(self) -> None:
        self._cities: dict[str, None] = {}
        self._towns: dict[str, None] = {}

    def add(self, found: Iterable[str], people: int) -> None:
        """The forms of a word, and how many live in the largest place it names."""
        if people >= TOWN:
            (self._cities if people >= CITY else self._towns).update(dict.fromkeys(found))

    def shelved(self, words: Iterable[str]) -> dict[Shelf, list[str]]:
        """The shelves, each form on that of its first letter and on that of any."""
        known: set[str] = set()
        found: dict[Shelf, list[str]] = {}
        for size, forms in (("city", self._cities), ("town", self._towns), ("village", words)):
            for form in forms:
                if form not in known:
                    known.add(form)
                    for first in (form[:1], ANY):
                        found.setdefault((size, len(form), first), []).append(form)
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
