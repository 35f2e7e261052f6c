"""When one operator is not enough: handing over, the urgent flag, the supervisor.

A hand-over goes with a note, so that the visitor need not repeat anything, and whoever takes over first asks again
whether it is safe to write (checklist 51). A flagged case is closed only by a supervisor (checklist 49).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from db.visit import Visit
from flows.acts import CallSupervisor, Flag, HandOver, TakeOver
from flows.address import number
from flows.desk.case import CASE, nothing_active
from flows.desk.frame import desk_screen, heading, told
from flows.engine import Action, Button, Reply, Screen, World, go
from flows.exchange import EARLIER, operators_view
from flows.rows import rows_of
from flows.texts import N_

if TYPE_CHECKING:
    from flows.desk.known import Bench

TO_QUEUE = 0


def hand(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """To whom: colleagues on duty, or the queue."""
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    here = () if bench.active.practice else bench.colleagues  # nobody is called to a case without a person
    buttons = [Button(one.name, go("desk.hand.to", one.num)) for one in here if one.state == "on"]
    rows = (*rows_of(buttons), (Button(t.label("desk.hand.queue"), go("desk.hand.to", TO_QUEUE)),))
    return Reply(visit, desk_screen(t, t("desk.hand.text", name=bench.active.code), rows, back=CASE))


def hand_to(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A note is asked for; it stays at the desk."""
    to = number(action, 0)
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    rows = ((Button(t.label("desk.hand.no_note"), go("desk.hand.now", to)),),)
    shown = desk_screen(t, t("desk.hand.note", name=bench.active.code), rows, back=go("desk.hand"))
    return Reply(visit.but(awaiting=action.encode()), shown)


def hand_now(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Without a note."""
    to = number(action, 0)
    return Reply(visit, None, (HandOver(to),)) if bench.active else nothing_active(visit, world)


def noted(action: Action, text: str, visit: Visit, world: World, bench: Bench) -> Reply:
    """With the note that was typed."""
    if bench.active is None:
        return nothing_active(visit, world)
    return Reply(visit.but(awaiting=""), None, (HandOver(number(action, 0), text.strip()),))


def flag(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Urgent: it goes before everything else and cannot be closed alone."""
    return Reply(visit, None, (Flag(True),)) if bench.active else nothing_active(visit, world)


def calm(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A supervisor takes the flag off."""
    return Reply(visit, None, (Flag(False),)) if bench.active else nothing_active(visit, world)


def call(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A supervisor is asked to look."""
    return Reply(visit, None, (CallSupervisor(),)) if bench.active else nothing_active(visit, world)


def look(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A supervisor reads a case somebody asked for help with, and may take it over."""
    t = world.speak(visit.lang)
    wanted = number(action, 0)
    if not bench.me.supervises or bench.looked is None or bench.looked.case.id != wanted:
        return told(visit, t, N_("desk.gone"))
    seen = bench.looked
    at = number(action, 1) if len(action.args) > 1 else 0
    page = operators_view(seen.lines, t, seen.operator, at)
    parts = [heading(seen.case, t, world), page.words]
    before = ((Button(t.label(EARLIER), go("desk.look", wanted, at + 1)),),) if page.more else ()
    rows = (*before, (Button(t.label("desk.take_over"), go("desk.over", wanted)),))
    standing = go("desk.look", wanted).encode()  # so that it is known on whose screens these words stand
    return Reply(visit.but(awaiting=standing), desk_screen(t, Markup("\n\n").join(parts), rows))


def gone_meanwhile(visit: Visit, world: World) -> Screen:
    """What stood here has ended or gone to somebody else."""
    t = world.speak(visit.lang)
    return desk_screen(t, t("desk.gone"))


def over(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The supervisor goes on with it; the former operator is told."""
    t = world.speak(visit.lang)
    if not bench.me.supervises:
        return told(visit, t, N_("desk.not_yours"))
    return Reply(visit, None, (TakeOver(number(action, 0)),))
