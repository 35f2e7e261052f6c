"""What was done in a practice, and what was missed: every check with one line why and its source.

A check is met by a deed only: whoever did nothing has missed all of them. It looks for what must not be forgotten,
not for style, and gives no mark.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flows.texts import N_
from flows.training.hearing import Cue, cues_in, mentions
from flows.training.script import Script

FIRST_WORDS = 2  # messages within which "is it safe?" still comes first


@dataclass(frozen=True, slots=True)
class Deeds:
    """What is known of a practice at its end.

    script   which one it was, empty when nobody can tell any more (its words are gone).
    acts     what the audit notes about the case: "flag", "callsupervisor", "danger" …
    words    both sides' words in order, with whose they are.
    labels   what was answered when closing.
    """

    script: str
    acts: frozenset[str] = frozenset()
    words: tuple[tuple[str, str], ...] = ()
    labels: frozenset[str] = frozenset()
    blocked: bool = False
    told: tuple[str, ...] = field(init=False, default=())  # the operator's own words

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", tuple(words for side, words in self.words if side == "operator"))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands: an item of the checklist, or a place in the facts."""

    checklist: int = 0
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be done. `text` says what and why in one line."""

    text: str
    source: Source
    met: Callable[[Deeds, Script], bool]


@dataclass(frozen=True, slots=True)
class Review:
    """What went well and what was missed, in the order in which it comes up in a conversation."""

    good: tuple[Check, ...]
    missed: tuple[Check, ...]


def judge(script: Script, deeds: Deeds) -> Review:
    """Every check of a script, sorted into done and missed."""
    good = {name for name in script.checks if CHECKS[name].met(deeds, script)}
    return Review(
        tuple(CHECKS[name] for name in script.checks if name in good),
        tuple(CHECKS[name] for name in script.checks if name not in good),
    )


def _said(*cues: Cue) -> Callable[[Deeds, Script], bool]:
    return lambda deeds, _: any(set(cues) & cues_in(words) for words in deeds.told)


def _did(act: str) -> Callable[[Deeds, Script], bool]:
    return lambda deeds, _: act in deeds.acts


def _talked_without(forbidden: Callable[[Deeds, Script], bool]) -> Callable[[Deeds, Script], bool]:
    """Something was said, and this did not happen."""
    return lambda deeds, script: bool(deeds.told) and not forbidden(deeds, script)


def _safe_first(deeds: Deeds, _: Script) -> bool:
    return any("safe" in cues_in(words) for words in deeds.told[:FIRST_WORDS])


def _told_secret(deeds: Deeds, script: Script) -> bool:
    return any(mentions(words, script.secrets) for words in deeds.told)


def _last_word(deeds: Deeds, _: Script) -> bool:
    side, words = deeds.words[-1] if deeds.words else ("", "")
    return side == "operator" and "warm" in cues_in(words)


def _supervisor(deeds: Deeds, _: Script) -> bool:
    return "callsupervisor" in deeds.acts or deeds.blocked


def _outcome(deeds: Deeds, _: Script) -> bool:
    return "case_result" in deeds.labels


CHECKS: dict[str, Check] = {
    "safe": Check(N_("review.safe"), Source(45), _safe_first),
    "heard": Check(N_("review.heard"), Source(facts="content.md 5.1"), _said("heard")),
    "step": Check(N_("review.step"), Source(30), _said("step")),
    "calm": Check(N_("review.calm"), Source(46), _talked_without(_did("flag"))),
    "flag": Check(N_("review.flag"), Source(facts="content.md 7.14"), _did("flag")),
    "script": Check(N_("review.script"), Source(facts="content.md 1.51"), _did("danger")),
    "place": Check(N_("review.place"), Source(facts="content.md 1.51"), _said("where")),
    "help": Check(N_("review.help"), Source(facts="content.md 2.1"), _said("help")),
    "doctor": Check(N_("review.doctor"), Source(facts="content.md 7.15"), _said("doctor")),
    "supervisor": Check(N_("review.supervisor"), Source(49), _supervisor),
    "word": Check(N_("review.word"), Source(53), _said("word")),
    "secret": Check(N_("review.secret"), Source(53), _talked_without(_told_secret)),
    "line": Check(N_("review.line_child"), Source(facts="content.md 1.54"), _said("line")),
    "told": Check(N_("review.told"), Source(56), _said("told")),
    "flag_child": Check(N_("review.flag_child"), Source(facts="content.md 5.6"), _did("flag")),
    "supervisor_child": Check(N_("review.supervisor_child"), Source(56), _supervisor),
    "limit": Check(N_("review.limit"), Source(55), _said("limit")),
    "civil": Check(N_("review.civil"), Source(24), _talked_without(_said("insult"))),
    "supervisor_abuse": Check(N_("review.supervisor_abuse"), Source(55), _supervisor),
    "held": Check(N_("review.held"), Source(54), _talked_without(_did("held"))),
    "outcome": Check(N_("review.outcome"), Source(40), _outcome),
    "warm": Check(N_("review.warm"), Source(facts="safety-design.md 8.4"), _last_word),
}
