"""What a desk's group shows: queue cards and the board. Codes, coarse facts and times; nothing anybody has said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from flows.desk.frame import heading, waited
from flows.engine import Button, Screen, World, go
from flows.texts import Catalogue

if TYPE_CHECKING:
    from db.desk.case import Case
    from db.desk.staff import Desk
    from flows.desk.known import DeskNow

SHOWN = 6  # cases on the board


def card(case: Case, world: World, desk: Desk) -> Screen:
    """A request that waits."""
    t = _speak(world, desk)
    text = Markup("\n").join([heading(case, t, world), t("card.practice") if case.practice else t("card.waits")])
    return Screen(str(text), ((Button(t.label("card.take"), go("desk.take", case.id)),),))


def taken(case: Case, who: str, world: World, desk: Desk) -> Screen:
    """A request that somebody answers."""
    t = _speak(world, desk)
    return Screen(str(t("card.taken", name=case.code, who=who)))


def board(at: DeskNow, queue: Sequence[Case], world: World) -> Screen:
    """Who is there, who waits, and the button for the next one."""
    t = _speak(world, at.desk)
    people = sum(not case.practice for case in queue)
    parts = [t("board.text", desk=at.desk.name(t.lang), on_duty=at.on_duty, waiting=people)]
    parts += [heading(case, t, world) + Markup(" · {}").format(waited(case, t, world)) for case in queue[:SHOWN]]
    if len(queue) > SHOWN:
        parts.append(t("board.more", n=len(queue) - SHOWN))
    rows = ((Button(t.label("board.next"), go("desk.take", 0)),),) if queue else ()
    return Screen(str(Markup("\n").join(parts)), rows)


def not_staff(world: World) -> str:
    """What somebody who is no operator is told when they tap a card."""
    return world.speak("uk").label("card.private")


def _speak(world: World, desk: Desk) -> Catalogue:
    return world.speak(desk.languages[0] if desk.languages else "uk")
