"""What was not understood: a kind, useful screen, never an error and never silence (checklist 31)."""

from __future__ import annotations

from db.visit import Visit
from flows.engine import Button, Reply, Row, Tally, World, go, screen
from flows.texts import Catalogue


def unclear(visit: Visit, world: World) -> Reply:
    """A text that names nothing we know. It is not repeated back and not kept."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("unread.text"), _ways(t)), (Tally("unclear"),))


def declined(visit: Visit, world: World) -> Reply:
    """A photo, a voice message, a contact: not looked at, and removed from the chat."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("unread.other"), _ways(t)), (Tally("declined"),))


def _ways(t: Catalogue) -> tuple[Row, ...]:
    return (
        (Button(t.label("home.need"), go("find")),),
        (Button(t.label("home.near"), go("find.where", "all")),),
    )
