"""Words typed with the keyboard left in the Latin layout: "[fhrsd" for "харків"."""

from __future__ import annotations

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю'"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_READ = (str.maketrans(_KEYS + '{}:"<>', _UKRAINIAN + "хїжєбю"), str.maketrans(_KEYS + '{}:"<>', _RUSSIAN + "хъжэбю"))
SHORTEST, LONGEST = 3, 40  # letters: one name, not a letter in English


def retyped(text: str) -> list[str]:
    """What the same keys say in Ukrainian and in Russian; nothing when the text is not a name in Latin keys."""
    if not text.isascii() or not SHORTEST <= len(text.strip()) <= LONGEST:
        return []
    lower = text.strip().lower()
    return [lower.translate(table) for table in _READ]
