"""One spelling for many: Ukrainian, Russian, surzhyk and both in Latin letters are folded to the same letters.

The tables of words are folded by the same functions, so they can be written as people write. Folding loses
what people confuse anyway: и/і/ї/й/ы, е/є/ё/э, г/ґ/х, ш/щ, soft and hard signs, apostrophes, doubled letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from flows.understand.intent.signs import in_words
from flows.understand.places.folding import exchanged

LONGEST = 4096  # characters that are read: a Telegram message is never longer
LONGEST_WORD = 28  # characters of a word that are looked at
# Characters of a text that may be one thing over and over, those by which the next time is found, and how often.
A_WALL, A_BEGINNING, TRIES = 400, 16, 20

_CYRILLIC = {
    "і": "и", "ї": "и", "й": "и", "ы": "и", "є": "е", "ё": "е", "э": "е", "ґ": "г", "х": "г", "щ": "ш", "ў": "в",
} | dict.fromkeys("ьъ'ʼ’", "")  # fmt: skip
# Latin letters that are typed inside Cyrillic words because they look the same.
_LOOK_ALIKE = dict(zip("aceiopxykmthbu", "асеіорхукмтнви", strict=True))
# Latin spellings of Cyrillic sounds, longest first; what stands alone is in _LETTERS.
_SOUNDS = (
    ("iya", "ия"), ("iia", "ия"), ("ija", "ия"), ("iyu", "ию"), ("iiu", "ию"), ("iju", "ию"), ("iye", "ие"),
    ("shch", "щ"), ("sch", "щ"), ("zgh", "зг"), ("zh", "ж"), ("kh", "х"), ("sh", "ш"), ("ch", "ч"), ("ts", "ц"),
    ("tz", "ц"), ("ya", "я"), ("ja", "я"), ("ia", "я"), ("yu", "ю"), ("ju", "ю"), ("iu", "ю"), ("ye", "е"),
    ("je", "е"), ("ie", "е"), ("yo", "е"), ("jo", "е"), ("yi", "и"), ("ji", "и"), ("iy", "и"), ("yy", "и"),
)  # fmt: skip
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyzčšžě46", "абцдефггииклмнопкрстуввгизчшжечш", strict=True))
# What would fold to the same letters as "і" and "є".
_HER = dict.fromkeys(("її", "ії", "ее", "её"), "неї")
_SOUND = re.compile("|".join(latin for latin, _ in _SOUNDS))
_BY_SOUND = dict(_SOUNDS)

_APOSTROPHES = dict.fromkeys("’ʼ`‘´′ʹ＇", "'")
_REPEATED = re.compile(r"(.)\1+")
# "б'є" as phones write it: б,є  б*є  б"є  б є
_SPLIT_HIT = re.compile(r"(?<!\w)(вб|уб|б|поб|зіб|розіб|приб)[\s,*\"^~.-](є|є?ш|ю|ють|ет|ёт|єт|е)(?!\w)")
# "нехочу", "незнаю": the denial is a word of its own.
_GLUED = re.compile(r"(?<!\w)не(?=(?:хоч|мож|мог|зна[юєе]|бач|виж|випуск|выпуск|пуск|да[єеює]|прокид|просып))")
# "п о м о г и т е", "S.O.S."; of fewer than five letters each may be a word: "а я в с".
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ .*_-][^\W\d_]){4,}(?!\w)|(?<!\w)[сcs][ .-][оo][ .-][сcs](?!\w)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# What ends a sentence; many write without any, and a comma ends none.
_STOP = re.compile(r"[.!?;\n]")
_CYRILLIC_LETTER = re.compile(r"[а-яёґєії]")
_INVISIBLE = frozenset({"Cf", "Cs", "Mn", "Co", "Cn"})
_OWN_MARKS = re.compile(r"[\u0300-\u0305\u0309-\u036f]")


class Word(NamedTuple):
    """A word of a message in both readings: folded Cyrillic, and Latin as English (each empty when it is none)."""

    slavic: str
    english: str
    typed: str = ""  # as it stands in the message, in small letters
    opens: bool = False  # a sentence, after another one


def read_words(text: str) -> tuple[Word, ...]:
    """The words of a message, every one: in a long story the danger stands in the middle."""
    joined = _SPACED.sub(_unspaced, in_words(plain(text)))
    sentences = _STOP.split(_GLUED.sub("не ", _SPLIT_HIT.sub(r"\1'\2", joined)))
    typed = [[one[:LONGEST_WORD] for one in _WORD.findall(sentence)] for sentence in sentences]
    read = all_words({one for sentence in typed for one in sentence})
    found: list[Word] = []
    for first, *others in filter(None, typed):
        found.append(read[first]._replace(opens=bool(found)))
        found += [read[one] for one in others]
    return tuple(found)


def plain(text: str) -> str:
    """Small letters without stress marks and invisible signs, one kind of apostrophe."""
    cut = unrepeated(text[:LONGEST])
    if not cut.isascii():
        loose = unicodedata.normalize("NFKD", cut)[: 2 * LONGEST]
        whole = unicodedata.normalize("NFC", _OWN_MARKS.sub("", loose))
        unseen = [ord(sign) for sign in set(whole) if unicodedata.category(sign) in _INVISIBLE]
        cut = (whole.translate(dict.fromkeys(unseen)) if unseen else whole)[:LONGEST]
    return exchanged(cut.casefold(), _APOSTROPHES)


def unrepeated(text: str) -> str:
    """A text that says the same over and over, twice: "допоможіть" pasted a hundred times means what it means then."""
    at = 0
    for _ in range(TRIES if len(text) > A_WALL else 0):
        at = text.find(text[:A_BEGINNING], at + 1)
        if at < 0:
            break
        if text.startswith(text[at:]):
            return text[: 2 * at]
    return text


def word(small: str) -> Word:
    """Both readings of one word in small letters."""
    return all_words((small,))[small]


def all_words(typed: Iterable[str]) -> dict[str, Word]:
    """Each word read, in one go: folding a text takes no longer than folding a word."""
    read = {one: Word(one, one, one) for one in typed if one.isdigit()}
    cyrillic = [one for one in typed if one not in read and _CYRILLIC_LETTER.search(one)]
    read |= {one: Word(slavic, "", one) for one, slavic in zip(cyrillic, together(fold, cyrillic), strict=True)}
    latin = [one for one in typed if one not in read]
    both = zip(latin, together(fold_latin, latin), together(english, latin), strict=True)
    return read | {one: Word(slavic, as_english, one) for one, slavic, as_english in both}


def together(folding: Callable[[str], str], words: Collection[str]) -> list[str]:
    """Words folded in one go; "її", which is folded by itself, as the word it is."""
    return folding("\n".join([_HER.get(one, one) for one in words])).split("\n") if words else []


def fold(cyrillic: str) -> str:
    """A Cyrillic word in folded letters: "б'ється" → "беця", "його" → "его"."""
    letters = exchanged(_HER.get(cyrillic, cyrillic), _LOOK_ALIKE)
    letters = exchanged(letters.replace("йо", "е").replace("ьо", "е"), _CYRILLIC)
    return _once(letters.replace("тс", "ц").replace("шч", "ш"))


def fold_latin(latin: str) -> str:
    """A word typed in Latin letters as the Cyrillic one it sounds like: "cholovik" → "чоловик"."""
    return fold(exchanged(_SOUND.sub(_sound, latin), _LETTERS))


def english(latin: str) -> str:
    """An English word without apostrophes and doubled letters."""
    return _once(latin.replace("'", ""))


def _unspaced(found: re.Match[str]) -> str:
    return "".join(_WORD.findall(found[0]))


def _sound(found: re.Match[str]) -> str:
    return _BY_SOUND[found[0]]


def _once(letters: str) -> str:
    return _REPEATED.sub(r"\1", letters)
