"""Acts: what a conversation asks of the desk, in both directions.

A flow only names an act. The edge carries it out with a condition on the old state, in the transaction of the
update, and comes back with `Carried`: done, or not and who was first. So a flow stays pure, and exactly one of two
operators gets a case (the database says which).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from flows.training.judge import Deeds

CaseKind = Literal["chat", "callback", "team"]
DutyState = Literal["on", "break", "off"]


# --- a visitor's acts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Ask for a human. `desk` 0: whichever is free. `detail` is what was typed (a number to call, a place), sealed.

    urgency   0 urgent, 1 today, 2 can wait.
    keep      hours (aware, UTC) between which it is safe to answer; None: now.
    """

    kind: CaseKind
    who: str
    desk: int
    topic: str
    urgency: int
    detail: str = ""
    keep: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """A visitor's words to the operator. `urgent`: they speak of danger, so the case moves up (never instead of
    being relayed)."""

    text: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class RelayMedia:
    """A photo or voice of the visitor goes on to the operator, if the operator has opened that door."""


@dataclass(frozen=True, slots=True)
class CaseWord:
    """The visitor's own word, without which nobody comes back into the case (checklist 53). Kept as a keyed hash."""

    word: str


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Somebody asks to go on with the case of this chat and gives a word."""

    word: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The visitor looks at the conversation: what the operator wrote has been read."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The visitor ends it."""


# --- an operator's acts ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Duty:
    """Begin, pause or end a shift. Ending it returns every case to the queue."""

    state: DutyState


@dataclass(frozen=True, slots=True)
class Take:
    """Take a waiting case; 0: the next one in the order of the queue. Exactly one operator wins."""

    case: int


@dataclass(frozen=True, slots=True)
class Park:
    """Put the active case aside, to come back to it."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Make a parked case the active one; the former active one is parked."""

    case: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the active case to a colleague, or (0) to the queue, with a note that never leaves the desk."""

    to: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Words to the visitor of the active case."""

    text: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The operator's last words go, on both sides, as far as they can still be taken back."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words that stay at the desk."""

    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Mark the active case as urgent, or (a supervisor) not any more. A flagged case is closed only by a supervisor."""

    raised: bool


@dataclass(frozen=True, slots=True)
class CallSupervisor:
    """Ask a supervisor to look at the active case."""


@dataclass(frozen=True, slots=True)
class TakeOver:
    """A supervisor goes on with a case that somebody else has."""

    case: int


@dataclass(frozen=True, slots=True)
class OpenMedia:
    """Open or shut the door for photos and voice in the active case."""

    open: bool


@dataclass(frozen=True, slots=True)
class Close:
    """End the active case. `labels`: (question, answer) pairs for the counts; nothing of it is joined.

    `blocked`: an abuser of the line (supervisor only): the chat gets no new case for a day.
    """

    labels: tuple[tuple[str, str], ...] = ()
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time code for a new colleague."""

    role: str


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody gives an invitation's code and the first name visitors will see."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Dismiss:
    """A colleague leaves the desk; their cases return to the queue."""

    operator: int


@dataclass(frozen=True, slots=True)
class Noted:
    """Nothing to be done; only the audit says that it happened in the active case: the danger script was opened, or
    (in a practice) words were held back by the scan."""

    what: Literal["danger", "held"]


@dataclass(frozen=True, slots=True)
class Practise:
    """A scripted visitor comes to the operator's desk (sandbox only)."""

    script: str


VisitorAct = OpenCase | Relay | RelayMedia | CaseWord | ComeBack | Opened | Leave | Join
OperatorAct = (
    Duty
    | Take
    | Park
    | Resume
    | HandOver
    | Say
    | TakeBack
    | Note
    | Flag
    | CallSupervisor
    | TakeOver
    | OpenMedia
    | Close
    | Invite
    | Dismiss
    | Noted
    | Practise
)
Act = VisitorAct | OperatorAct
ACTS: tuple[type, ...] = get_args(Act)


@dataclass(frozen=True, slots=True)
class Carried:
    """How an act went. `done` False: it was not possible any more; `why` is a word the flow knows, `who` a first name,
    `code` what an invitation is taken up with, `practised` what was done in a practice that has just ended."""

    act: Act
    done: bool = True
    why: str = ""
    who: str = ""
    code: str = ""
    practised: Deeds | None = None
