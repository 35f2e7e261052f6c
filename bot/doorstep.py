"""The doorstep: whether a text is the visitor's own word, and what somebody without a visit gets to see."""

from __future__ import annotations

import structlog

from bot import metrics, render
from bot.events import Incoming
from bot.ledger import Ledger
from db.visit import Visit
from flows.cover import door
from flows.cover.cards import cover, is_card, show
from flows.engine import Action, Event, OwnWord, Screen, Tapped, Typed, World
from flows.own_word import form
from flows.understand.intent.whole import means_exit
from flows.words import means_emergency

log = structlog.get_logger()


def enter(incoming: Incoming, event: Event, known: Visit | None, ledger: Ledger, world: World) -> Event | None:
    """The event with which somebody is in, None when the cover has answered. A card of the cover that is tapped stays
    a card, whether there is a visit or not."""
    event = _heard(incoming.chat_id, event, known, ledger)
    if known and not (isinstance(event, Tapped) and is_card(event.action)):
        return event
    locked = ledger.keys.chat(incoming.chat_id) in ledger.locks
    try:
        answer = door.answer(event, world, locked=locked)
        if not isinstance(answer, Action):
            return answer
        card = show(answer, world)
    except Exception as fault:  # as in bot.turns: a fault here must not cost the others their answers
        log.error("flow_failed", event_kind=type(event).__name__, fault=type(fault).__name__)
        metrics.FLOW_FAULTS.inc()
        card = cover("uk", world)
    _answer(incoming, card, ledger)
    return None


def _heard(chat_id: int, event: Event, known: Visit | None, ledger: Ledger) -> Event:
    """A text with its mark, or `OwnWord` when it is that. On the cover a word may be tried only so often; exit words
    and cries for help are no tries."""
    chat = ledger.keys.chat(chat_id)
    lock = ledger.locks.get(chat)
    if not isinstance(event, Typed) or not (lock or (known and known.awaiting)) or not (said := form(event.text)):
        return event
    mark = ledger.keys.word(chat, said)
    if lock and lock.opens(mark) and (known or not lock.barred(ledger.now)):
        ledger.lock(chat, lock.used(ledger.now))
        return OwnWord()
    if lock and not known and not means_exit(event.text) and not means_emergency(event.text):
        ledger.lock(chat, lock.tried(ledger.now))
    return Typed(event.text, mark.hex())


def _answer(incoming: Incoming, card: Screen, ledger: Ledger) -> None:
    """The card goes out, what was typed goes; there is no visit, and there will be none."""
    tapped = isinstance(incoming.event, Tapped)
    if incoming.query:
        ledger.answer(incoming.update_id, incoming.chat_id, incoming.query)
    if not ledger.stale(incoming.sent_at):
        ledger.card(incoming.chat_id, incoming.message_id if tapped else 0, render.screen(card))
    if not tapped:
        ledger.erase(ledger.begin(incoming.chat_id), incoming.message_id, incoming.sent_at)
