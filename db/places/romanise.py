"""Ukrainian names in Latin letters, as on road signs and in passports.

Source of the rule: resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010.
"""

from __future__ import annotations

_PLAIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "",
}  # fmt: skip
_IOTATED = {"є": ("ye", "ie"), "ї": ("yi", "i"), "й": ("y", "i"), "ю": ("yu", "iu"), "я": ("ya", "ia")}
APOSTROPHES = "'’ʼ`"


def romanise(name: str) -> str:
    """`name` in Latin letters: "Запоріжжя" → "Zaporizhzhia", "Згурівка" → "Zghurivka", "Кам'янське" → "Kamianske"."""
    latin: list[str] = []
    before = ""
    for letter in name:
        small = letter.lower()
        starts = not before.isalpha() and before not in APOSTROPHES if before else True
        if small in _IOTATED:
            sound = _IOTATED[small][0 if starts else 1]
        elif small == "г" and before.lower() == "з":
            sound = "gh"
        elif small in APOSTROPHES:
            sound = ""
        else:
            sound = _PLAIN.get(small, letter)
        latin.append(sound.capitalize() if letter.isupper() else sound)
        before = letter
    return "".join(latin)
