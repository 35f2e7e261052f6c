"""For who worries about somebody: what to say, what not to do, where to turn."""

from __future__ import annotations

from db.visit import Visit
from flows.emergency import copies
from flows.engine import Action, Button, Reply, World, go, screen


def ally(_: Action, visit: Visit, world: World) -> Reply:
    """What helps and what may harm. Not to step between is said plainly (checklist 27)."""
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("ally.on"), go("ally.far")),),
        (Button(t.label("home.near"), go("find.where", "all")),),
    )
    return Reply(visit, screen(t, t("ally.text"), rows))


def ally_far(_: Action, visit: Visit, world: World) -> Reply:
    """How to stay in touch without doing harm, and the lines that advise relatives too."""
    t = world.speak(visit.lang)
    rows = copies(t, world, "ua-lastrada-116123", "ua-police-102")
    return Reply(visit, screen(t, t("ally.far"), rows, back=go("ally")))
