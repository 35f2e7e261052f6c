"""What the words of a message mean by themselves, before anybody asks which places they name.

Two readers look at every message: rules over groups of words (`ruling`), and a model that has learnt from examples
(`likeness`) and hears what the rules say. Danger is what either is sure of. The model may take back what a rule says
only when it finds nearly no danger in the message, and less easily when the rule stood on a grave word: missing a
danger is far worse than a tap too many, but a silly alarm makes people leave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from flows.understand.intent.cries import cry_in
from flows.understand.intent.features import Passages
from flows.understand.intent.letters import read_words
from flows.understand.intent.likeness import danger, likeness
from flows.understand.intent.ruling import Ruling, Sureness, ruling
from flows.understand.intent.sentence import bits_of
from flows.understand.intent.tables import tables
from flows.understand.intent.verdict import length, verdict

Intent = Literal["danger", "exit", "place", "service", "human", "relative", "greeting", "none"]

# The share of danger in the model's likeness from which a message is danger, by how sure the rules are. Chosen by
# cross-validation; see tests/understanding/README.md.
NEEDED: Mapping[Sureness, float] = {"silent": 0.4, "hinted": 0.3, "plain": 0.25, "grave": 0.3}
# The same for a message of more than `WHOLE` words: of the verdict on all of it.
LONG_NEEDED = 0.2
# The share that a cause must have to be told though a rule tells of another.
SURE_OF_A_CAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Meaning:
    """An intent with a danger's cause or a service's kind; `none` when the words say none of it."""

    intent: Intent
    kind: str = ""
    likened: bool = False  # a danger that no rule tells, only the model


NOTHING = Meaning("none")


def nobodys_name(_: str) -> bool:
    """Without a gazetteer no word is a name."""
    return False


def meaning(text: str, is_name: Callable[[str], bool] = nobodys_name) -> Meaning:
    """Danger, or what is asked for; the text is looked at and let go. A name is never a slip of another word."""
    known = tables()
    words = read_words(text)
    if not words:
        return NOTHING
    if cry := cry_in(words):
        return Meaning("danger", cry)
    bits = bits_of(words, known, is_name)
    ruled = ruling(bits, len(words), known)
    likened = likeness().read(Passages(words, bits, known.vocabulary, ruled.names()))
    labels = verdict(likened, ruled)
    cause = _cause_in_long(labels) if length(ruled) == "long" else _cause_in_short(likened.worst(), ruled)
    return Meaning("danger", cause, likened=not ruled.causes) if cause else _wish(labels)


def says_something(text: str) -> bool:
    """Whether any word of a text is one of the tables: of a text in the wrong layout none is."""
    return any(map(tables().vocabulary.knows_word, read_words(text)))


def _cause_in_short(shares: Mapping[str, float], ruled: Ruling) -> str:
    """The likeliest cause, among those of the rules if they found any and the model is of no firm mind; empty when
    there is no danger."""
    if danger(shares) < NEEDED[ruled.sureness]:
        return ""
    surest = _likest("danger", shares)
    if shares[f"danger {surest}"] > SURE_OF_A_CAUSE or not ruled.causes:
        return surest
    return max(sorted(ruled.causes), key=lambda cause: shares[f"danger {cause}"])


def _cause_in_long(labels: Mapping[str, float]) -> str:
    """The likeliest cause, when all that is said makes danger likely enough."""
    return _likest("danger", labels) if danger(labels) >= LONG_NEEDED else ""


def _wish(labels: Mapping[str, float]) -> Meaning:
    """What is asked for, when it is no danger."""
    totals: dict[str, float] = {}
    for label, share in labels.items():
        intent = label.partition(" ")[0]
        totals[intent] = totals.get(intent, 0.0) + share
    del totals["danger"]
    best = max(totals, key=totals.__getitem__)
    if best in ("place", "none"):
        return NOTHING
    return Meaning(cast("Intent", best), _likest("service", labels) if best == "service" else "")


def _likest(intent: str, labels: Mapping[str, float]) -> str:
    """The likeliest kind of an intent."""
    found = max((label for label in labels if label.startswith(f"{intent} ")), key=labels.__getitem__)
    return found.partition(" ")[2]
