"""A shared location: warned about first, used to find the nearest place, never kept."""

from __future__ import annotations

from db.visit import Visit
from flows.engine import Action, AskLocation, Button, Reply, World, go, screen
from flows.find.needs import need_of
from flows.find.where import ABROAD, asking, how_it_goes


def share(action: Action, visit: Visit, world: World) -> Reply:
    """What happens with a location, before any is asked for."""
    need = need_of(action)
    t = world.speak(visit.lang)
    back = go("find.where", need.code)
    rows = (
        (Button(t.label("share.yes"), go("find.ask", need.code)),),
        (Button(t.label("share.no"), back),),
    )
    return Reply(asking(need, visit), screen(t, t("share.text"), rows, back=back))


def ask(action: Action, visit: Visit, world: World) -> Reply:
    """Brings the short-lived message with the keyboard that can share a location."""
    need = need_of(action)
    t = world.speak(visit.lang)
    question = AskLocation(t.label("share.carrier"), t.label("share.send"), t.label("share.cancel"))
    shown = screen(t, t("share.asked"), back=go("find.where", need.code))
    return Reply(asking(need, visit), shown, (question,))


def outside(visit: Visit, world: World) -> Reply:
    """The point is far from every place we know: abroad, or at sea."""
    t = world.speak(visit.lang)
    rows = ((Button(t.label("share.no"), go("find.where", "all")),), how_it_goes("all", ABROAD, t))
    return Reply(visit, screen(t, t("share.outside"), rows, back=go("find")))


def labels(world: World) -> frozenset[str]:
    """What the keyboard's buttons send as text when they are tapped where no location can be read."""
    speak = (world.speak("uk"), world.speak("en"))
    return frozenset(t.label(key) for t in speak for key in ("share.send", "share.cancel"))
