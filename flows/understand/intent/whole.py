"""Exit words: only a whole message, never a part of a sentence, and at most one slip of the finger.

"I see no way out" is no wish to leave the chat (checklist 16). A slip is forgiven only where it makes no other
word: "вхід" and "shop" are what they say.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from flows.understand.intent.letters import fold, word
from flows.words import EXIT, LONGEST, words

SHORTEST_FORGIVEN = 4

# Words of their own that are one slip away from an exit word.
_OTHERS = """
    вхід вход хід вихор вихід виїзд виїхати виніс війти війді війна шити жити лити пити мити вити бити вбити
    зайти пройти знайти найти дійти піти увійти війти виходжа ховай ховати заховай заховати стон стоп стол топ степ
    строп стопа стіл мій твій стій стоїть стоїш стой строй стрій стрий стань стан крий закрий закритий прибрати
    закрита закрите закриті закрили накрити зарити завершили завершіть закінчили припинили носить косить росить
    выезд выжди выбор выложи вышли закрой скрип рыть крыть скрыт закрыта закрыты закрыт накрыть зарыть
    завершит закончит прекратит схватит хватил
    exist edit exam exits hire hike hive side ride wide tide aide bide hid hidden here hair quiet quite suit quid quint
    quilt shop step stoop top stops atop slop store story clothe clothes closer closed close lose those nose rose
    loose chose clause
"""
OTHERS = frozenset(_OTHERS.split()) - EXIT
_FOLDED = frozenset(fold(one) for one in EXIT if not one.isascii())


def means_exit(text: str) -> bool:
    """Whether the whole message is one exit word, spelled, transliterated or mistyped."""
    if len(text) > LONGEST:
        return False
    found = words(text)
    if len(found) != 1:
        return False
    one = found[0]
    return one in EXIT or _sounds_like_one(one) or _slipped(one)


def _sounds_like_one(one: str) -> bool:
    """ "vyhid", "вихид", "виxiд" with Latin letters inside."""
    return one not in OTHERS and word(one).slavic in _FOLDED


def _slipped(one: str) -> bool:
    if len(one) < SHORTEST_FORGIVEN or one in OTHERS or one.isdigit():
        return False
    return any(
        len(exit_word) >= SHORTEST_FORGIVEN and OSA.distance(one, exit_word, score_cutoff=1) <= 1 for exit_word in EXIT
    )
