"""What the words of a message mean by themselves, before anybody asks which places they name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from flows.understand.intent.letters import read_words
from flows.understand.intent.reading import Reading
from flows.understand.intent.sentence import bits_of
from flows.understand.intent.tables import CAUSES, Tables, tables

Intent = Literal["danger", "exit", "place", "service", "human", "relative", "greeting", "none"]


# What grave words (2 each) and heavy words (1 each) must weigh when no rule fits, to be taken for danger all the same.
ENOUGH, ENOUGH_OF_SOMEBODY = 3, 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """An intent with a danger's cause or a service's kind; `none` when the words say none of it."""

    intent: Intent
    kind: str = ""


NOTHING = Meaning("none")
UNTOLD = Meaning("danger", "now")
_AFTER_SERVICES: tuple[Intent, ...] = ("relative", "human", "greeting")


def nobodys_name(_: str) -> bool:
    """Without a gazetteer no word is a name."""
    return False


def meaning(text: str, is_name: Callable[[str], bool] = nobodys_name) -> Meaning:
    """Danger, or what is asked for; the text is looked at and let go. A name is never a slip of another word."""
    known = tables()
    whole = Reading(bits_of(read_words(text), known, is_name))
    if cause := _cause(whole, known):
        return Meaning("danger", cause)
    wish = _wish(whole, known)
    return UNTOLD if wish == NOTHING and _is_about_us(whole, known) else wish


def _cause(whole: Reading, known: Tables) -> str:
    """The most telling cause of danger, empty when there is none."""
    bare = whole.without(known.harmless)
    causes = bare.meanings(known.danger)
    if not causes and _is_heavy(bare, known):
        causes = frozenset({"now"})
    if known.is_play(whole.all):
        causes &= {"suicide"}
    return next((cause for cause in CAUSES if cause in causes), "")


def _is_about_us(whole: Reading, known: Tables) -> bool:
    """Whether a message is about somebody and the writer, and nothing in it is kind, nor denied, nor play.

    Who writes to this bot about "him and me" in words that no table knows may be hinting at what cannot be said.
    Better one tap too many than such a message answered with "not understood".
    """
    bits, bare = known.vocabulary.bits, whole.without(known.harmless).all
    if whole.all & bits["BENIGN"] or known.is_play(whole.all):
        return False
    return bool(bare & bits["HE"] and bare & bits["TOME"])


def _is_heavy(bare: Reading, known: Tables) -> bool:
    """Whether the words together weigh enough, though no rule fits; less is enough when somebody is named."""
    weight = bare.weight(known.heavy, known.grave)
    return weight >= ENOUGH or (weight >= ENOUGH_OF_SOMEBODY and bool(bare.all & known.somebody))


def _wish(found: Reading, known: Tables) -> Meaning:
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
