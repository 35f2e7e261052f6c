"""Pictures that stand for words: "🆘" may be all that somebody has the time to send.

Only those that mean one thing: a fist is a greeting as well, a skull is laughter.
"""

from __future__ import annotations

import re

_SIGNS = {
    "🆘": "sos", "🔪🗡": "ніж", "🪓": "сокира", "🔫": "пістолет",
    "🚔🚓👮": "поліція", "🚑": "швидка допомога", "😂🤣😹😆": "хаха",
}  # fmt: skip
_WORD = {sign: word for signs, word in _SIGNS.items() for sign in signs}
_RUN = re.compile(f"[{''.join(_WORD)}]+")


def in_words(text: str) -> str:
    """The text with each such picture as a word, said once however often it stands there in a row."""
    return _RUN.sub(_words, text)


def _words(found: re.Match[str]) -> str:
    return f" {' '.join(dict.fromkeys(_WORD[sign] for sign in found[0]))} "
