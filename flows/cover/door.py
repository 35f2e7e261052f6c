"""Who may come in from the cover. Nobody there has a visit: whoever comes back is a stranger.

Without an own word /start, a greeting or one of the neutral words leads in, and so does whatever plainly asks for
help; anything else is answered by the cover. With an own word everything stays on the cover, and only that word
leads in; who asks for help there finds the useful numbers. The cover answers to a text by what the text says and
never by whether a word exists, so a wrong word looks like anything else typed there.
"""

from __future__ import annotations

from db.visit import Lang
from flows.cover.cards import is_card, numbers, sun_at, tip_of
from flows.desk.team import code_in
from flows.engine import EXIT, Action, Event, Located, OwnWord, Started, Tapped, Typed, World
from flows.find.where import plainly
from flows.understand.intent import Understood, read
from flows.words import begs, means_back, means_emergency, means_menu, means_start

_ASKS = frozenset({"danger", "service", "human", "relative"})  # what leads in when nobody locked the door


def answer(event: Event, world: World, *, locked: bool) -> Action | Event:
    """The card of the cover that answers somebody without a visit, or the event with which the visitor comes in."""
    match event:
        case Tapped(action) if action is not None and is_card(action):
            return action
        case Started() | Tapped() if not locked or event == Tapped(EXIT):
            return event
        case OwnWord():
            return Started()
        case Typed(text):
            return _typed(text, event, world, locked=locked)
        case Located(lat, lon):
            near = world.places.near(lat, lon)
            return sun_at(near, "uk") if near else tip_of(world, "uk")
        case _:
            return tip_of(world, "uk")


def _typed(text: str, event: Event, world: World, *, locked: bool) -> Action | Event:
    """A text: out at any time; help by the card that is there for it; a town's sun; otherwise today's tip."""
    understood = read(text, world.places)
    if understood.intent == "exit":
        return event
    lang = language(text)
    asks = understood.intent in _ASKS and not understood.likened  # a guess is no reason to leave the cover
    if means_emergency(text) or begs(text) or asks:
        return numbers(lang) if locked else event
    if not locked and code_in(text):  # a colleague with an invitation
        return event
    if not locked and (means_start(text) or means_menu(text) or means_back(text) or understood.intent == "greeting"):
        return Started()
    return _about(understood, lang, world)


def _about(understood: Understood, lang: Lang, world: World) -> Action:
    named = plainly([candidate.place for candidate in understood.candidates])
    return sun_at(named[0], lang) if named else tip_of(world, lang)


def language(text: str) -> Lang:
    """The language to answer a stranger's text in: their letters are all there is to go by."""
    letters = [letter for letter in text if letter.isalpha()]
    return "en" if letters and all(letter.isascii() for letter in letters) else "uk"
