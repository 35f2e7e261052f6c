"""Words that are not names, and words that are both: the lists of `words.toml` as sets.

Lemmas stand for all their case forms, so those sets hold sounds (see `folding`); the others hold letters.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from flows.understand.places.declension import ADJECTIVE, all_forms
from flows.understand.places.folding import all_sounds, sound, spoken

_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


IN, NEAR, FROM, TO = _words("in"), _words("near"), _words("from"), _words("to")
PREPOSITIONS = IN | NEAR | FROM | TO
TOWN_WORDS, VILLAGE_WORDS, QUARTER_WORDS = _words("town"), _words("village"), _words("quarter")
DISTRICT_WORDS, REGION_WORDS = _words("district"), _words("region")
STREET_WORDS = _words("street")
FILLERS = _words("fillers")
NOW, PAST, AGAINST, HOME = _words("now"), _words("past"), _words("against"), _words("home")
LATELY, ELSEWHERE, OWN, OTHERS = _words("lately"), _words("elsewhere"), _words("own"), _words("others")
NEVER = _words("never")
ASKING = PREPOSITIONS | TOWN_WORDS  # a case form is expected after these


@cache
def everyday() -> frozenset[str]:
    """Sounds of the words that are also names."""
    return _declined("everyday") | lofty()


@cache
def lofty() -> frozenset[str]:
    """Sounds of the words that even alone are no place."""
    return _declined("lofty", genders=False)


@cache
def alone() -> frozenset[str]:
    """Sounds of the words that are a place only where nothing else is said: "я одеситка", "Кривий"."""
    return _declined("alone", genders=False)


@cache
def persons() -> frozenset[str]:
    """Sounds of first names and well-known family names."""
    return _declined("persons")


@cache
def known() -> frozenset[str]:
    """Sounds of words that are no slip of anything."""
    heard = (spoken(word) if word.isascii() else sound(word) for word in NEVER | FILLERS)
    return frozenset(heard) | _declined("no_slips") | everyday() | persons()


def _declined(name: str, *, genders: bool = True) -> frozenset[str]:
    words = _words(name)
    found = {spoken(word) for word in words if word.isascii()}
    cyrillic = [word for word in words if not word.isascii()]
    if genders:
        cyrillic = [each for word in cyrillic for each in _genders(word)]
    return frozenset(found.union(*all_forms(cyrillic, all_sounds(cyrillic))))


def _genders(word: str) -> tuple[str, ...]:
    """An adjective with its feminine, neuter and plural; any other word alone."""
    if len(word) < ADJECTIVE or not word.endswith(("ий", "ій", "ый", "ой")):
        return (word,)
    stem = word[:-2]
    return (word, stem + "а", stem + "ая", stem + "е", stem + "ое", stem + "і")
