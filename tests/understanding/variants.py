"""Other ways to type an utterance: in Latin letters, with slips, without a space, about somebody else, with a greeting.

They teach the model (`teach`) what does not matter. Nothing here is used when a message is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from random import Random

_LATIN = (
    dict(zip("абвгґдезийклмнопрстуфіыэё'’ʼьъ", [*"abvhgdezyyklmnoprstufiyeo", "", "", "", "", ""], strict=True))
    | {"є": "ye", "ж": "zh", "ї": "yi", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
)  # fmt: skip
_LATIN_TOO = _LATIN | {
    "г": "g", "х": "h", "щ": "sch", "є": "ie", "ю": "ju", "я": "ja", "ц": "c", "и": "i", "ж": "j", "й": "j",
}  # fmt: skip
_ROWS = ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
# Words that may stand for each other: who does something, to whom, when. The meaning of a message stays.
_SAME = (
    "він чоловік хлопець колишній співмешканець вітчим батько брат сусід наречений мужик тато зять свекор син",
    "он муж парень бывший сожитель отчим отец брат сосед мужик папа",
    "he husband boyfriend ex partner dad stepfather brother",
    "мене нас маму сестру подругу",
    "меня нас маму сестру подругу",
    "вчора сьогодні зараз вночі щойно знову завжди",
    "вчера сегодня сейчас ночью опять всегда",
    "дитину сина доньку малого малу дітей",
    "ребенка сына дочку малого дочь детей",
    "подруга сестра мама донька колега сусідка знайома",
    "подруга сестра мама дочь коллега соседка знакомая",
)
_BEFORE = (
    "добрий день", "вітаю", "привіт", "підкажіть будь ласка", "скажіть", "вибачте", "доброго дня,", "слухайте",
    "здравствуйте", "подскажите", "hello", "hi", "please",
)  # fmt: skip
_AFTER = (
    "будь ласка", "дякую", "що робити", "что делать", "please", "підкажіть", "шо робить", "what should i do", "зараз",
    "сьогодні", "вже", "і все", ":(", "...",
)  # fmt: skip
_STOPS = (". ", ". ", ", ", " ")
# How often each change is made, in a hundred.
_SWAPPED, _SURROUNDED, _IN_LATIN, _SLIPPED, _GLUED = 25, 15, 20, 30, 7


def variant(text: str, dice: Random) -> str:
    """The text with some of the changes, or as it is."""
    for often, change in (
        (_SWAPPED, swapped), (_SURROUNDED, surrounded), (_IN_LATIN, in_latin), (_SLIPPED, slipped), (_GLUED, glued),
    ):  # fmt: skip
        if dice.randrange(100) < often:
            text = change(text, dice)
    return text


def swapped(text: str, dice: Random) -> str:
    """Somebody else, to somebody else, at another time."""
    words = text.split(" ")
    may = [at for at, word in enumerate(words) if word.lower() in _INSTEAD]
    if may:
        at = dice.choice(may)
        words[at] = dice.choice(dice.choice(_INSTEAD[words[at].lower()]))
    return " ".join(words)


def surrounded(text: str, dice: Random) -> str:
    """With a greeting before or a plea after."""
    return f"{dice.choice(_BEFORE)} {text}" if dice.randrange(10) < 6 else f"{text} {dice.choice(_AFTER)}"


def accompanied(text: str, calm: Sequence[str], dice: Random) -> str:
    """Between sentences about other things, as in a longer message, with full stops or without."""
    before, after = dice.choice(((1, 0), (0, 1), (1, 1), (3, 3)))
    return dice.choice(_STOPS).join(
        (*dice.sample(calm, min(before, len(calm))), text, *dice.sample(calm, min(after, len(calm))))
    )


def in_latin(text: str, dice: Random) -> str:
    """Ukrainian or Russian in one of two common Latin spellings; English stays."""
    return "".join(map(dice.choice((_LATIN, _LATIN_TOO)).get, (low := text.lower()), low))


def slipped(text: str, dice: Random) -> str:
    """One slip of the finger, in a longer text perhaps two: changed places, left out, doubled, the key beside."""
    for _ in range(1 if len(text) < 18 else dice.choice((1, 2))):
        may = [at for at, sign in enumerate(text) if sign.isalpha()]
        if len(may) < 3:
            break
        at = dice.choice(may)
        sign, rest, chance = text[at], text[at + 1 :], dice.randrange(20)
        if chance < 6 and rest:
            new = rest[0] + sign + rest[1:]
        elif chance < 11:
            new = rest
        elif chance < 15:
            new = 2 * sign + rest
        else:
            new = dice.choice(_BESIDE.get(sign.lower(), "аоеи")) + rest
        text = text[:at] + new
    return text


def glued(text: str, dice: Random) -> str:
    """One space forgotten."""
    may = [at for at, sign in enumerate(text) if sign == " "]
    if not may:
        return text
    at = dice.choice(may)
    return text[:at] + text[at + 1 :]


def _beside() -> dict[str, str]:
    beside: defaultdict[str, str] = defaultdict(str)
    for row in _ROWS:
        for one, other in pairwise(row):
            beside[one] += other
            beside[other] += one
    return dict(beside)


def _instead() -> dict[str, list[list[str]]]:
    instead: defaultdict[str, list[list[str]]] = defaultdict(list)
    for line in _SAME:
        for word in line.split():
            instead[word].append(line.split())
    return dict(instead)


_BESIDE, _INSTEAD = _beside(), _instead()
