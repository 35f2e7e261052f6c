"""From a set and a reader to figures: how many lines were read as wanted, in all and by slice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.understanding.readers import FindPlaces, ReadIntent
from tests.understanding.sets import CAUSES, INTENTS, IntentLine, PlaceLine

OFFERED = 6  # candidates a person is shown


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many lines."""

    hits: int
    lines: int

    def __str__(self) -> str:
        return f"{100 * self.hits / self.lines:.1f} %" if self.lines else "no lines"


@dataclass(frozen=True, slots=True)
class Scored:
    """The named shares of one set, in the order of the table, and its mistakes as lines to read."""

    shares: dict[str, Share]
    mistakes: tuple[str, ...]


def place_is_right(line: PlaceLine, ids: Sequence[int]) -> bool:
    """Whether the candidates are what the line wants: none, the first, or all bearers of the name."""
    offered = ids[:OFFERED]
    if not line.expected:
        return not offered
    if line.ambiguous:
        return set(line.expected) <= set(offered)
    return bool(offered) and offered[0] in line.expected


def score_places(lines: Iterable[PlaceLine], find: FindPlaces) -> Scored:
    """First choices, choices among bearers of a name, false places; then what is right in every slice."""
    read = [(line, find(line.text)) for line in lines]
    right = [(line, place_is_right(line, ids)) for line, ids in read]
    shares = {
        "first choice, unambiguous names": _share(ok for line, ok in right if line.expected and not line.ambiguous),
        "all offered, ambiguous names": _share(ok for line, ok in right if line.ambiguous),
        "false places where none is named": _share(not ok for line, ok in right if not line.expected),
    }
    for cut in dict.fromkeys(line.slice for line, _ in right):
        shares[f"right: {cut}"] = _share(ok for line, ok in right if line.slice == cut)
    wrong = (f"{line.text!r} [{line.slice}] wanted {line.expected}, got {ids}" for line, ids in read
             if not place_is_right(line, ids))  # fmt: skip
    return Scored(shares, tuple(wrong))


def kind_is_right(line: IntentLine, answer: tuple[str, str]) -> bool:
    """Whether intent and kind are both as wanted."""
    return answer[0] == line.intent and answer[1] in line.kinds


def score_intents(lines: Iterable[IntentLine], read: ReadIntent) -> Scored:
    """Danger found and danger cried in vain first, for they matter most; then intents, kinds, causes, slices."""
    answers = [(line, read(line.text)) for line in lines]
    same = [(line, answer[0] == line.intent) for line, answer in answers]
    alarms = [(line, answer[0] == "danger") for line, answer in answers]
    kinds = [(line, kind_is_right(line, answer)) for line, answer in answers if line.kinds]
    shares = {
        "danger recall": _share(cried for line, cried in alarms if line.intent == "danger"),
        "false danger, all other lines": _share(cried for line, cried in alarms if line.intent != "danger"),
        "false danger, harmless lines": _share(cried for line, cried in alarms if line.intent == "none"),
        "intent accuracy": _share(ok for _, ok in same),
        "cause accuracy of danger": _share(ok for line, ok in kinds if line.intent == "danger"),
        "kind accuracy of service": _share(ok for line, ok in kinds if line.intent == "service"),
    }
    for intent in INTENTS:
        shares[f"intent: {intent}"] = _share(ok for line, ok in same if line.intent == intent)
    for cause in CAUSES:
        shares[f"danger found: {cause}"] = _share(
            cried for line, cried in alarms if line.intent == "danger" and line.kinds[0] == cause
        )
    for cut in dict.fromkeys(line.slice for line, _ in same):
        shares[f"slice: {cut}"] = _share(ok for line, ok in same if line.slice == cut)
    wrong = (
        f"{line.text!r} [{line.slice}] wanted {line.intent} {'|'.join(line.kinds)}, got {' '.join(answer)}"
        for line, answer in answers
        if answer[0] != line.intent or (line.kinds and not kind_is_right(line, answer))
    )
    return Scored(shares, tuple(wrong))


def _share(outcomes: Iterable[bool]) -> Share:
    counted = list(outcomes)
    return Share(sum(counted), len(counted))
