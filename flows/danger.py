"""Something serious may have been written: it is acknowledged, numbers that fit stand first, and it can be waved away.

One screen per cause. The cause, and the place the text may have named, are all that is carried on, in the button's
address; the text itself is gone (checklist 32, 33, 34). Facts of the texts: choking needs a doctor even without
marks (7.10, 7.15); after rape the hours that count (4.3, 4.5) and care without a report (4.6); threats are violence
by law (1.2); a text to 112 may bring a call back (2.5); for a child nobody's consent is waited for (5.6).
"""

from __future__ import annotations

from markupsafe import Markup

from db.directory.directory import UnknownPhone
from db.visit import Visit
from flows.address import NotAnAddressError, number, word
from flows.emergency import copies, sos
from flows.engine import EMERGENCY, HOME, Action, Button, Reply, Tally, World, go, screen
from flows.find.needs import NEEDS
from flows.texts import N_

# What is said for each cause, and whose numbers can be copied.
_CAUSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "now": (N_("danger.now"), ("ua-police-102", "ua-ambulance-103")),
    "weapon": (N_("danger.weapon"), ("ua-police-102", "ua-ambulance-103")),
    "choking": (N_("danger.choking"), ("ua-ambulance-103", "ua-police-102")),
    "threat": (N_("danger.threat"), ("ua-police-102", "ua-lastrada-116123")),
    "rape": (N_("danger.rape"), ("ua-lastrada-116123", "ua-ambulance-103", "ua-police-102")),
    "locked": (N_("danger.locked"), ("ua-police-102", "ua-112")),
    "child": (N_("danger.child"), ("ua-police-102", "ua-children-116111")),
    "suicide": (N_("danger.suicide"), ("ua-lifeline-7333", "ua-ambulance-103")),
}
NO_NEED, NO_PLACE = "none", 0


def heard(cause: str, need: str, place: int) -> Action:
    """The address of a danger's screen; `need` and `place` are where "not about that" leads, when they are known."""
    return go("danger", cause, need, place)


def danger(action: Action, visit: Visit, world: World) -> Reply:
    """The screen for a cause. Raises NotAnAddressError."""
    cause, otherwise = word(action, 0, _CAUSES), _otherwise(action, world)
    key, slugs = _CAUSES[cause]
    t = world.speak(visit.lang)
    try:
        text = Markup("\n\n").join([t("danger.heard"), t(key), t("danger.talk")])
    except UnknownPhone:  # a directory without one of these lines: the emergency card says what it can
        return sos(EMERGENCY, visit, world)
    rows = (
        *copies(t, world, *slugs),
        (Button(t.label("talk.on"), go("talk")),),
        (Button(t.label("danger.not_that"), otherwise),),
    )
    return Reply(visit, screen(t, text, rows), (Tally("danger", cause),))


def danger_not(_: Action, visit: Visit, world: World) -> Reply:
    """It was about something else: no fuss, and the ways on."""
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("home.need"), go("find")),),
        (Button(t.label("home.ally"), go("ally")),),
        (Button(t.label("talk.on"), go("talk")),),
    )
    return Reply(visit, screen(t, t("danger.not"), rows, back=HOME), (Tally("danger_not"),))


def _otherwise(action: Action, world: World) -> Action:
    """Where "not about that" leads: to what the text named besides, else to the ways on."""
    need = word(action, 1, (*NEEDS, NO_NEED))
    place = number(action, 2)
    if place != NO_PLACE and world.places.get(place) is None:
        raise NotAnAddressError(action.name)
    if place != NO_PLACE:
        return go("find.at", place) if need == NO_NEED else go("find.list", need, place, 0)
    return go("danger.not") if need == NO_NEED else go("find.where", need)
