"""What an operator is shown after an act was carried out, or was not because somebody was quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.visit import Visit
from flows.acts import (
    CallSupervisor,
    Carried,
    Close,
    Dismiss,
    Duty,
    Flag,
    HandOver,
    Invite,
    Noted,
    Park,
    Practise,
    Take,
    TakeBack,
)
from flows.desk.case import case
from flows.desk.duty import board
from flows.desk.frame import BOARD, told
from flows.desk.practice import begun, reviewed
from flows.desk.team import ROLES, team
from flows.engine import Reply, World, go
from flows.texts import N_

if TYPE_CHECKING:
    from flows.desk.known import Bench


def carried(outcome: Carried, visit: Visit, world: World, bench: Bench) -> Reply:
    """The next screen."""
    t = world.speak(visit.lang)
    if isinstance(outcome.act, Practise):
        return begun(outcome, visit, world)
    if not outcome.done:
        return told(visit, t, _why_not(outcome, bench), who=outcome.who, name=bench.active.code if bench.active else "")
    match outcome.act:
        case Duty() | Park():
            return board(BOARD, visit, world, bench)
        case Dismiss():
            return team(go("desk.team"), visit, world, bench)
        case Noted():
            return Reply(visit)  # the screen that was opened stays
        case Close() if outcome.practised is not None:
            return reviewed(outcome.code, outcome.practised, visit, world)
        case Close(blocked=blocked):
            return told(visit, t, N_("desk.blocked") if blocked else N_("desk.closed"), name=outcome.code)
        case HandOver():
            return told(visit, t, N_("desk.handed"), name=outcome.code, who=outcome.who or t.label("desk.queue"))
        case Invite(role=role):
            return told(visit, t, N_("desk.invite.code"), code=outcome.code, role=t.label(ROLES[role]))
        case _:
            return case(go("desk.case"), visit, world, bench)


def _why_not(outcome: Carried, bench: Bench) -> str:
    """The text that says why it could not be done any more."""
    match outcome.act:
        case Take() if outcome.who:
            return N_("desk.taken_by")
        case Take() if not bench.queue:
            return N_("desk.nobody_waits")
        case HandOver() if outcome.who:
            return N_("desk.hand.no")
        case TakeBack():
            return N_("desk.undo.late")
        case CallSupervisor():
            return N_("desk.call.nobody")
        case Close() | Flag() if bench.active:
            return N_("desk.close.flagged")
        case _:
            return N_("desk.gone")
