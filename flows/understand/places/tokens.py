"""A typed text as a row of words, each with what may tell a name from another word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from flows.understand.places.folding import sounds
from flows.understand.places.russian import as_ukrainian

LONGEST_TEXT = 500  # letters: a place is named early or in a short text, and nobody waits for a novel
LONGEST_WORD = 40
MOST_WORDS = 75
ABBREVIATION = 6  # letters at most before a full stop that ends no sentence: "обл.", "смт.", "Кам."

# Marks that a keyboard leaves inside a word without the writer seeing them: joiners, direction, stress.
_UNSEEN = re.compile("[\u00ad\u0301\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
# "р-н", "р-ні", "с-ще", "ж/м", "пр-т": two letters of one abbreviation.
_SHORTENED = re.compile(r"\b(р|с|ж|пр|б|м)[-/](н[іуае]?|не|ще|м|т|р)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´‘ʹ′*\"][^\W\d_]+)*")
_INSIDE = re.compile(r"[^\w]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    text     lower case, apostrophes dropped.
    sounds   what it may sound like, the likeliest first.
    capital  it begins with a capital although not everything in the text is in capitals.
    first    it begins the text or a sentence, where a capital says nothing.
    dotted   a full stop follows: "м.", "обл.", "Б." of "Б. Церква".
    hyphened a hyphen joins it to the next word.
    apart    a comma, a bracket or a line's end stands before it.
    """

    text: str
    sounds: tuple[str, ...]
    capital: bool
    first: bool
    dotted: bool
    hyphened: bool
    apart: bool

    @property
    def abbreviated(self) -> bool:
        """Whether its full stop ends an abbreviation, not a sentence."""
        return self.dotted and len(self.text) <= ABBREVIATION


def tokens(text: str) -> list[Token]:
    """The words of a text; what lies beyond the limits above is not read."""
    clean = _UNSEEN.sub("", unicodedata.normalize("NFC", text[:LONGEST_TEXT]))
    clean = _SHORTENED.sub(r"\1\2", clean)
    shouted = clean.isupper() and len(clean) > ABBREVIATION
    found: list[Token] = []
    heard: dict[str, tuple[str, ...]] = {}  # of this text alone
    end = 0
    for match in _WORD.finditer(clean):
        gap, end = clean[end : match.start()], match.end()
        word = match[0]
        if len(word) > LONGEST_WORD:
            continue
        plain = _INSIDE.sub("", word.lower())
        if plain not in heard:
            heard[plain] = _heard(plain)
        ends = "\n" in gap or bool(set(gap) & _STOPS and not (found and found[-1].abbreviated))
        found.append(
            Token(
                text=plain,
                sounds=heard[plain],
                capital=word[0].isupper() and not shouted,
                first=not found or ends,
                dotted=clean[end : end + 1] == ".",
                hyphened=_HYPHEN.match(clean, end) is not None,
                apart=bool(found) and (ends or bool(set(gap) & _COMMAS)),
            )
        )
        if len(found) == MOST_WORDS:
            break
    return found


def _heard(word: str) -> tuple[str, ...]:
    heard = sounds(word)
    return tuple(dict.fromkeys([*heard, *map(as_ukrainian, heard)]))


_STOPS, _COMMAS = frozenset(".!?…"), frozenset(",;:()/|")
_HYPHEN = re.compile(r"\s?[-‐‑–—]\s?(?=\w)")
