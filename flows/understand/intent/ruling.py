"""What the rules say of a message by themselves: causes of danger and how sure they are, and what is asked for.

The model hears it too (`names`): it has learnt on which rules one can rely, and what their silence is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flows.understand.intent.reading import Reading
from flows.understand.intent.tables import Tables

# How sure the rules are of danger: a rule fits and a grave word stands in the message; a rule fits; only hints are
# there (heavy words, "him and me"); nothing.
Sureness = Literal["grave", "plain", "hinted", "silent"]
Wish = Literal["service", "relative", "human", "greeting", "none"]

# What grave words (2 each) and heavy words (1 each) must weigh when no rule fits, to be a hint of danger.
ENOUGH, ENOUGH_OF_SOMEBODY = 3, 2
SHORT = 6  # words: how short a message is matters to the model below this
_AFTER_SERVICES: tuple[Wish, ...] = ("relative", "human", "greeting")


@dataclass(frozen=True, slots=True)
class Ruling:
    """Causes of danger, and a wish with the kind of service it is for."""

    causes: frozenset[str]
    sureness: Sureness
    wish: Wish
    kind: str
    play: bool
    words: int

    def names(self) -> list[str]:
        """It all in names that the model was taught with."""
        told = [*sorted(self.causes), self.sureness, f"wish {self.wish}", f"words {min(self.words, SHORT)}"]
        return [*told, *([f"kind {self.kind}"] if self.kind else []), *(["play"] if self.play else [])]


def ruling(bits: Sequence[int], words: int, known: Tables) -> Ruling:
    """What the rules find in the groups of a message's words."""
    whole = Reading(bits)
    bare = earnest = whole.without(known.harmless)
    causes = bare.meanings(known.danger)
    play = whole.all & known.play(whole.all)
    if play:
        earnest = whole.apart_from(play).without(known.harmless)
        causes = (causes & {"suicide"}) | earnest.meanings(known.danger)
    sureness: Sureness = "silent"
    if causes:
        sureness = "grave" if bare.all & known.grave else "plain"
    elif _is_heavy(earnest, known) or (
        _is_about_us(earnest, known) and _is_about_us(_unkind(whole, play, known), known)
    ):
        sureness = "hinted"
    wish, kind = _wish(whole, known)
    return Ruling(causes, sureness, wish, kind, bool(play), words)


def _is_about_us(left: Reading, known: Tables) -> bool:
    """Whether a message is about somebody and the writer.

    Who writes to this bot about "him and me" in words that no table knows may be hinting at what cannot be said.
    """
    bits = known.vocabulary.bits
    return bool(left.all & bits["HE"] and left.all & bits["TOME"])


def _unkind(whole: Reading, play: int, known: Tables) -> Reading:
    """A message without the sentences in which something is kind, or denied, or play."""
    return whole.apart_from(play | known.vocabulary.bits["BENIGN"]).without(known.harmless)


def _is_heavy(bare: Reading, known: Tables) -> bool:
    """Whether the words together weigh enough, though no rule fits; less is enough when somebody is named."""
    weight = bare.weight(known.heavy, known.grave)
    return weight >= ENOUGH or (weight >= ENOUGH_OF_SOMEBODY and bool(bare.all & known.somebody))


def _wish(whole: Reading, known: Tables) -> tuple[Wish, str]:
    meant = whole.meanings(known.services)
    kind = next((rule.means for rule in known.services.rules if rule.means in meant), "")
    if kind:
        return "service", kind
    wishes = whole.meanings(known.wishes)
    return next((wish for wish in _AFTER_SERVICES if wish in wishes), "none"), ""
