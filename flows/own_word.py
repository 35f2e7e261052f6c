"""The visitor's own word: chosen, changed, dropped. Typed in a visit it hides, on the cover it leads back.

The word is asked for twice, since it is never shown. No screen tells whether there is one: whoever holds the phone
may be reading. The edge turns a text into its mark (a keyed hash), so no flow ever passes the word on.
"""

from __future__ import annotations

from db.visit import Visit
from flows.address import word as one_of
from flows.engine import Action, Button, DropWord, KeepWord, Reply, Tally, Typed, World, go, screen
from flows.find.where import KNOWN_CITY
from flows.texts import N_
from flows.understand.intent import Understood
from flows.words import means_back, means_emergency, means_menu, means_start, words

SHORTEST, LONGEST = 4, 40  # letters and digits, with the spaces between at most three words
MOST_WORDS = 3

_WORD, _PRIVACY = go("word"), go("privacy")
_ASK, _AGAIN = "word.ask", "word.again"  # what a visit waits for; the second carries the first word's mark
# What is said above the question, by how the last answer went.
_SAID = {
    "first": N_("word.ask"),
    "unfit": N_("word.unfit"),
    "taken": N_("word.taken"),
    "other": N_("word.other"),
}


def form(text: str) -> str:
    """The text as a word: the same however its letters are cased and whatever stands around it. Empty when none."""
    found = words(text)
    joined = " ".join(found)
    return joined if len(found) <= MOST_WORDS and SHORTEST <= len(joined) <= LONGEST else ""


def word(_: Action, visit: Visit, world: World) -> Reply:
    """What an own word is good for, what is kept of it, and what happens when it is forgotten."""
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("word.choose"), go("word.set", "first")),),
        (Button(t.label("word.drop_on"), go("word.drop")),),
    )
    return Reply(visit, screen(t, t("word.text"), rows, back=_PRIVACY))


def word_set(action: Action, visit: Visit, world: World) -> Reply:
    """Asks for the word. Raises NotAnAddressError."""
    t = world.speak(visit.lang)
    said = _SAID[one_of(action, 0, _SAID)]
    return Reply(visit.but(awaiting=go(_ASK).encode()), screen(t, t(said), back=_WORD))


def word_drop(_: Action, visit: Visit, world: World) -> Reply:
    """There is no own word any more, if there was one."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("word.dropped"), back=_PRIVACY), (DropWord(),))


def waits_for_word(visit: Visit) -> bool:
    """Whether the next text is to be the visitor's own word."""
    action = Action.decode(visit.awaiting)
    return action is not None and action.name in (_ASK, _AGAIN)


def heard(typed: Typed, understood: Understood, visit: Visit, world: World) -> Reply:
    """The word, for the first or the second time."""
    if not form(typed.text) or not typed.mark:
        return word_set(go("word.set", "unfit"), visit, world)
    if _means_something(typed.text, understood, world):
        return word_set(go("word.set", "taken"), visit, world)
    action = Action.decode(visit.awaiting)
    first = action.args[0] if action and action.name == _AGAIN and action.args else ""
    if not first:
        return _again(typed.mark, visit, world)
    if first != typed.mark:
        return word_set(go("word.set", "other"), visit, world)
    t = world.speak(visit.lang)
    reply = Reply(visit.but(awaiting=""), screen(t, t("word.kept"), back=_PRIVACY))
    return Reply(reply.visit, reply.screen, (KeepWord(typed.mark), Tally("own_word")))


def _again(mark: str, visit: Visit, world: World) -> Reply:
    t = world.speak(visit.lang)
    return Reply(visit.but(awaiting=go(_AGAIN, mark).encode()), screen(t, t("word.again"), back=_WORD))


def _means_something(text: str, understood: Understood, world: World) -> bool:
    """Whether the bot reads something else in it: then it could hide when nobody wants that, or never be heard."""
    listed = means_emergency(text) or means_start(text) or means_menu(text) or means_back(text)
    searched = any(place.population >= KNOWN_CITY for place in world.places.named(text))
    told = understood.intent == "danger" or not understood.likened  # what is only guessed at is none of its meanings
    return listed or searched or (told and understood.intent not in ("none", "place"))
