"""How the index of names is made from a gazetteer: what is costly, and so is done once and kept in a file (`stored`).

Names are split into words, words get numbers and are declined; places stand in it by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.places.place import Place
from db.places.places import Places
from db.places.register import Register, lasting
from flows.understand.places import everyday as say
from flows.understand.places.book import Phrase
from flows.understand.places.declension import all_forms
from flows.understand.places.folding import all_sounds, all_spelled, all_spoken

MOST_WORDS = 4  # of a name
VILLAGE = 3_000  # people: below it an old or foreign name is known only as it stands
TOWN, CITY = 10_000, 30_000  # people: mistyped in any case; likely even with two wrong letters
NAMES, REGIONS, DISTRICTS = range(3)  # the books

_ADJECTIVE = re.compile(r"(?:ий|ый|[сд]ской|ская|ська|цька)\Z")
_LATIN = re.compile(r"[a-z]")

_Entry = tuple[int, list[str], bool, Place, bool]
_Word = tuple[str, bool]  # its letters, whether it is declined


@dataclass(frozen=True, slots=True)
class Made:
    """All that a lexicon is filled with; `Lexicon` tells what it is for."""

    words: list[str]
    people: list[int]  # by number: of the largest place that the word alone names
    cities: dict[str, int]
    books: list[dict[Phrase, list[int]]]  # of names, of regions, of districts (see `Book`)
    city_forms: list[str]
    town_forms: list[str]
    forms: Register


def made_of(places: Places) -> Made:
    """The names of a gazetteer, in a quarter of a second."""
    names = {name: None for place in places for name in (place.name_uk, place.name_en, *place.aliases)}
    spelled = dict(zip(names, all_spelled([*names]), strict=True))
    entries = [entry for place in places for entry in _entries(place, spelled)]
    numbers, declined, words = _numbered(entries)
    people, cities = [0] * len(words), dict[str, int]()
    books: list[dict[Phrase, list[int]]] = [{}, {}, {}]
    for entry in entries:
        _enter(entry, numbers, books)
        _count(entry, numbers, people, cities)
    towns: tuple[dict[str, None], dict[str, None]] = ({}, {})
    forms = Register(_forms(declined, words, people, towns), lasting)
    return Made(words, people, cities, books, [*towns[0]], [*towns[1]], forms)


def _entries(place: Place, spelled: Mapping[str, list[str]]) -> Iterator[_Entry]:
    """Every name of a place: the book it goes to, its words, whether they are declined, who bears it, if long ago."""
    if place.kind == "oblast" and place.name_uk.startswith("м. "):
        return  # "Київ" is the city
    today = 1 if place.kind == "settlement" else 2  # a settlement's English name has the Ukrainian one's sound
    for at, name in enumerate((place.name_uk, place.name_en, *place.aliases)):
        words = spelled[name] if at != 1 or today > 1 else []
        if not words or len(words) > MOST_WORDS:
            continue
        book = _book(place, words) if place.kind != "settlement" or len(words) > 1 else NAMES
        if book != NAMES:
            words = [word for word in words if word not in say.REGION_WORDS and word not in say.DISTRICT_WORDS]
        if words and len(words[0]) > 1:
            old = at > 1
            declined = not old or place.population >= VILLAGE or place.kind != "settlement"
            yield book, words, declined, place, old
            if book == DISTRICTS and place.kind == "settlement":  # "Чугуївський район", "Чугуївська громада"
                yield book, [*words[:-1], words[-1].removesuffix("ий") + "а"], declined, place, old


def _book(place: Place, words: list[str]) -> int:
    if place.kind == "oblast":
        marked = not say.REGION_WORDS.isdisjoint(words) or _ADJECTIVE.search(words[-1])
        return REGIONS if marked else NAMES
    if not say.DISTRICT_WORDS.isdisjoint(words):
        return DISTRICTS
    if place.kind == "district" and _ADJECTIVE.search(words[-1]):
        return DISTRICTS
    return NAMES


def _numbered(entries: Iterable[_Entry]) -> tuple[dict[_Word, int], list[str], list[str]]:
    """A number for every word, once as declined and once as it stands; by number, every Cyrillic word, or nothing in
    its place when it is not declined; by number, the sound of every word."""
    cyrillic: dict[_Word, int] = {}
    latin: dict[_Word, int] = {}
    for book, words, declined, _, _ in entries:
        shelf = latin if _LATIN.match(words[0]) else cyrillic
        for word in words:
            shelf.setdefault((word, declined), len(shelf))
        if len(words) > 1 and book == NAMES and shelf is cyrillic:
            shelf.setdefault(("".join(words), declined), len(shelf))
    sounds = all_sounds([word for word, _ in cyrillic])
    typed = [word if declined else "" for word, declined in cyrillic]
    by_sound = {heard: number for number, heard in reversed(list(enumerate(sounds)))}
    said = all_spoken([word for word, _ in latin])
    for each, heard in zip(latin, said, strict=True):  # the Cyrillic word it sounds like, if there is one
        number = cyrillic[each] = by_sound.setdefault(heard, len(sounds))
        if number == len(sounds):
            sounds.append(heard)
    return cyrillic, typed, sounds


def _forms(
    declined: Sequence[str], words: Sequence[str], people: Sequence[int], towns: tuple[dict[str, None], dict[str, None]]
) -> Iterator[tuple[list[str], int]]:
    """The sounds of all forms of every word and the word's number; those of cities and of towns are put aside too."""
    # Nor is any word of Latin letters; for an empty word the rules have nothing.
    typed = [*declined, *[""] * (len(words) - len(declined))]
    for number, found in enumerate(all_forms(typed, words)):
        if people[number] >= TOWN:
            towns[people[number] < CITY].update(dict.fromkeys(found))
        yield found, number


def _enter(entry: _Entry, numbers: Mapping[_Word, int], books: Sequence[dict[Phrase, list[int]]]) -> None:
    book, words, declined, place, old = entry
    phrases = [tuple([numbers[word, declined] for word in words])]
    if book == NAMES and len(words) > 1 and (joined := numbers.get(("".join(words), declined))):
        phrases.append((joined,))  # "білацерква", "івано-франківськ" typed as one word
    for phrase in phrases:
        bearers = books[book].setdefault(phrase, [])
        if place.id not in bearers and -place.id not in bearers:
            bearers.append(-place.id if old else place.id)


def _count(entry: _Entry, numbers: Mapping[_Word, int], people: list[int], cities: dict[str, int]) -> None:
    book, words, declined, place, old = entry
    if book != NAMES or len(words) > 1:
        return
    number = numbers[words[0], declined]
    count = place.population if place.kind == "settlement" else VILLAGE
    if count >= CITY and not old:
        cities[words[0]] = number
    people[number] = max(people[number], min(count, TOWN) if old else count)
