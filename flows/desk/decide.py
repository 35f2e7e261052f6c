"""The operators' door: an event, who is there and what is known give a reply.

Typed text, in this order: a command, the note that was asked for, and else words for the active case. Exit words
are not read out of it: a word written to a visitor belongs to the visitor, and Quick exit is on every screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from db.visit import Visit
from flows import exit  # noqa: A004 (a conversation)
from flows.acts import Carried
from flows.address import NotAnAddressError
from flows.desk import case, closing, duty, figures, handing, helps, outcomes, practice, roles, team
from flows.desk.frame import BOARD, told
from flows.engine import EXIT, Action, Event, Reply, Started, Tapped, Typed, World
from flows.texts import N_

if TYPE_CHECKING:
    from flows.desk.known import Bench


class DeskFlow(Protocol):
    """A desk conversation's door."""

    def __call__(self, action: Action, visit: Visit, world: World, bench: Bench, /) -> Reply: ...


FLOWS: dict[str, DeskFlow] = {
    "desk": duty.board,
    "desk.duty": duty.duty,
    "desk.lang": duty.lang,
    "desk.help": roles.helping,
    "desk.take": case.take,
    "desk.case": case.case,
    "desk.earlier": case.earlier,
    "desk.park": case.park,
    "desk.resume": case.resume,
    "desk.undo": case.undo,
    "desk.media": case.media,
    "desk.media.open": case.media_open,
    "desk.hand": handing.hand,
    "desk.hand.to": handing.hand_to,
    "desk.hand.now": handing.hand_now,
    "desk.flag": handing.flag,
    "desk.calm": handing.calm,
    "desk.call": handing.call,
    "desk.look": handing.look,
    "desk.over": handing.over,
    "desk.close": closing.close,
    "desk.block": closing.block,
    "desk.block.now": closing.block_now,
    "desk.replies": helps.replies,
    "desk.reply": helps.reply,
    "desk.reply.send": helps.send_reply,
    "desk.risk": helps.risk,
    "desk.danger": helps.danger,
    "desk.steps": helps.services,
    "desk.service": helps.service,
    "desk.service.send": helps.send_service,
    "desk.practice": practice.choose,
    "desk.practice.begin": practice.begin,
    "desk.team": team.team,
    "desk.team.gone": team.dismiss,
    "desk.team.leave": team.dismissed,
    "desk.invite": team.invite,
    "desk.figures": figures.figures,
}


def decide(event: Event | Carried, visit: Visit, world: World, bench: Bench) -> Reply:
    """What happens next for one operator."""
    match event:
        case Carried():
            return outcomes.carried(event, visit, world, bench)
        case Started():
            return duty.board(BOARD, visit, world, bench)
        case Tapped(action):
            return follow(action, visit, world, bench)
        case Typed(text):
            return typed(text, visit, world, bench)
        case _:
            return told(visit, world.speak(visit.lang), N_("desk.only_words"))


def follow(action: Action | None, visit: Visit, world: World, bench: Bench) -> Reply:
    """The screen at an address; the board for one that is none of ours."""
    if action == EXIT:
        return exit.leave(EXIT, visit, world)
    visit = visit.but(awaiting="")
    flow = FLOWS.get(action.name) if action else None
    if action is None or flow is None:
        return duty.board(BOARD, visit, world, bench)
    if not roles.may(bench, action):
        return roles.refused(visit, world)
    try:
        return flow(action, visit, world, bench)
    except NotAnAddressError:
        return duty.board(BOARD, visit, world, bench)


def typed(text: str, visit: Visit, world: World, bench: Bench) -> Reply:
    """A command, a note that was asked for, or words for the active case."""
    command = roles.command_of(text)
    if command:
        return follow(command.action, visit, world, bench)
    if text.lstrip().startswith("/") and not text.lstrip().startswith(case.NOTE_MARK):
        return told(visit, world.speak(visit.lang), N_("desk.unknown_command"))
    asked = Action.decode(visit.awaiting)
    if asked is not None and asked.name == "desk.hand.to":
        return handing.noted(asked, text, visit, world, bench)
    return case.say(text, visit, world, bench)
