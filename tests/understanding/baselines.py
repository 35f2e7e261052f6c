"""Two simple readers, to show what the project's own is worth: exact match, and rapidfuzz over names and keywords."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

from db.places.naming import key
from db.places.place import Place
from db.places.places import Places
from tests.understanding.readers import Reader
from tests.understanding.sets import folded

MOST = 6  # candidates, as many as the project's own reader may offer
SURE = 84.0  # of 100: the likeness from which WRatio's match counts; of 60 to 95 what serves it best on the tuning set

# fmt: off
KEYWORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("danger", "choking"): ("душить", "душив", "за горло", "душил", "choked", "strangled"),
    ("danger", "weapon"): ("ніж", "пістолет", "сокира", "нож", "пистолет", "knife", "gun"),
    ("danger", "rape"): ("зґвалтував", "ґвалтує", "изнасиловал", "насилует", "raped"),
    ("danger", "suicide"): ("не хочу жити", "самогубство", "не хочу жить", "суицид", "kill myself", "suicide"),
    ("danger", "child"): ("б'є дитину", "бьет ребенка", "hits my child"),
    ("danger", "locked"): ("замкнув", "не випускає", "запер", "не выпускает", "locked me"),
    ("danger", "threat"): ("вб'є", "погрожує", "убьет", "угрожает", "kill me", "threatens"),
    ("danger", "now"): ("б'є", "вдарив", "побив", "рятуйте", "бьет", "ударил", "избил", "hit me", "beats me", "help"),
    ("service", "legal_aid"): ("юрист", "адвокат", "lawyer"),
    ("service", "counselling"): ("психолог", "psychologist"),
    ("service", "shelter"): ("притулок", "приют", "shelter"),
    ("service", "helpline"): ("гаряча лінія", "горячая линия", "hotline"),
    ("service", "medical"): ("лікар", "врач", "doctor"),
    ("service", "police"): ("поліція", "полиция", "police"),
    ("service", "employment"): ("робота", "работа", "job"),
    ("relative", ""): ("подруга", "сестра", "friend", "sister"),
    ("human", ""): ("поговорити", "оператор", "поговорить", "operator", "talk"),
    ("greeting", ""): ("привіт", "добрий день", "привет", "здравствуйте", "hello", "hi"),
}
EXIT = ("вихід", "вийти", "сховай", "сховати", "стоп", "выход", "спрячь", "exit", "quit", "hide", "stop", "close")
# fmt: on
_MEANS = {folded(word): meaning for meaning, words in KEYWORDS.items() for word in words}
_EXIT = frozenset(EXIT)


def exact(gazetteer: Places) -> Reader:
    """The whole text is a name or an exit word; a keyword stands in it as it is in the list."""

    def places(text: str) -> tuple[int, ...]:
        return tuple(place.id for place in gazetteer.named(text)[:MOST])

    def intent(text: str) -> tuple[str, str]:
        plain = folded(text)
        if plain in _EXIT:
            return "exit", ""
        for word, meaning in _MEANS.items():
            if f" {word} " in f" {plain} ":
                return meaning
        return ("place" if places(text) else "none"), ""

    return Reader("exact", places, intent)


def wratio(gazetteer: Places, everything: Iterable[Place]) -> Reader:
    """rapidfuzz's WRatio between the text and every name of the gazetteer, or every keyword."""
    owners: dict[str, list[Place]] = {}
    for place in everything:
        for name in {place.name_uk, place.name_en, *place.aliases}:
            owners.setdefault(utils.default_process(name), []).append(place)
    names = list(owners)
    words = list(_MEANS)

    def places(text: str) -> tuple[int, ...]:
        found = process.extract(key_spaced(text), names, scorer=fuzz.WRatio, score_cutoff=SURE, limit=MOST)
        ranked = sorted(
            ((score, place.population, place.id) for name, score, _ in found for place in owners[name]), reverse=True
        )
        return tuple(dict.fromkeys(place_id for _, _, place_id in ranked))[:MOST]

    def intent(text: str) -> tuple[str, str]:
        plain = folded(text)
        if process.extractOne(plain, EXIT, scorer=fuzz.ratio, score_cutoff=SURE):
            return "exit", ""
        if found := process.extractOne(plain, words, scorer=fuzz.WRatio, score_cutoff=SURE):
            return _MEANS[found[0]]
        return ("place" if places(text) else "none"), ""

    return Reader("WRatio", places, intent)


def key_spaced(text: str) -> str:
    """The text folded as the names are, words kept apart."""
    return utils.default_process(" ".join(filter(None, (key(word) for word in text.split()))))
