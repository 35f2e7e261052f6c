"""The menu: what is needed, in words."""

from __future__ import annotations

from db.visit import Visit
from flows.engine import Action, Button, Reply, World, go, screen


def home(_: Action, visit: Visit, world: World) -> Reply:
    """The menu. Emergency and exit stand in the frame, as on every screen."""
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("home.need"), go("find")),),
        (Button(t.label("talk.on"), go("talk")),),
        (Button(t.label("home.ally"), go("ally")),),
        (Button(t.label("home.near"), go("find.where", "all")),),
        (Button(t.label("home.privacy"), go("privacy")), Button(t.label("home.lang"), go("lang"))),
    )
    return Reply(visit, screen(t, t("home.text"), rows, back=go("hello")))
