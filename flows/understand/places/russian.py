"""A Russian name of a Ukrainian town heard as the Ukrainian one: "Николаевка" → "Миколаївка".

The gazetteer knows the Russian names of towns, but not of every village. The differences between the two spellings
that are not taken out with the sound (see `folding`) are few and regular: -овка for -івка, first names, a dozen roots.
Works on sounds.
"""

from __future__ import annotations

import re

_BEGINNINGS = {
    "ніколае": "міколаі", "ніколаі": "міколаі", "ніколск": "мікілск", "александр": "олександр", "алексе": "олексі",
    "алексі": "олексі", "владімір": "володімір", "андре": "андрі", "серге": "сергі", "матве": "матві",
    "екатерін": "катерін", "анастас": "настас", "анновк": "ганівк", "елен": "олен",
    "ефім": "іухім", "каменк": "каміанк", "каменец": "каміанец", "каменс": "каміанс", "камен": "камін", "бел": "біл",
    "лес": "ліс", "желт": "жовт", "волч": "вовч", "под": "під", "зареч": "заріч", "волн": "вілн", "счастлів": "шчаслів",
    "шчастлів": "шчаслів", "дубров": "діброва", "хутор": "хутір", "свет": "світ", "снег": "сніг", "север": "північ",
    "южн": "південн", "восточн": "східн", "западн": "західн", "орехов": "оріхов", "звер": "звір",
}  # fmt: skip
_INSIDE = (
    ("александр", "олександр"), ("ніколае", "міколаі"), ("алексе", "олексі"), ("андре", "андрі"), ("серге", "сергі"),
    ("владімір", "володімір"), ("слободк", "слобідк"), ("овк", "івк"), ("евк", "івк"), ("овск", "івск"),
    ("евск", "івск"), ("овц", "івц"), ("евц", "івц"), ("рожск", "різк"),
)  # fmt: skip
_START = re.compile("|".join(sorted(_BEGINNINGS, key=len, reverse=True)))
_PART = re.compile("|".join(part for part, _ in _INSIDE))
_PARTS = dict(_INSIDE)
_ENDINGS = {
    "аіа": "а", "ое": "е", "іе": "е", "ово": "ове", "ево": "еве", "іно": "іне", "ов": "ів", "ев": "ів", "оі": "і",
}  # fmt: skip
_END = re.compile(rf"(?:{'|'.join(_ENDINGS)})\Z")
_TWICE = re.compile(r"(.)\1")
SHORTEST = 5  # letters: below it the roots are other words


def as_ukrainian(heard: str) -> str:
    """The Ukrainian sound of a Russian one; the same when nothing in it is Russian."""
    if len(heard) < SHORTEST:
        return heard
    turned = _START.sub(lambda found: _BEGINNINGS[found[0]], heard, count=1) if _START.match(heard) else heard
    turned = _PART.sub(lambda found: _PARTS[found[0]], turned)
    turned = _TWICE.sub(r"\1", turned)
    return _END.sub(lambda found: _ENDINGS[found[0]], turned)
