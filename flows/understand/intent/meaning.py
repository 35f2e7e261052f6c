"""What the words of a message mean by themselves, before anybody asks which places they name.

Two readers look at every message: rules over groups of words (`ruling`), and a model that has learnt from examples
(`likeness`) and hears what the rules say. Danger is what either is sure of. The model may take back what a rule says
only when it finds nearly no danger in the message, and less easily when the rule stood on a grave word: missing a
danger is far worse than a tap too many, but a silly alarm makes people leave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from flows.understand.intent.cries import cry_in
from flows.understand.intent.features import Passages
from flows.understand.intent.letters import Word, read_words
from flows.understand.intent.likeness import danger, likeness
from flows.understand.intent.ruling import Ruling, Sureness, ruling
from flows.understand.intent.sentence import bits_of, sentences
from flows.understand.intent.stretches import WHOLE
from flows.understand.intent.tables import CAUSES, tables

Intent = Literal["danger", "exit", "place", "service", "human", "relative", "greeting", "none"]

# The share of danger in the model's likeness from which a message is danger, by how sure the rules are. Chosen by
# cross-validation; see tests/understanding/README.md.
NEEDED: Mapping[Sureness, float] = {"silent": 0.4, "hinted": 0.3, "plain": 0.25, "grave": 0.3}
UNENDING = 40  # words of a sentence: full stops are missing
# The same beside such a sentence, in which the talk around a danger cannot be told from it and lowers its share.
UNPARTED: Mapping[Sureness, float] = {**NEEDED, "plain": 0.1, "grave": 0.1}
# The share that a cause must have to be told though a rule tells of another.
SURE_OF_A_CAUSE = 0.5
# The share of all that is no danger, from which the model's word counts: where rules are silent, and against theirs.
TELLS, OVERRULES = 0.5, 0.9


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
    shares = likeness().most_dangerous(Passages(words, bits, known.vocabulary, ruled.names()))
    if danger(shares) >= _needed(words, ruled):
        return Meaning("danger", _cause(ruled, shares), likened=not ruled.causes)
    return _wish(ruled, shares)


def _needed(words: Sequence[Word], ruled: Ruling) -> float:
    longest = max([end - first for first, end in sentences([one.opens for one in words])])
    return (UNPARTED if longest > UNENDING else NEEDED)[ruled.sureness]


def says_something(text: str) -> bool:
    """Whether any word of a text is one of the tables: of a text in the wrong layout none is."""
    return any(map(tables().vocabulary.knows_word, read_words(text)))


def _cause(ruled: Ruling, shares: Mapping[str, float]) -> str:
    """The cause that the model finds most like, among those of the rules where they found any.

    Of a short message the model may be surer than the rules; of a long one it has seen only a stretch.
    """
    among = [cause for cause in CAUSES if cause in ruled.causes] or CAUSES
    surest = max(CAUSES, key=lambda cause: shares[f"danger {cause}"])
    if shares[f"danger {surest}"] > SURE_OF_A_CAUSE and ruled.words <= WHOLE:
        return surest
    return max(among, key=lambda cause: shares[f"danger {cause}"])


def _wish(ruled: Ruling, shares: Mapping[str, float]) -> Meaning:
    """What is asked for: by the rules, or by the model where they are silent or it is sure of something else.

    A service that the rules name is what was asked for: it stands in the message, word for word.
    """
    told = Meaning(ruled.wish, ruled.kind)
    if told.intent == "service":
        return told
    safe = 1 - danger(shares)
    totals: dict[str, float] = {}
    for label, share in shares.items():
        intent = label.partition(" ")[0]
        totals[intent] = totals.get(intent, 0.0) + share
    del totals["danger"]
    best = max(totals, key=totals.__getitem__)
    if totals[best] < (TELLS if told == NOTHING else OVERRULES) * safe or best == told.intent:
        return told
    if best in ("place", "none"):
        return NOTHING
    return Meaning(cast("Intent", best), _likest_kind(shares) if best == "service" else "")


def _likest_kind(shares: Mapping[str, float]) -> str:
    kinds = [label for label in shares if label.startswith("service ")]
    return max(kinds, key=shares.__getitem__).partition(" ")[2]
