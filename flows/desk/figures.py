"""Today's figures of the desk, for supervisors and coordinators: counts only, small ones suppressed (checklist 40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from db.visit import Visit
from flows.desk.frame import desk_screen
from flows.engine import Action, Reply, World

if TYPE_CHECKING:
    from flows.desk.known import Bench


def figures(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Who is on duty, who waits, what waiting is usual, per desk."""
    t = world.speak(visit.lang)
    lines = [
        t(
            "desk.figures.line",
            desk=one.desk.name(t.lang),
            on_duty=one.on_duty,
            waiting=one.waiting,
            usual=one.usual if one.usual is not None else "–",
        )
        for one in world.desks
    ]
    return Reply(visit, desk_screen(t, Markup("\n").join([t("desk.figures.text"), Markup(""), *lines])))
