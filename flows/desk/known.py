"""What may be known of the desk: by a visitor about their own case, and by an operator at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.desk.case import Case, Line
    from db.desk.staff import Desk, Operator


@dataclass(frozen=True, slots=True)
class DeskNow:
    """A desk at this moment: who is on duty, how many wait, what waiting is usual today (minutes, None: unknown)."""

    desk: Desk
    on_duty: int
    waiting: int
    usual: int | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A visitor's own case. `ahead`: how many go before it; `operator`: the first name of who answers, if anybody."""

    case: Case
    lines: tuple[Line, ...] = ()
    operator: str = ""
    ahead: int = 0
    usual: int | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything an operator may know. No visitor's id, name or profile is in it, so no flow can show one.

    queue      the first of what waits for this desk, in order; `waiting` how many wait in all; `mine` what this
               operator has, taken or parked.
    active     the case that typed words go to, with its last lines and the detail that was left for the operator
               (a number to call, a place).
    looked     a case somebody asked a supervisor to look at, when this operator is one and opens it.
    shut       the desk's group does not let the bot write.
    today, week   how long this operator has been in conversations (checklist 55: 4 h and 16 h).
    """

    me: Operator
    desk: Desk
    queue: tuple[Case, ...] = ()
    waiting: int = 0
    mine: tuple[Case, ...] = ()
    active: Case | None = None
    lines: tuple[Line, ...] = ()
    detail: str = ""
    looked: CaseView | None = None
    colleagues: tuple[Operator, ...] = ()
    waiting_for_supervisor: tuple[Case, ...] = ()
    shut: bool = False
    today: timedelta = timedelta()
    week: timedelta = timedelta()
