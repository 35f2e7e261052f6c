"""When two spellings are the same name: the key under which the gazetteer keeps a place.

Exact on purpose: what is forgiven is what a phone keyboard or a passport does to a name (case, apostrophes,
hyphens, spaces, ё for е, г for ґ, accents), not a wrong letter.
"""

from __future__ import annotations

import re
import unicodedata

from db.places.romanise import APOSTROPHES

ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_ORDER = {letter: at for at, letter in enumerate(ALPHABET, start=1)}

# "м. Київ", "с.Озера", "смт Романів", "місто Суми": the kind of settlement is not part of the name.
_TITLE = re.compile(
    r"^(?:(?:м|с|г|п|смт|пгт|с-ще|сел)\.\s*|(?:місто|село|селище|смт|город|посёлок|поселок|city of)\s+)(?=\w)"
)
_SIMPLE = re.compile(r"[а-яёґєії]+\Z")
_SAME = str.maketrans({"ё": "е", "ґ": "г"} | dict.fromkeys(APOSTROPHES, ""))  # ʼ is a letter to Unicode


def key(text: str) -> str:
    """The letters and digits of a name, folded: "Кам’янець-Подільський" → "камянецьподільський"."""
    folded = text.strip().casefold()
    if _SIMPLE.match(folded):
        return folded.translate(_SAME)  # most names: nothing else to do
    if folded.isascii() and folded.isalnum():
        return folded
    folded = _TITLE.sub("", folded)
    if not folded.isascii():
        folded = _unaccented(folded)
    return "".join(filter(str.isalnum, folded.translate(_SAME)))


def ukrainian_order(name: str) -> tuple[int, ...]:
    """A sort key for the Ukrainian alphabet, in which ґ follows г, і and ї follow и, and ь comes late."""
    return tuple(_ORDER.get(letter, 0) for letter in name.casefold() if letter.isalpha())


def _unaccented(text: str) -> str:
    """Without stress marks and Latin accents, but with й and ї whole."""
    loose = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _ACCENT.sub("", loose))


# Marks over Latin letters, and the stress mark anywhere; the breve of й and the dots of ї, ё are letters' own.
_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+|\u0301")
