"""What follows from what a typed text means: a danger's screen, a need, a place, a person, advice, the menu."""

from __future__ import annotations

from db.places.place import Place
from db.visit import Visit
from flows import home, relatives, unread
from flows.danger import NO_NEED, NO_PLACE, danger, heard
from flows.engine import HOME, Action, Flow, Reply, World, go
from flows.find import needs, results, where
from flows.talk import lines
from flows.understand.intent import Understood

# The need that answers when somebody asks for a kind of service by name.
NEED_FOR = {
    "helpline": "talk",
    "counselling": "talk",
    "shelter": "stay",
    "crisis_room": "stay",
    "day_center": "day",
    "relief_center": "day",
    "mobile_team": "team",
    "legal_aid": "law",
    "medical": "doctor",
    "police": "police",
    "children_service": "child",
    "military_family": "army",
    "employment": "living",
    "social_services": "living",
    "anti_trafficking": "other",
    "other": "other",
    "perpetrator_programme": "anger",
}

_ANSWERS: dict[str, tuple[Action, Flow]] = {
    "relative": (go("ally"), relatives.ally),
    "human": (go("talk"), lines.talk),
    "greeting": (HOME, home.home),
}


def in_danger(meant: Understood, asked: needs.Need | None, visit: Visit, world: World) -> Reply:
    """The screen of the cause. Whatever was asked before is asked no more, only kept for "not about that"."""
    places = named(meant)
    place = places[0].id if len(places) == 1 else NO_PLACE
    action = heard(meant.kind, asked.code if asked else NO_NEED, place)
    return danger(action, visit.but(awaiting=""), world)


def answer(meant: Understood, asked: needs.Need | None, visit: Visit, world: World) -> Reply:
    """Everything else. A place answers the question that was asked before anything else is read into the text."""
    places = named(meant)
    if asked and places:
        return at_places(places, asked, visit, world)
    idle = visit.but(awaiting="")
    if meant.intent == "service":
        return _service(needs.NEEDS[NEED_FOR[meant.kind]], places, idle, world)
    if meant.intent in _ANSWERS:
        action, flow = _ANSWERS[meant.intent]
        return flow(action, idle, world)
    if places:
        return at_places(places, None, visit, world)
    return where.unknown(asked, visit, world) if asked else unread.unclear(visit, world)


def lead(meant: Understood) -> Action:
    """The address of what a text asks for: where "yes, it is safe to read" leads when that has to be asked first."""
    places = named(meant)
    if meant.intent == "service":
        return go("find.where", NEED_FOR[meant.kind])
    if meant.intent in _ANSWERS:
        return _ANSWERS[meant.intent][0]
    return go("find.at", places[0].id) if len(places) == 1 else HOME


def named(meant: Understood) -> list[Place]:
    """The places a text may mean; one alone when it is plainly that one."""
    return where.plainly([candidate.place for candidate in meant.candidates])


def at_places(places: list[Place], need: needs.Need | None, visit: Visit, world: World) -> Reply:
    """What there is in the place that was named, or which of several is meant."""
    if len(places) > 1:
        return where.choice(places, visit, world, need)
    if need:
        return results.listed(need, places[0], 0, visit, world)
    return needs.needs_at(places[0], visit, world)


def _service(need: needs.Need, places: list[Place], visit: Visit, world: World) -> Reply:
    """A kind of help by name: straight to what there is when a place was named too, else the question where."""
    if places:
        return at_places(places, need, visit, world)
    return where.where(go("find.where", need.code), visit, world)
