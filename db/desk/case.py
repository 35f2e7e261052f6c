"""A case: one person's request for a human, from asking to closing.

What stands in the open (this dataclass) names nobody: a made-up code, coarse facts, times. The way back to the
person, what was asked for and every line of the conversation are sealed under the case's own key (`db.case_keys`),
which dies when the case closes or the person leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal

from db.desk.naming import PRACTICE
from db.visit import Lang


class Urgency(IntEnum):
    """The class a case stands in; a lower one goes first."""

    URGENT = 0
    SOON = 1
    CALM = 2


Kind = Literal["chat", "callback", "team"]
# kept: asked for a later, safe time. parked: an operator's, not the one they are in now.
State = Literal["waiting", "taken", "parked", "kept", "closed"]
# faded: their visit ended by idleness, an answer can still be announced. left: they vanished, for good.
Presence = Literal["here", "faded", "left", "blocked"]
Who = Literal["self", "other"]
Wrote = Literal["", "visitor", "operator"]
Side = Literal["visitor", "operator", "note", "system"]
# waiting: not sent yet. delivered: announced or shown. opened: tapped. gone: its line was taken
# away unread, by a fade; a later answer announces it again, and whoever comes back by the own word reads it.
Delivery = Literal["waiting", "delivered", "opened", "not_delivered", "gone"]

OPEN: tuple[State, ...] = ("waiting", "taken", "parked", "kept")


@dataclass(frozen=True, slots=True)
class Case:
    """The shell of a case: what a queue card, a board and the figures may know."""

    id: int
    chat: bytes | None  # keyed hash of the visitor's chat; None once nothing leads there
    code: str
    desk: int
    kind: Kind
    lang: Lang
    region: int  # oblast id, 0: rather not say
    topic: str
    who: Who
    urgency: Urgency
    flagged: bool  # only a supervisor may close it
    state: State
    operator: int  # whose it is, 0: nobody's
    lease_until: datetime | None
    opened_at: datetime
    waiting_since: datetime
    taken_at: datetime | None  # for the first time
    wrote_last: Wrote
    wrote_at: datetime | None
    visitor: Presence
    media: bool  # photos and voice may be passed on
    worded: bool  # the visitor set a code word
    proved: bool  # and has given it
    tries: int  # wrong words so far
    card: int  # message id of the queue card in the desk's group
    keep_from: datetime | None
    keep_to: datetime | None
    told: int  # escalation steps done
    closed_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether somebody may still be waiting for something."""
        return self.state != "closed"

    @property
    def practice(self) -> bool:
        """Whether nobody is behind it: an operator practises."""
        return self.code.startswith(PRACTICE)

    @property
    def reachable(self) -> bool:
        """Whether an answer can still find the visitor."""
        return self.open and self.visitor in ("here", "faded") and self.chat is not None


@dataclass(frozen=True, slots=True)
class Route:
    """The way back to the visitor. Sealed."""

    chat_id: int
    generation: int
    lang: Lang


@dataclass(frozen=True, slots=True)
class Opening:
    """A request, before it is a case. `details` (number, place, safe window …) and `word` never stand in the open."""

    chat: bytes
    route: Route
    desk: int
    topic: str
    urgency: Urgency
    kind: Kind = "chat"
    who: Who = "self"
    region: int = 0
    details: Mapping[str, str] = field(default_factory=dict)
    word: str = ""  # the visitor's code word, as typed
    keep_from: datetime | None = None
    keep_to: datetime | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said in a case, or noted beside it."""

    id: int
    case: int
    side: Side
    text: str
    made_at: datetime
    state: Delivery
