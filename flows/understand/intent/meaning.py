"""What the words of a message mean by themselves, before anybody asks which places they name.

Two readers look at every message: rules over groups of words (`rules`), and a model that has learnt from examples
(`likeness`). Danger is what either is sure of. The model may take back what a rule says only when it finds nearly no
danger in the message, and less easily when the rule stood on a grave word: missing a danger is far worse than a tap
too many, but a silly alarm makes people leave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from flows.understand.intent.features import stretches
from flows.understand.intent.letters import read_words
from flows.understand.intent.likeness import danger, likeness, most_dangerous
from flows.understand.intent.reading import Reading
from flows.understand.intent.sentence import bits_of
from flows.understand.intent.tables import CAUSES, Tables, tables

Intent = Literal["danger", "exit", "place", "service", "human", "relative", "greeting", "none"]

# What grave words (2 each) and heavy words (1 each) must weigh when no rule fits, to be taken for danger all the same.
ENOUGH, ENOUGH_OF_SOMEBODY = 3, 2

# The share of danger in the model's likeness from which a message is danger: when no rule says so, when only hints
# do (heavy words, "him and me"), when a rule does, when a rule does and a grave word stands in the message. Chosen on
# utterances that neither rules nor model had seen; see tests/understanding/README.md.
ALONE, HINTED, RULED, RULED_AND_GRAVE = 0.5, 0.4, 0.12, 0.08
# The share of all that is no danger, from which the model's word counts: where rules are silent, and against theirs.
TELLS, OVERRULES = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Meaning:
    """An intent with a danger's cause or a service's kind; `none` when the words say none of it."""

    intent: Intent
    kind: str = ""
    likened: bool = False  # a danger that no rule tells, only the model


NOTHING = Meaning("none")
_AFTER_SERVICES: tuple[Intent, ...] = ("relative", "human", "greeting")


def nobodys_name(_: str) -> bool:
    """Without a gazetteer no word is a name."""
    return False


def meaning(text: str, is_name: Callable[[str], bool] = nobodys_name) -> Meaning:
    """Danger, or what is asked for; the text is looked at and let go. A name is never a slip of another word."""
    known = tables()
    words = read_words(text)
    bits = bits_of(words, known, is_name)
    if not words:
        return NOTHING
    model = likeness()
    shares = most_dangerous(model.shares(one) for one in stretches(words, bits, known.vocabulary))
    whole = Reading(bits)
    causes, needed = _causes(whole, known)
    if danger(shares) >= needed:
        return Meaning("danger", _cause(causes, shares), likened=not causes)
    return _wish(whole, known, shares)


def _causes(whole: Reading, known: Tables) -> tuple[frozenset[str], float]:
    """The causes of danger that rules find, and how much of it the model must find too."""
    bare = whole.without(known.harmless)
    causes = bare.meanings(known.danger)
    play = known.is_play(whole.all)
    if play:
        causes &= {"suicide"}
    if causes:
        return causes, RULED_AND_GRAVE if bare.all & known.grave else RULED
    hinted = not play and (_is_heavy(bare, known) or _is_about_us(whole, bare, known))
    return causes, HINTED if hinted else ALONE


def _cause(causes: frozenset[str], shares: Mapping[str, float]) -> str:
    """The cause that the model finds most like, among those of the rules where they found any."""
    among = [cause for cause in CAUSES if cause in causes] or CAUSES
    surest = max(CAUSES, key=lambda cause: shares[f"danger {cause}"])
    if shares[f"danger {surest}"] > ALONE:
        return surest
    return max(among, key=lambda cause: shares[f"danger {cause}"])


def _is_about_us(whole: Reading, bare: Reading, known: Tables) -> bool:
    """Whether a message is about somebody and the writer, and nothing in it is kind, nor denied.

    Who writes to this bot about "him and me" in words that no table knows may be hinting at what cannot be said.
    """
    bits = known.vocabulary.bits
    return not whole.all & bits["BENIGN"] and bool(bare.all & bits["HE"] and bare.all & bits["TOME"])


def _is_heavy(bare: Reading, known: Tables) -> bool:
    """Whether the words together weigh enough, though no rule fits; less is enough when somebody is named."""
    weight = bare.weight(known.heavy, known.grave)
    return weight >= ENOUGH or (weight >= ENOUGH_OF_SOMEBODY and bool(bare.all & known.somebody))


def _wish(found: Reading, known: Tables, shares: Mapping[str, float]) -> Meaning:
    """What is asked for: by the rules, or by the model where they are silent or it is sure of something else."""
    ruled = _ruled(found, known)
    safe = 1 - danger(shares)
    totals: dict[str, float] = {}
    for label, share in shares.items():
        intent = label.partition(" ")[0]
        totals[intent] = totals.get(intent, 0.0) + share
    del totals["danger"]
    best = max(totals, key=totals.__getitem__)
    if totals[best] < (TELLS if ruled == NOTHING else OVERRULES) * safe or best == ruled.intent:
        return ruled
    if best in ("place", "none"):
        return NOTHING
    return Meaning(cast("Intent", best), _likest_kind(shares) if best == "service" else "")


def _likest_kind(shares: Mapping[str, float]) -> str:
    kinds = [label for label in shares if label.startswith("service ")]
    return max(kinds, key=shares.__getitem__).partition(" ")[2]


def _ruled(found: Reading, known: Tables) -> Meaning:
    wishes = found.meanings(known.wishes)
    kind = _kind(found, known)
    if kind:
        return Meaning("service", kind)
    for intent in _AFTER_SERVICES:
        if intent in wishes:
            return Meaning(intent)
    return NOTHING


def _kind(found: Reading, known: Tables) -> str:
    meant = found.meanings(known.services)
    return next((rule.means for rule in known.services.rules if rule.means in meant), "")
