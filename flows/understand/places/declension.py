"""The case forms of a name, as people write them: "у Трускавці", "з Черкас", "в Харькове", "під Білою Церквою".

The rules work on sounds (see `folding`), where Ukrainian and Russian endings mostly coincide, so one table serves
both. They are generous on purpose: a form that no grammar knows costs a dictionary key, a missing one costs
somebody the answer. Rules: any school grammar of Ukrainian, second, first and adjectival declension, with the
alternations і/о, і/е, ї/є, the fleeting vowel of -ець and -ок, and к/ц, г/з, х/с.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.understand.places.folding import all_sounds, sound

SHORTEST = 3  # letters of what is declined at all
TOGETHER = 500  # words: as quick as all at once, and nothing is held that is not needed
ADJECTIVE = 6  # letters: a shorter word on -ий may be a noun, like Стрий
_HARD = ("а", "у", "ом", "ові", "і", "е")
_HUSHING = ("іа", "іу", "ем", "еві")
_AS_IT_STANDS = ("а", "у", "ом", "і", "е")
_SOFT = ("іа", "іу", "ем", "еві", "і", "е")
_FEMININE = ("у", "оіу", "оі", "і", "е", "уіу", "аіа")  # nouns and adjectives alike
_HUSHING_FEMININE = ("еі", "еіу")  # під Бучею, под Винницей
_SOFT_FEMININE = ("іа", "іу", "і", "еіу", "еі", "іам", "е")
_NEUTER = ("а", "у", "ом", "і", "ові", "е")
_LIKE_ADJECTIVE = ("ого", "ому", "ім", "ом")
_FIELD = ("іа", "іу", "ем", "і")
_FIELD_OR_ADJECTIVE = (*_FIELD, *_LIKE_ADJECTIVE, "а", "у")
_POSSESSIVE = (*_LIKE_ADJECTIVE, "а", "у", "і")
_MANY = ("", "і", "ів", "ов", "ев", "еі", "ам", "амі", "ах", "іам", "іамі", "іах", "іх", "ім", "імі")
_SOFTENED = {"к": "ц", "г": "з", "х": "с"}
_VOWELS = "аеєиіїоуюяыэё"


def forms(word: str) -> list[str]:
    """Sounds of all case forms of a lower-case Cyrillic name, the nominative first."""
    return list(dict.fromkeys(next(all_forms([word], [sound(word)]))))


def all_forms(words: Sequence[str], heard: Sequence[str]) -> Iterator[list[str]]:
    """The same for many words whose sounds are known, some forms twice: a start waits for ten thousand of them."""
    for first in range(0, len(words), TOGETHER):
        yield from _forms_together(words[first : first + TOGETHER], heard[first : first + TOGETHER])


def _forms_together(words: Sequence[str], heard: Sequence[str]) -> list[list[str]]:
    found = [[each] for each in heard]
    plans = [
        (into, stem, endings)
        for into, word in zip(found, words, strict=True)
        if len(word) >= SHORTEST and word[-1] in _RULES
        for stem, endings in _RULES[word[-1]](word)
    ]
    bases = all_sounds([stem for _, stem, _ in plans])
    for (into, _, endings), base in zip(plans, bases, strict=True):
        into.extend([base + ending for ending in endings] if base[-1:] != "і" else _joined(base, endings))
    return found


def _joined(base: str, endings: Endings) -> list[str]:
    """A base on і swallows the і of an ending, and is swallowed by an е: Софі-я, Софі-єю."""
    return [
        base + ending[1:] if ending[:1] == "і" else (base[:-1] if ending[:1] == "е" else base) + ending
        for ending in endings
    ]


Endings = tuple[str, ...]
_Rule = list[tuple[str, Endings]]


def _on_a(word: str) -> _Rule:
    stem = word[:-1]
    found: _Rule = [(stem, _FEMININE + _HUSHING_FEMININE if stem[-1] in "жчшщц" else _FEMININE)]
    if stem[-1] in _SOFTENED:
        found.append((stem[:-1] + _SOFTENED[stem[-1]], ("і",)))
    return found


def _on_ya(word: str) -> _Rule:
    if word[-2] in "ая":  # Russian: Белая, Нижняя
        return [(word[:-2], ("оі", "еі", "уіу", "іуіу"))]
    return [(word[:-1], _SOFT_FEMININE)]


def _on_o(word: str) -> _Rule:
    return [(word[:-1], _NEUTER)]


def _on_e(word: str) -> _Rule:
    stem = word[:-1]
    if stem[-1] in "оеє":  # Russian: Южное, Нижнее
        return [(stem[:-1], _LIKE_ADJECTIVE), (stem[:-1], ("его", "ему", "ем"))]
    if word[-2] == "ь":  # Russian: Запорожье
        return [(stem[:-1], _FIELD)]
    if stem[-1] in "лтщчжцш":
        return [(stem, _FIELD_OR_ADJECTIVE)]
    return [(stem, _POSSESSIVE if stem[-2:] in ("ов", "ев", "єв", "ин", "їн", "ін") else _LIKE_ADJECTIVE)]


def _on_many(word: str) -> _Rule:
    stem = word[:-1]
    found: _Rule = [(stem, _MANY)]
    if len(stem) >= SHORTEST and stem[-1] not in _VOWELS and stem[-2] not in _VOWELS:
        left = stem[:-1].removesuffix("ь")
        found += [(left + "е" + stem[-1], ("",)), (left + "о" + stem[-1], ("",))]
    return found


def _on_short_i(word: str) -> _Rule:
    stem = word[:-1]
    noun = ("іа", "іу", "ем", "еві", "і")
    if stem[-1] not in "иыоі":
        return [(stem, noun)]
    found: _Rule = [(stem[:-1], _LIKE_ADJECTIVE)]
    return [*found, (stem, noun)] if len(word) < ADJECTIVE else found


def _on_soft(word: str) -> _Rule:
    if word.endswith("овь"):  # Russian: Церковь
        return [(word[:-3] + "в", ("і", "іу"))]
    return [(stem, _SOFT) for stem in _oblique(word[:-1])]


def _on_hard(word: str) -> _Rule:
    found: _Rule = [(word[:-2] + "ов", _LIKE_ADJECTIVE)] if word.endswith("ів") else []  # Часів Яр, Часового Яру
    stems = _oblique(word)
    for stem in stems:
        endings = _AS_IT_STANDS if stem == word and len(stems) > 1 else _HARD
        found.append((stem, endings + _HUSHING if stem[-1] in "чшжщцр" else endings))
        if stem[-1] in _SOFTENED and stem[-2] not in "сцьз":
            found.append((stem[:-1] + _SOFTENED[stem[-1]], ("і",)))
    return found


def _oblique(stem: str) -> list[str]:
    """What stands before the endings: Харків → Харк-о-в, Трускавець → Трускав-ц. The unchanged stem too."""
    found = [stem]
    before, vowel, last = stem[:-2], stem[-2:-1], stem[-1:]
    if vowel == "і":
        found += [before + "о" + last, before + "е" + last]
    elif vowel == "ї":
        found.append(before + "є" + last)
    elif vowel and vowel in "еєо" and last in "цклрн" and len(before) >= SHORTEST:
        found.append(before + last if before[-1] not in _VOWELS else before + "й" + last)
    return found


_RULES = {
    **dict.fromkeys("бвгґджзклмнпрстфхцчшщ", _on_hard),
    "а": _on_a, "я": _on_ya, "о": _on_o, "е": _on_e, "є": _on_e, "и": _on_many, "і": _on_many, "ї": _on_many,
    "ы": _on_many, "й": _on_short_i, "ь": _on_soft,
}  # fmt: skip
