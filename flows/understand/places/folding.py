"""How a name sounds, so that spellings of one name meet.

People mix и, і and ы, е, є and ё, drop the soft sign and the apostrophe, write one letter for two, and type in
Latin letters after any of half a dozen schools. A *sound* is what is left when these differences are taken out:
a string of Cyrillic letters that is never shown, only compared. "Вінниця", "Винница", "Vinnytsia" and "Vinnica"
have one sound; a wrong letter still makes another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

_CYRILLIC = {
    "и": "і", "ї": "і", "ы": "і", "й": "і", "є": "е", "э": "е", "ё": "е", "ґ": "г", "щ": "шч", "я": "іа", "ю": "іу",
} | dict.fromkeys("ьъ'", "")  # fmt: skip
_BY_LETTER = str.maketrans(_CYRILLIC)
_TWICE = re.compile(r"([^\n])\1+")

# Latin look-alikes inside a word of Cyrillic letters: "Киiв" typed with the i of another layout.
_LOOKALIKE = dict(zip("aceiopxykhbmt", "асеіорхукнвмт", strict=True))
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")

_LATIN_WORD = re.compile(r"[a-z0-9]+\Z")
# Longest first: what several Latin letters stand for together.
_GROUPS = {
    "shch": "шч", "szcz": "шч", "stsch": "шч", "tsch": "ч", "tch": "ч", "sch": "шч", "zgh": "зг", "kh": "х",
    "zh": "ж", "ch": "ч", "sh": "ш", "cz": "ч", "sz": "ш", "ts": "ц", "tz": "ц", "ph": "ф", "yo": "іо", "dzh": "дж",
    "dj": "дж", "ck": "цк", "ou": "оу", "oo": "о",
}  # fmt: skip
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwyz46", "абцдефггііклмнопкрстуввізчш", strict=True)) | {"x": "кс"}
_LATIN = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)) + "|[a-z0-9]")
# The second reading of letters on which the schools differ, tried one after the other.
_OTHERWISE = (
    ("h", "х"), ("j", "ж"), ("c", "к"), ("x", "х"), ("sch", "ш"), ("ch", "х"), ("cz", "ц"), ("ou", "у"), ("oo", "у"),
)  # fmt: skip
MOST_SOUNDS = 4  # of one word in Latin letters


def sound(word: str) -> str:
    """The sound of a lower-case word in Cyrillic letters (others are kept as they are)."""
    return _joined(word.translate(_BY_LETTER))


def all_sounds(words: Sequence[str]) -> list[str]:
    """The sounds of many words, none with a line's end in it, in a tenth of the time."""
    return _joined(exchanged("\n".join(words), _CYRILLIC)).split("\n") if words else []


def _joined(heard: str) -> str:
    return _TWICE.sub(r"\1", heard.replace("ііе", "е").replace("іе", "е").replace("тс", "ц"))


def exchanged(text: str, letters: Mapping[str, str]) -> str:
    """Other letters for some: in a long text many times as quick as `str.translate`."""
    for one, other in letters.items():
        text = text.replace(one, other)
    return text


def sounds(word: str) -> tuple[str, ...]:
    """All sounds a lower-case word in any letters may have, the likeliest first; at most four."""
    if _CYRILLIC_LETTER.search(word):
        return (sound(exchanged(word, _LOOKALIKE)),)
    return _sounds_in_latin(word)


def sounds_of(words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The same for many words, none with a line's end in it: Cyrillic ones are heard in one go."""
    cyrillic = [word for word in words if _CYRILLIC_LETTER.search(word)]
    heard = all_sounds(exchanged("\n".join(cyrillic), _LOOKALIKE).split("\n")) if cyrillic else []
    found = {word: (one,) for word, one in zip(cyrillic, heard, strict=True)}
    return {word: found.get(word) or _sounds_in_latin(word) for word in words}


def _sounds_in_latin(word: str) -> tuple[str, ...]:
    plain = word if word.isascii() else _unaccented(word)
    if not _LATIN_WORD.match(plain):
        return (sound(plain),)
    found = [_spoken(plain)]
    for letters, other in _OTHERWISE:
        if letters in plain and len(found) < MOST_SOUNDS:
            read = _spoken(plain, {letters: other})
            if read not in found:
                found.append(read)
    return tuple(found)


def spoken(word: str) -> str:
    """The likeliest sound of a lower-case word of the gazetteer in Latin letters."""
    return all_spoken([word])[0]


def all_spoken(words: Sequence[str]) -> list[str]:
    """The same for many words."""
    return all_sounds([_in_cyrillic(word if word.isascii() else _unaccented(word)) for word in words])


def spelled(name: str) -> list[str]:
    """The lower-case words of a name of the gazetteer: apostrophes dropped, hyphens taken as spaces."""
    return all_spelled([name])[0]


def all_spelled(names: Sequence[str]) -> list[list[str]]:
    """The same for many names, none with a line's end in it."""
    plain = exchanged("\n".join(names).lower(), _APOSTROPHES)
    return [_LETTERS_ONLY(name) for name in plain.split("\n")] if names else []


_LETTERS_ONLY = re.compile(r"[^\W_]+").findall

_APOSTROPHES = dict.fromkeys("'’ʼ`´‘ʹ′\u0301", "")


def _spoken(word: str, otherwise: dict[str, str] | None = None) -> str:
    return sound(_in_cyrillic(word, otherwise))


def _in_cyrillic(word: str, otherwise: dict[str, str] | None = None) -> str:
    said = _READING | otherwise if otherwise else _READING
    return "".join([said.get(part, part) for part in _LATIN.findall(word)])


_READING = _GROUPS | _LETTERS


def _unaccented(word: str) -> str:
    """Latin with its accents read: š is sh, ž is zh, č is ch, others lose the mark."""
    read = word.translate(_ACCENTED)
    return "".join(letter for letter in unicodedata.normalize("NFKD", read) if not unicodedata.combining(letter))


_ACCENTED = str.maketrans({"š": "sh", "ś": "sh", "ž": "zh", "ż": "zh", "č": "ch", "ć": "ts", "ł": "l", "ı": "i"})
