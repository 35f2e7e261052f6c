"""Somebody to talk to now: the lines where people answer, and whom to find nearby."""

from __future__ import annotations

from db.visit import Visit
from flows.emergency import copies
from flows.engine import Action, Button, Reply, Tally, World, go, screen


def talk(_: Action, visit: Visit, world: World) -> Reply:
    """Which line is for whom, with the numbers to copy."""
    t = world.speak(visit.lang)
    rows = (
        *copies(t, world, "ua-lastrada-116123", "ua-1547", "ua-lifeline-7333", "ua-children-116111"),
        (Button(t.label("talk.near"), go("find.where", "talk")),),
    )
    if world.desks:
        rows = ((Button(t.label("talk.human"), go("talk.ask")),), *rows)
    return Reply(visit, screen(t, t("talk.text"), rows), (Tally("talk"),))
