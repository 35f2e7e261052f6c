"""What a word with a wrong, missing, doubled or swapped letter may have been.

Distances are counted on sounds (see `folding`), so what most people call a mistake costs nothing here already.
How many are forgiven depends on how long the word is and how well known the place.
"""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.understand.places.lexicon import Lexicon
from flows.understand.places.making import TOWN

PART = 3  # letters at least of a word that belongs to a name of two
PER_SLIP = 0.12  # how much worse a name fits for each wrong letter
SHORTEST, LONG, LONGER, LONGEST = 5, 7, 8, 10  # letters of a sound, see `guesses`
_LETTERS = ("іа", "іу", "шч", *"абвгдежзіклмнопрстуфхцчш")  # as they sound at a word's beginning


def is_near(heard: str, word: str) -> bool:
    """Whether a sound is one slip (two in a long word) from a word of a name whose other word was read."""
    if min(len(heard), len(word)) < PART:
        return False
    slips = 1 if len(word) < LONG else 2
    if OSA.distance(heard, word, score_cutoff=slips) <= slips:
        return True
    return len(heard) > LONG and OSA.distance(heard[:-2], word[: len(heard) - 2], score_cutoff=1) <= 1


def guesses(lexicon: Lexicon, heard: str, *, sure: bool) -> list[tuple[str, int]]:
    """Known forms near a sound, with the number of slips; a dozen or two at most.

    One slip: from five letters a city, from six a town or a part of a city, from seven any village. Two: from eight
    letters a city, from ten any. When it is `sure` that a settlement is named ("с. …"), any from five letters, and two
    slips from seven. Another
    first letter is the only slip then, and of towns' names, else half the dictionary would be villages.
    """
    size = len(heard)
    if size < SHORTEST:
        return []
    shelves = ["city"]
    if size > SHORTEST or sure:
        shelves.append("town")
    if size >= LONG or sure:
        shelves.append("village")
    near = _matches(lexicon, heard, shelves, 1, sure=sure)
    slips = 1
    if not near and size >= (LONG if sure else LONGER):
        slips = 2  # the loss of one "ю" is two in the sound
        near = _matches(lexicon, heard, shelves if sure or size >= LONGEST else ["city"], 2, sure=sure)
    if not sure:
        near = [form for form in near if form[0] == heard[0] or (slips == 1 and _is_town(lexicon, form))]
    return [(form, slips) for form in near]


def cities_near(lexicon: Lexicon, typed: str) -> list[int]:
    """Cities whose written name is one slip away: a letter lost in "Вінниця" costs its sound two."""
    if len(typed) <= SHORTEST:
        return []
    near = process.extract(typed, lexicon.cities.keys(), scorer=OSA.distance, score_cutoff=1, limit=3)
    return [lexicon.cities[name] for name, _, _ in near]


def _matches(lexicon: Lexicon, heard: str, shelves: list[str], slips: int, *, sure: bool) -> list[str]:
    near = [
        form
        for shelf in shelves
        for length in range(len(heard) - slips, len(heard) + slips + 1)
        for form, _, _ in process.extract(
            heard,
            lexicon.shelves.get((shelf, length, heard[0]), ()),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=12,
        )
    ]
    if slips > 1:
        return near
    others = [form for form in _beginning_otherwise(heard) if lexicon.forms.numbers(form)]
    size = [shelf for shelf in shelves if sure or shelf != "village"]
    return near + [one for one in others if any(one in lexicon.shelves.get((of, len(one), one[0]), ()) for of in size)]


def _beginning_otherwise(heard: str) -> list[str]:
    """Every word one slip away whose first letter is another: so few that each can be looked up."""
    own = next((letter for letter in _LETTERS if heard.startswith(letter)), heard[0])
    left = heard.removeprefix(own)
    return [
        left,
        left[:1] + own + left[1:],
        *[letter + rest for letter in _LETTERS for rest in (heard, left) if letter != own],
    ]


def _is_town(lexicon: Lexicon, form: str) -> bool:
    return any(lexicon.people(number) >= TOWN for number in lexicon.forms.numbers(form))
