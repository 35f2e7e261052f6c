"""What the words of a message mean by themselves, before anybody asks which places they name.

Rules over groups of words (`ruling`) say what they know; a model that has learnt from examples (`likeness`) hears them
and looks at every part of a message; a second, small one (`verdict`) brings together what both found. Danger is what
they find likely enough together, less being enough where a rule tells of it, and least beside a grave word: missing a
danger is far worse than a tap too many, but a silly alarm makes people leave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from flows.understand.intent.cries import cry_in
from flows.understand.intent.features import Passages
from flows.understand.intent.letters import Word, read_words
from flows.understand.intent.likeness import Likened, danger, likeness
from flows.understand.intent.ruling import Ruling, Sureness, ruling
from flows.understand.intent.sentence import bits_of
from flows.understand.intent.stretches import WHOLE
from flows.understand.intent.tables import tables
from flows.understand.intent.verdict import MOST_WORDS, length, verdict

Intent = Literal["danger", "exit", "place", "service", "human", "relative", "greeting", "none"]

# How likely danger must be in a short message, by how sure the rules are. Chosen by cross-validation; see
# tests/understanding/README.md.
NEEDED: Mapping[Sureness, float] = {"silent": 0.5, "hinted": 0.4, "plain": 0.27, "grave": 0.27}
# The same in a long one, whatever the rules say: the verdict has heard them.
LONG_NEEDED = 0.2
# The share of all that is no danger, from which the verdict counts: where rules are silent, for a single unknown word is
# no wish; and, in a short message, against theirs.
TELLS, OVERRULES = 0.6, 0.6
# The share that a cause must have to be told though a rule tells of another.
SURE_OF_A_CAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Meaning:
    """An intent with a danger's cause or a service's kind; `none` when the words say none of it."""

    intent: Intent
    kind: str = ""
    likened: bool = False  # no rule tells it, only the models


NOTHING = Meaning("none")


def nobodys_name(_: str) -> bool:
    """Without a gazetteer no word is a name."""
    return False


def meaning(text: str, is_name: Callable[[str], bool] = nobodys_name) -> Meaning:
    """Danger, or what is asked for; the text is looked at and let go. A name is never a slip of another word."""
    words = read_words(text)
    if not words:
        return NOTHING
    if cry := cry_in(words):
        return Meaning("danger", cry)
    likened, ruled = looked_at(words, is_name)
    labels = verdict(likened, ruled)
    if _likely(likened, labels, ruled) >= (LONG_NEEDED if length(ruled) == "long" else NEEDED[ruled.sureness]):
        return Meaning("danger", _cause(likened.worst(), labels, ruled), likened=not ruled.causes)
    return _wish(labels, ruled)


def looked_at(words: tuple[Word, ...], is_name: Callable[[str], bool] = nobodys_name) -> tuple[Likened, Ruling]:
    """What the first model and the rules find: all that a verdict is made from."""
    known = tables()
    bits = bits_of(words, known, is_name)
    ruled = ruling(bits, len(words), known)
    return likeness().read(Passages(words, bits, known.vocabulary, ruled.names())), ruled


def says_something(text: str) -> bool:
    """Whether any word of a text is one of the tables: of a text in the wrong layout none is."""
    return any(map(tables().vocabulary.knows_word, read_words(text)))


def _likely(likened: Likened, labels: Mapping[str, float], ruled: Ruling) -> float:
    """How likely danger is. In a long message the worst part is no judge; in a short one two see more than one."""
    judged = danger(labels)
    return judged if length(ruled) == "long" else (judged + danger(likened.worst())) / 2


def _cause(worst: Mapping[str, float], labels: Mapping[str, float], ruled: Ruling) -> str:
    """The likeliest cause: of a message as long as some that the verdict was taught with by both models; else among
    those of the rules, if they found any and the model is of no firm mind."""
    if WHOLE < ruled.words <= MOST_WORDS:
        return _likest("danger", {label: share * worst[label] ** 0.5 for label, share in labels.items()})
    surest = _likest("danger", worst)
    if not ruled.causes or (worst[f"danger {surest}"] > SURE_OF_A_CAUSE and ruled.words <= WHOLE):
        return surest
    return max(sorted(ruled.causes), key=lambda cause: worst[f"danger {cause}"])


def _wish(labels: Mapping[str, float], ruled: Ruling) -> Meaning:
    """What is asked for, when it is no danger."""
    totals: dict[str, float] = {}
    for label, share in labels.items():
        intent = label.partition(" ")[0]
        totals[intent] = totals.get(intent, 0.0) + share
    del totals["danger"]
    best = max(totals, key=totals.__getitem__)
    sure = totals[best] / sum(totals.values())
    if length(ruled) == "short" and ruled.wish != "none" and sure < OVERRULES:
        best = ruled.wish
    elif best in ("place", "none") or sure < TELLS:
        return NOTHING
    kind = _likest("service", labels) if best == "service" else ""
    return Meaning(cast("Intent", best), kind, likened=best != ruled.wish)


def _likest(intent: str, labels: Mapping[str, float]) -> str:
    """The likeliest kind of an intent."""
    found = max((label for label in labels if label.startswith(f"{intent} ")), key=labels.__getitem__)
    return found.partition(" ")[2]
