"""What an operator's words say, as far as a practice needs to know: cues, found by stems in both languages.

A cue answers "did they ask that?", never "was it said well?": a supervisor hears the rest.
"""

from __future__ import annotations

import re
from typing import Literal

Cue = Literal[
    "safe", "heard", "step", "where", "help", "doctor", "word", "line", "told", "limit", "warm", "insult"
]  # fmt: skip

# Beginnings of words or of phrases, in both languages.
_STEMS: dict[Cue, str] = {
    "safe": "зручно|безпечно|бачить екран|поруч|сами|safe|good moment|see your screen|alone|anybody near",
    "heard": (
        "вірю|не винн|не ваша вина|не твоя вина|розумію|зрозуміл|справді важко|добре, що|дякую, що|"
        "чую вас|i believe|not your fault|i understand|makes sense|this is hard|i am glad|i'm glad|"
        "good that you|thank you for|i hear you"
    ),
    "step": "юрист|центр|лінія|лінію|служб|бригад|lawyer|legal aid|centre|center|helpline|service|team",
    "where": "де ви|у якому|в якому|куди їхати|адрес|where are you|which town|where to come|address",
    "help": ("подзвон|викли|допомога їде|екстрен|i will call|i'll call|calling|shall i call|help is on|emergency"),
    "doctor": "лікар|швидк|медик|doctor|ambulance|medic",
    "word": "кодове слово|кодового слова|ваше слово|своє слово|code word|your word",
    "line": (
        "дитяча лінія|дитячу лінію|дитячої лінії|лінія для дітей|лінію для дітей|лінії для дітей|"
        "children's line|child line|line for children|child helpline"
    ),
    "told": (
        "загроз|виняток|про дитину|покликати на допомогу|покличу на допомогу|маю сказати|a child|"
        "exception|call for help|at risk|have to tell"
    ),
    "limit": (
        "на образи|образи|завершу розмову|закрити розмову|закрию розмову|insults|insult|"
        "close the conversation|end the conversation|have to close"
    ),
    "warm": (
        "бережіть|дякую за довіру|дякую вам|пишіть|пиши нам|написати знову|напишіть знову|напиши знову|"
        "бережи себе|усього доброго|на все добре|take care|thank you|write again|all the best|we are here|"
        "i am here for"
    ),
    "insult": (
        "ідіот|дурень|дурна|дурний|дурні|дурепа|дебіл|заткни|пішов ти|пішла ти|іди геть|хамло|козел|"
        "idiot|stupid|moron|shut up|get lost|go to hell|fool"
    ),
}
_FOUND = {cue: re.compile(rf"(?<!\w)(?:{stems})") for cue, stems in _STEMS.items()}
SHORTEST = 3  # digits of a number to call
EMERGENCY = frozenset({"102", "103", "112"})
_CHILDREN = ("116111", "0800500225")  # content.md 1.54
_NUMBER = re.compile(r"\d[\d ()+-]{1,}\d")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})


def cues_in(text: str) -> frozenset[Cue]:
    """Everything that is heard in these words."""
    plain = _plain(text)
    found: set[Cue] = {cue for cue, pattern in _FOUND.items() if pattern.search(plain)}
    if "?" not in plain:  # "it is safe now" asks nothing
        found -= {"safe"}
    numbers = ["".join(filter(str.isdigit, one)) for one in _NUMBER.findall(plain)]
    if any(number.removeprefix("38") in _CHILDREN for number in numbers):
        found.add("line")
    if any(len(number) >= SHORTEST for number in numbers):
        found.add("step")
    if EMERGENCY & set(numbers):
        found.add("help")
    return frozenset(found)


def mentions(text: str, stems: tuple[str, ...]) -> bool:
    """Whether one of these stems begins a word."""
    return bool(stems) and re.search(r"(?<!\w)(?:" + "|".join(map(re.escape, stems)) + ")", _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().translate(_APOSTROPHES).split())
