"""Names of two words that came damaged: cut short, torn apart, or with a wrong letter in one of the words."""

from __future__ import annotations

from flows.understand.places import everyday as say
from flows.understand.places.guess import PER_SLIP, is_near
from flows.understand.places.mentions import FORMERLY, IN_A_CASE, Mention, Reader
from flows.understand.places.tokens import Token

PAIR = 2  # words
CUT = range(3, 6)  # letters left of a word of which only the beginning is said: "кам-под"
STUMP = 3  # letters at most of a beginning with neither a full stop nor a hyphen: "Кр Ріг"
TORN = 7  # letters at least that two parts of one word have together
TAIL = 3  # letters at least of the second part
SHORT = 3  # words of a text in which an everyday word may belong to a mistyped name


def cut_short(reader: Reader, at: int) -> Mention | None:
    """ "Б. Церква", "К-Подільський", "Кр. Ріг", "кам-под"."""
    token = reader.row[at]
    joined = token.dotted or token.hyphened
    if at + 1 == len(reader.row) or (reader.row[at + 1].apart and not token.dotted) or len(token.text) > CUT[-1]:
        return None
    if token.text in say.TOWN_WORDS or (token.text in say.PREPOSITIONS and not joined):
        return None
    if {token.text, reader.row[at + 1].text} <= say.PREPOSITIONS:
        return None  # "з-під"
    if not joined and (not token.capital or len(token.text) > STUMP):
        return None
    book, fits = reader.lexicon.names, dict[int, float]()
    for number in reader.numbers[at + 1]:
        for phrase in book.before.get(number, ()):
            if len(phrase) == PAIR and _begins(reader, phrase[0], token):
                reader.take(phrase, IN_A_CASE, fits)
    if not fits and joined and len(token.text) in CUT and len(reader.row[at + 1].text) in CUT:
        fits = _both_cut(reader, token, reader.row[at + 1])
    return Mention(at, at + PAIR, fits, plain=True) if fits else None


def _both_cut(reader: Reader, token: Token, other: Token) -> dict[int, float]:
    """Looked for among all names of several words, which takes a while: a text that is all stumps is no place."""
    fits: dict[int, float] = {}
    if not reader.patience:
        return fits
    reader.patience -= 1
    for first in reader.lexicon.opening_with(token.sounds):
        for phrase in reader.lexicon.names.after[first]:
            if len(phrase) == PAIR and _begins(reader, phrase[1], other):
                reader.take(phrase, FORMERLY, fits)
    return fits


def _begins(reader: Reader, number: int, token: Token) -> bool:
    return reader.lexicon.words[number].startswith(token.sounds)


def mistyped(reader: Reader, at: int) -> Mention | None:
    """ "Біла Цирква", "Івано Франкіськ": one word is read, the other is nearly the one that belongs to it."""
    if reader.ends(at) or reader.row[at].text in say.PREPOSITIONS:
        return None
    book, fits = reader.lexicon.names, dict[int, float]()
    for sure, other, phrases in ((0, 1, book.after), (1, 0, book.before)):
        if len(reader.row) > SHORT and reader.row[at + sure].sounds[0] in say.everyday():
            continue  # "нова водолазка мені личить"
        for number in reader.numbers[at + sure]:
            for phrase in phrases.get(number, ()):
                if len(phrase) == PAIR and _nearly(reader, phrase[other], reader.row[at + other]):
                    reader.take(phrase, 1 - PER_SLIP, fits)
    return Mention(at, at + PAIR, fits, plain=True, guessed=True) if fits else None


def _nearly(reader: Reader, number: int, token: Token) -> bool:
    word = reader.lexicon.words[number]
    return token.text not in say.NEVER and any(is_near(heard, word) for heard in token.sounds)


def torn(reader: Reader, at: int) -> Mention | None:
    """ "П ятихатки", "Ново Миколаївка"."""
    if reader.ends(at) or reader.row[at + 1].text in say.FILLERS:
        return None
    token, other = reader.row[at], reader.row[at + 1]
    if token.text in say.PREPOSITIONS or len(other.text) < TAIL or len(token.text) + len(other.text) < TORN:
        return None
    fits: dict[int, float] = {}
    for number in reader.lexicon.numbers([token.sounds[0] + other.sounds[0]]):
        reader.take((number,), IN_A_CASE, fits)
    return Mention(at, at + PAIR, fits, plain=True) if fits else None
