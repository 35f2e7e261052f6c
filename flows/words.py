"""Words that are understood anywhere: to vanish, to see the emergency numbers, to see the menu.

Exit words match only a whole message, never a part of a sentence: nobody may vanish by accident, and nobody
who writes "вихід" may be left waiting (checklist 16; how slips are forgiven: `flows.understand.intent.whole`).
Emergency is generous instead: one word is enough.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200  # characters of a message that are looked at; a name or a word is never longer

# fmt: off
EXIT = frozenset({
    "вихід", "вийти", "виходжу", "сховай", "сховати", "сховайся", "стоп", "стій", "закрий", "закрити", "прибери",
    "завершити", "закінчити", "припини", "припинити", "досить", "закінчуй",
    "выход", "выйти", "спрячь", "скрыть", "закрой", "закрыть", "завершить", "закончить", "прекрати", "хватит",
    "exit", "hide", "quit", "stop", "close",
})
EMERGENCY = frozenset({
    "102", "103", "112", "911", "116123", "116 123", "1547", "15 47", "сос", "sos",
    "допомога", "допоможи", "допоможіть", "рятуй", "рятуйте", "екстрено", "номери", "екстрені номери",
    "помощь", "помоги", "помогите", "спаси", "спасите",
    "help", "help me", "emergency", "numbers", "emergency numbers",
})
# One of these is enough, whatever stands around it.
CRY = frozenset({
    "102", "103", "112", "911", "сос", "sos", "рятуй", "рятуйте", "спаси", "спасите",
})
# These are enough too, unless the rest says what for: "допоможіть знайти юриста".
PLEA = frozenset({"допоможи", "допоможіть", "поможи", "поможіть", "помоги", "помогите"})
START = frozenset({"start", "почати", "старт", "привіт", "вітаю", "привет", "hello", "hi"})
BACK = frozenset({"стежка", "маршрут", "path", "route"})  # from the cover, for who has no word of their own
MENU = frozenset({"menu", "меню", "home", "назад", "back"})
# fmt: on

_NOT_A_WORD = re.compile(r"[\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a message in small letters, without punctuation, invisible marks and `/command@name`."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST])
    plain = "".join(sign for sign in composed if unicodedata.category(sign) not in {"Cf", "Cs", "Mn"})
    plain = plain.casefold().strip()
    if plain.startswith("/"):
        plain = plain.split("@", 1)[0]
    return tuple(_NOT_A_WORD.sub(" ", plain).split())


def means_emergency(text: str) -> bool:
    """Whether the message asks for the emergency numbers: as a whole, or by a cry for help inside it."""
    found = words(text)
    return " ".join(found) in EMERGENCY or not CRY.isdisjoint(found)


def begs(text: str) -> bool:
    """Whether the message holds a plea for help."""
    return not PLEA.isdisjoint(words(text))


def means_start(text: str) -> bool:
    """Whether the message is a greeting or /start."""
    found = words(text)
    return bool(found) and found[0] in START and (len(found) == 1 or text.lstrip().startswith("/"))


def means_back(text: str) -> bool:
    """Whether the message is one of the neutral words that lead back from the cover."""
    return len(found := words(text)) == 1 and found[0] in BACK


def means_menu(text: str) -> bool:
    """Whether the message asks for the menu."""
    return len(found := words(text)) == 1 and found[0] in MENU
