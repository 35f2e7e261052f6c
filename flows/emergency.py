"""The emergency screens, one tap from everywhere: whom to call, and that nobody has been called.

Two screens, because a frightened person reads four short paragraphs and no more. Facts: 102 first, 112 still
being built; 116 123 and 15-47 answer round the clock; a text to 112 may bring a call or a video link back.
"""

from __future__ import annotations

from db.visit import Visit
from flows.engine import EMERGENCY, Action, Button, Reply, Row, Tally, World, go, screen
from flows.find.wording import copy_number
from flows.rows import rows_of
from flows.texts import Catalogue

# The services whose numbers can be copied here. The longest comes last, so that all fit three rows and the text
# above them stays in sight.
_COPIED = ("ua-police-102", "ua-ambulance-103", "ua-112", "ua-1547", "ua-lastrada-116123")


def sos(_: Action, visit: Visit, world: World) -> Reply:
    """Whom to call and what each of them does."""
    t = world.speak(visit.lang)
    rows = (*copies(t, world, *_COPIED), (Button(t.label("sos.on"), go("sos.more")),))
    return Reply(visit, screen(t, t("sos.text"), rows, sos=False), (Tally("emergency"),))


def sos_more(_: Action, visit: Visit, world: World) -> Reply:
    """When it is not possible to speak, and what a dispatcher asks."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("sos.more"), back=EMERGENCY, sos=False))


def copies(t: Catalogue, world: World, *slugs: str) -> tuple[Row, ...]:
    """Buttons that copy the first number of each service."""
    found = (world.directory.by_slug(slug) for slug in slugs)
    return rows_of([copy_number(service.phones[0], t) for service in found if service and service.phones])
