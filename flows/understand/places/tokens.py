"""A typed text as a row of words, each with what may tell a name from another word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from flows.understand.places.folding import sounds_of
from flows.understand.places.russian import as_ukrainian

HEAD, TAIL = 280, 120  # letters of a longer text: a place is named at its beginning or at its end
LONGEST_WORD = 40
FIRST, LAST = 50, 25  # words of a text of many
ABBREVIATION = 6  # letters at most before a full stop that ends no sentence: "обл.", "смт.", "Кам."

# Marks that a keyboard leaves inside a word without the writer seeing them: joiners, direction, stress.
_UNSEEN = re.compile("[\u00ad\u0301\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
# "р-н", "р-ні", "с-ще", "ж/м", "пр-т": two letters of one abbreviation.
_SHORTENED = re.compile(r"\b(р|с|ж|пр|б|м)[-/](н[іуае]?|не|ще|м|т|р)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´‘ʹ′*\"][^\W\d_]+)*")
_INSIDE = re.compile(r"[^\w]")


class Token(NamedTuple):
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
    clean = _UNSEEN.sub("", unicodedata.normalize("NFC", _ends(text)))
    clean = _SHORTENED.sub(r"\1\2", clean)
    shouted = clean.isupper() and len(clean) > ABBREVIATION
    words = [*_WORD.finditer(clean)]
    words = words if len(words) <= FIRST + LAST else words[:FIRST] + words[-LAST:]
    plain = {word: _plain(word) for word in {match[0] for match in words} if len(word) <= LONGEST_WORD}
    heard = _heard({*plain.values()})
    found: list[Token] = []
    end = 0
    for match in words:
        gap, end = clean[end : match.start()], match.end()
        word = match[0]
        if word not in plain:
            continue
        ends = "\n" in gap or bool(not _STOPS.isdisjoint(gap) and not (found and found[-1].abbreviated))
        found.append(
            Token(
                text=plain[word],
                sounds=heard[plain[word]],
                capital=word[0].isupper() and not shouted,
                first=not found or ends,
                dotted=clean[end : end + 1] == ".",
                hyphened=_HYPHEN.match(clean, end) is not None,
                apart=bool(found) and (ends or not _COMMAS.isdisjoint(gap)),
            )
        )
    return found


def _ends(text: str) -> str:
    """A text, or the beginning and the end of a long one without the words that were cut."""
    if len(text) <= HEAD + TAIL:
        return text
    head, tail = text[:HEAD].rpartition(" ")[0] or text[:HEAD], text[-TAIL:].partition(" ")[2]
    return f"{head}\n{tail}"


def _plain(word: str) -> str:
    lower = word.lower()
    return lower if lower.isalnum() else _INSIDE.sub("", lower)


def _heard(words: Collection[str]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(dict.fromkeys([*heard, *map(as_ukrainian, heard)])) for word, heard in sounds_of(words).items()}


_STOPS, _COMMAS = frozenset(".!?…"), frozenset(",;:()/|")
_HYPHEN = re.compile(r"\s?[-‐‑–—]\s?(?=\w)")
