"""From a typed text to what is meant: danger and its cause, a way out, a kind of help, a person, a place, a greeting.

Everything happens here and now: tables of words and rules (`tables`), read without network, kept nowhere. Danger
wins over everything but an exit word; an exit word is only a whole message.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.places.places import Places
from flows.understand.intent.cries import cries
from flows.understand.intent.likeness import likeness
from flows.understand.intent.meaning import NOTHING, Intent, Meaning, meaning, says_something
from flows.understand.intent.tables import CAUSES, tables
from flows.understand.intent.verdict import judges
from flows.understand.intent.whole import means_exit
from flows.understand.places import Candidate, find, lexicon_of
from flows.understand.places.folding import sounds
from flows.understand.places.layout import retyped

__all__ = ["CAUSES", "Intent", "Understood", "prepare", "read"]

A_NAME = 2  # words, at most, that are a place's name rather than what only the models would find


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text means. `kind` is a danger's cause or a service's kind; `candidates` are the places it names.

    `likened` is what only the models find: what a rule tells is surer.
    """

    intent: Intent
    kind: str = ""
    candidates: tuple[Candidate, ...] = ()
    likened: bool = False


def read(text: str, places: Places) -> Understood:
    """The meaning of a text of any length; it never raises."""
    if means_exit(text):
        return Understood("exit")
    names = lexicon_of(places).forms
    found = meaning(text, lambda word: any(sound in names for sound in sounds(word)))
    candidates = tuple(find(text, places))
    if candidates and (found.intent in ("none", "greeting") or (found.likened and len(text.split()) <= A_NAME)):
        return Understood("place", "", candidates)
    if found == NOTHING and not candidates:
        found = _in_the_other_layout(text)
    return Understood(found.intent, found.kind, candidates, found.likened)


def _in_the_other_layout(text: str) -> Meaning:
    """ "gjvjubnt" is "помогите" on a keyboard left in the Latin layout; only what is sure counts.

    Most messages are Cyrillic or long and never retyped; of the others one with a word that is known is meant so.
    """
    others = retyped(text)
    if not others or says_something(text):
        return NOTHING
    return next((one for one in map(meaning, others) if one != NOTHING and not one.likened), NOTHING)


def prepare(places: Places) -> None:
    """Makes what is made once, so that the first person does not wait for it."""
    tables()
    cries()
    likeness()
    judges()
    lexicon_of(places)
    places.named("")  # makes the register of names
