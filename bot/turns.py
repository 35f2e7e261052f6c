"""One person's turn: what happened, what the flow says to it, and what must change because of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

import structlog

from bot import doorstep, metrics, render
from bot.events import Incoming
from bot.ledger import Ledger, PendingRedraws
from db.locks import Lock
from db.outbox import Lane
from db.store import STORE_FAULTS
from db.visit import Visit
from flows.acts import ACTS, Act
from flows.cover.cards import cover, is_card
from flows.discretion import first_line
from flows.engine import (
    EXIT,
    AskLocation,
    DropWord,
    Effect,
    Event,
    Exit,
    KeepWord,
    Reply,
    Started,
    Tally,
    Tapped,
    Typed,
    World,
)
from flows.neutral import shell, sorry

log = structlog.get_logger()

MENUS = frozenset({"home", "hello", "lang"})  # conversations whose screens are bare (Visit.bare)
POPUP = 200  # characters, Telegram Bot API, answerCallbackQuery.text


class Side(Protocol):
    """Whose conversations answer a chat: the visitors', or (`staff`) the desk's."""

    staff: bool

    def greet(self, visit: Visit) -> Visit: ...
    async def decide(self, event: Event, visit: Visit) -> Reply: ...
    async def carry(self, acts: Sequence[Act], visit: Visit) -> Reply: ...
    async def edited(self, text: str) -> bool: ...


async def take(incoming: Incoming, ledger: Ledger, world: World, waiting: PendingRedraws, side: Side) -> None:
    """Decides one event and enters the consequences. Raises only what the database raises: a flow that fails costs a
    kind screen."""
    known = ledger.visits.get(ledger.keys.chat(incoming.chat_id))
    visit = known or side.greet(ledger.begin(incoming.chat_id))
    ledger.hear(incoming.chat_id, incoming.sent_at)
    if _too_late(incoming, known, ledger):
        ledger.answer(incoming.update_id, incoming.chat_id, incoming.query)
        return
    event = incoming.event or await _edited(incoming, visit, ledger, side)
    if event and not side.staff:
        event = doorstep.enter(incoming, event, known, ledger, world)
    if event is None:
        return

    reply, fields = await _decide(event, visit, world, side)
    if any(isinstance(effect, Exit) for effect in reply.effects):
        _leave(incoming, visit, ledger, world)
        return
    if incoming.query:
        ledger.answer(incoming.update_id, incoming.chat_id, incoming.query, said=_popup(incoming, reply))

    stale = ledger.stale(incoming.sent_at)
    if stale and not visit.live:
        _too_old(incoming, visit, reply, ledger)
        return

    after = _seat(incoming, visit, reply.visit, ledger, redrawn=fields is not None)
    if fields is not None:
        pending = waiting(ledger.keys.chat(visit.chat_id), after.live)
        ledger.redraw(after, fields, shell(after.lang), pending, send=not stale, protect=side.staff)
    if not isinstance(event, Tapped):
        after = _put_away(incoming, after, ledger, side)
    if visit.carrier not in (0, after.carrier):
        ledger.erase(after, visit.carrier, None)
    for effect in reply.effects:
        _enter(effect, after, ledger, stale=stale)
    if known is None and not side.staff:
        ledger.counts["visit", ""] += 1
    ledger.keep(after)


def _too_late(incoming: Incoming, known: Visit | None, ledger: Ledger) -> bool:
    """A button of a screen that an exit covered while the tap was on its way: the finger beside Exit, or Exit twice.
    It must not bring the screen back. The cover's own buttons work, and so does the exit of a visit begun since."""
    if not isinstance(incoming.event, Tapped) or not incoming.message_id or is_card(incoming.event.action):
        return False
    if known and incoming.event.action == EXIT:
        return False
    return ledger.tapped_too_late(incoming.chat_id, incoming.message_id)


def _too_old(incoming: Incoming, visit: Visit, reply: Reply, ledger: Ledger) -> None:
    """Nobody is looking at a screen any more: the text goes, nothing comes. Who asked for a human has their case."""
    ledger.erase(visit, incoming.message_id, incoming.sent_at)
    if reply.visit.case != visit.case:
        ledger.keep(reply.visit)


async def _edited(incoming: Incoming, visit: Visit, ledger: Ledger, side: Side) -> Event | None:
    """An edited message: what was passed on is changed on the other side too. An operator's words that had been
    refused are put differently: as good as typed, if they are the last. An older message was meant for whoever was
    there then."""
    passed_on = bool(incoming.edited) and await side.edited(incoming.edited)
    if side.staff:
        anew = incoming.edited and not passed_on and incoming.message_id == visit.carrier
        return Typed(incoming.edited) if anew else None
    ledger.erase(visit, incoming.message_id, incoming.sent_at)
    return None


def _put_away(incoming: Incoming, after: Visit, ledger: Ledger, side: Side) -> Visit:
    """What was typed goes; an operator's last words stay until the next, because they can still be edited."""
    if not side.staff:
        ledger.erase(after, incoming.message_id, incoming.sent_at)
        return after
    ledger.trace(after, incoming.message_id, incoming.sent_at)
    return after.but(carrier=incoming.message_id)


def _enter(effect: Effect, visit: Visit, ledger: Ledger, *, stale: bool) -> None:
    """What a flow wants done besides its screen (an exit has been seen to before)."""
    match effect:
        case AskLocation() if not stale:
            ledger.ask_location(visit, effect)
        case Tally(measure, label):
            ledger.counts[measure, label] += 1
        case KeepWord(mark):
            ledger.lock(ledger.keys.chat(visit.chat_id), Lock(bytes.fromhex(mark), ledger.now.date()))
        case DropWord():
            ledger.lock(ledger.keys.chat(visit.chat_id), None)


def leave_quietly(visit: Visit, ledger: Ledger, world: World) -> None:
    """The visit fades: as an exit, but it waits for everybody who is here (no new message, only an edit)."""
    fields = _cover(visit, world)
    for other in {visit.carrier, visit.notice} - {0}:
        ledger.erase(visit, other, None)
    ledger.leave(visit.chat_id, visit.live, fields, Lane.BACKGROUND)


def _cover(visit: Visit, world: World) -> render.Fields:
    return render.screen(cover(visit.lang, world))


async def _decide(event: Event, visit: Visit, world: World, side: Side) -> tuple[Reply, render.Fields | None]:
    try:
        reply = await side.decide(event, visit)
        if acts := [effect for effect in reply.effects if isinstance(effect, ACTS)]:
            after = await side.carry(cast(Sequence[Act], acts), reply.visit)
            others = tuple(effect for effect in reply.effects if not isinstance(effect, ACTS))
            reply = Reply(after.visit, after.screen or reply.screen, (*others, *after.effects))
        return reply, render.screen(reply.screen) if reply.screen else None
    except STORE_FAULTS:
        raise
    except Exception as fault:  # one visitor's screen must not cost the others theirs
        log.error("flow_failed", event_kind=type(event).__name__, fault=type(fault).__name__)
        metrics.FLOW_FAULTS.inc()
        return Reply(visit), render.screen(sorry(visit.lang, world))


def _popup(incoming: Incoming, reply: Reply) -> str:
    """What a tap in the group is answered with, for the one who tapped: the first line of their own screen."""
    return first_line(reply.screen.text)[:POPUP] if incoming.in_group and reply.screen else ""


def _leave(incoming: Incoming, visit: Visit, ledger: Ledger, world: World) -> None:
    """Exit: the message that was tapped is what is on the screen; else it is the lowest. It is covered, any other
    goes."""
    tapped = incoming.message_id if isinstance(incoming.event, Tapped) else 0
    live = tapped or visit.notice or visit.live
    for other in {visit.live, visit.carrier, visit.notice, incoming.message_id} - {live, 0}:
        ledger.erase(visit, other, incoming.sent_at)
    fields = _cover(visit, world)
    ledger.leave(incoming.chat_id, live, fields, Lane.EXIT, incoming.update_id)
    if incoming.query:
        ledger.answer(incoming.update_id, incoming.chat_id, incoming.query, Lane.EXIT)
    ledger.counts["exit", ""] += 1


def _bare(event: Event | None) -> bool:
    """Whether what is on the screen after this tells a stranger little."""
    if isinstance(event, Tapped):
        return event.action is None or event.action.name.partition(".")[0] in MENUS
    return isinstance(event, Started)


def _seat(incoming: Incoming, before: Visit, after: Visit, ledger: Ledger, *, redrawn: bool) -> Visit:
    """Which message is live now: the tapped one; after /start a new one at the bottom; else the same. An
    announcement that was tapped is opened; any other goes when the screen answers."""
    live = before.live
    if isinstance(incoming.event, Started) or (isinstance(incoming.event, Tapped) and not incoming.message_id):
        live = 0
    elif isinstance(incoming.event, Tapped):
        live = incoming.message_id
        if live != before.live:
            ledger.opened(before, live)
    if before.live and before.live != live:
        ledger.erase(before, before.live, None)
    notice = 0 if before.notice == live else before.notice
    if notice and redrawn:
        ledger.fold(before, notice)
        notice = 0
    return after.but(live=live, carrier=0, notice=notice, bare=_bare(incoming.event) if redrawn else before.bare)
