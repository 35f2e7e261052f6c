"""The single door: an event, who is there and what is known give a reply.

Order for typed text: exit words, cries for help, danger, commands, the visitor's own word or the place that was asked
for, then what else the text means (a service, advice, a person, a place, a greeting), and otherwise a kind screen.
Nothing typed is stored or repeated back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from db.visit import Visit
from flows import (
    danger,
    emergency,
    exit,  # noqa: A004 (a conversation)
    home,
    links,
    meant,
    own_word,
    phone,
    privacy,
    relatives,
    unread,
    welcome,
)
from flows.acts import Carried, Join
from flows.address import NotAnAddressError
from flows.desk import team
from flows.engine import (
    EMERGENCY,
    EXIT,
    HOME,
    Action,
    Event,
    Flow,
    Located,
    Other,
    OwnWord,
    Reply,
    Started,
    Tally,
    Tapped,
    Typed,
    World,
    go,
)
from flows.find import card, narrow, nearby, needs, results, steps, where
from flows.talk import asking, conversation, lines, requests
from flows.understand.intent import Understood, read
from flows.words import begs, means_emergency, means_menu, means_start

FLOWS: dict[str, Flow] = {
    "hello": welcome.hello,
    "hello.in": welcome.hello_in,
    "hello.again": welcome.again,
    "lang": welcome.lang,
    "lang.in": welcome.lang_in,
    "home": home.home,
    "sos": emergency.sos,
    "sos.more": emergency.sos_more,
    "danger": danger.danger,
    "danger.not": danger.danger_not,
    "talk": lines.talk,
    "talk.ask": asking.ask,
    "talk.safe": asking.safe,
    "talk.unsure": asking.unsure,
    "talk.who": asking.who,
    "talk.desk": asking.desk,
    "talk.topic": asking.topic,
    "talk.when": asking.when,
    "talk.send": asking.send,
    "talk.keep": asking.keep,
    "talk.detail": requests.detail,
    "talk.case": conversation.case,
    "talk.earlier": conversation.earlier,
    "talk.word": conversation.own_word,
    "talk.back": conversation.back,
    "talk.leave": conversation.leave,
    "talk.left": conversation.left,
    "ally": relatives.ally,
    "ally.far": relatives.ally_far,
    "privacy": privacy.privacy,
    "privacy.exit": privacy.privacy_exit,
    "privacy.chat": privacy.privacy_chat,
    "word": own_word.word,
    "word.set": own_word.word_set,
    "word.drop": own_word.word_drop,
    "phone": phone.phone,
    "phone.about": phone.about,
    "exit": exit.leave,
    "find": needs.find,
    "find.at": needs.find_at,
    "find.where": where.where,
    "find.towns": where.towns,
    "find.districts": where.districts,
    "find.same": where.same,
    "find.share": nearby.share,
    "find.ask": nearby.ask,
    "find.list": results.results,
    "find.only": narrow.only,
    "find.card": card.card,
    "find.way": card.way,
    "find.pass": card.pass_on,
    "find.steps": steps.steps,
    "find.cases": steps.cases,
}

# Questions of the desk that a typed text answers: not a word of it is read for anything else.
ANSWERS: dict[str, Callable[[Action, str, Visit, World], Reply]] = {
    "talk.detail": requests.typed,
    "talk.word": conversation.keep_word,
    "talk.back": conversation.come_back,
    "join": team.joins,
}

# What a whole message means anywhere.
COMMANDS: tuple[tuple[Callable[[str], bool], Action], ...] = (
    (means_start, go("hello")),
    (means_menu, HOME),
)
# What is asked for with a plea is answered; a plea for nothing in particular is a cry for help.
_PARTICULAR = frozenset({"service", "human", "relative", "place"})


def decide(event: Event, visit: Visit, world: World) -> Reply:
    """What happens next for one visitor."""
    match event:
        case Started(code):
            reply = follow(links.opened_by(code), visit, world)
            return replace(reply, effects=(Tally("start"),))
        case Tapped(action):
            return follow(action, visit, world)
        case OwnWord():
            return exit.leave(EXIT, visit, world)
        case Typed():
            return typed(event, visit, world)
        case Located(lat, lon):
            return located(lat, lon, visit, world)
        case Other(media) if visit.case:
            return conversation.sent_media(visit, world, fit=media)
        case Other():
            return unread.declined(visit, world)
        case Carried(act=Join()):
            return team.joined(event, visit, world)
        case Carried():
            return conversation.carried(event, visit, world)


def follow(action: Action | None, visit: Visit, world: World) -> Reply:
    """The screen at an address; home for an address that is none of ours."""
    if action == EXIT:
        return exit.leave(EXIT, visit, world)
    visit = visit.but(awaiting="")
    flow = FLOWS.get(action.name) if action else None
    if action is None or flow is None:
        action, flow = HOME, home.home
    if not visit.taught and action.name not in welcome.OPEN:
        return welcome.before(action, visit, world)
    try:
        return flow(action, visit, world)
    except NotAnAddressError:
        return follow(HOME, visit, world)


def typed(event: Typed, visit: Visit, world: World) -> Reply:
    """The answer to a text, in the order above."""
    text = event.text
    understood = read(text, world.places)
    asked = Action.decode(visit.awaiting)
    if asked is not None and asked.name in ANSWERS and understood.intent != "exit":
        return ANSWERS[asked.name](asked, text, visit, world)
    if code := team.code_in(text):
        return team.asks_to_join(code, visit, world)
    action = _cried(text, understood)
    if visit.case and action != EXIT:
        urgent = action == EMERGENCY or understood.intent == "danger"
        return conversation.said(text, visit, world, urgent=urgent)
    need = _asked_for(visit)
    only_begs = understood.likened and understood.kind == "now" and begs(text)
    if action is None and understood.intent == "danger" and not only_begs:
        return meant.in_danger(understood, need, visit, world)
    action = action or _commanded(text, understood, need, world)
    if action:
        return follow(action, visit, world)
    if not visit.taught:
        return welcome.before(meant.lead(understood), visit, world)
    if own_word.waits_for_word(visit):
        return own_word.heard(event, understood, visit, world)
    return meant.answer(understood, need, visit, world)


def _cried(text: str, understood: Understood) -> Action | None:
    """What goes before everything: out, and the emergency numbers."""
    if understood.intent == "exit":
        return EXIT
    return EMERGENCY if means_emergency(text) else None


def _commanded(text: str, understood: Understood, need: needs.Need | None, world: World) -> Action | None:
    """A word that works everywhere, a plea for nothing in particular, or a tap that arrived as text."""
    for means, action in COMMANDS:
        if means(text):
            return action
    guessed = understood.intent == "human" and understood.likened
    if begs(text) and (guessed or understood.intent not in _PARTICULAR):
        return EMERGENCY
    if text in nearby.labels(world):
        return go("find.where", need.code if need else "all")
    return None


def located(lat: float, lon: float, visit: Visit, world: World) -> Reply:
    """The answer to a shared location."""
    place = world.places.near(lat, lon)
    if place is None:
        return nearby.outside(visit, world)  # nothing there needs the first minute: numbers, and how to go on
    if not visit.taught:
        return welcome.before(go("find.at", place.id), visit, world)
    return meant.at_places([place], _asked_for(visit), visit, world)


def _asked_for(visit: Visit) -> needs.Need | None:
    """The need whose place was asked for, None when nothing was asked."""
    action = Action.decode(visit.awaiting)
    if action is None or action.name != "find.where":
        return None
    return needs.NEEDS.get(action.args[0] if action.args else "")
