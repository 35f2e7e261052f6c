"""What stands in a desk's group: a card for every waiting request, and the board. Never a word of a conversation.

A group takes 20 calls a minute, edits included, shows everything on every operator's phone, and its admin log keeps
deleted texts for two days; so a card says what the queue needs and no more. A card that waits to be sent is replaced
by a newer one of the same case; when many wait at once the board stands for them.
"""

from __future__ import annotations

from datetime import timedelta

from bot import render
from bot.desk.hand import Hand
from db.desk.case import Case
from db.desk.staff import Desk
from db.outbox import Lane
from flows.desk import notices
from flows.engine import Screen

MANY = 10  # cards that wait to be sent in one group; beyond that the board has to do
LIFE = timedelta(minutes=10)


def post(hand: Hand, case: Case, *, who: str = "", again: bool = False) -> None:
    """The card as the case stands now: waiting with its button, or with whom. `again`: at the bottom, with a sound,
    because it has been waiting too long."""
    desk = hand.house.desk(case.desk)
    if desk is None or not desk.group or case.state in ("kept", "closed"):
        return
    if case.state == "waiting":
        if not case.card and not again and hand.lines.cards_waiting(hand.keys.chat(desk.group)) >= MANY:
            return
        _put(
            hand,
            desk,
            case.id,
            notices.card(case, hand.world, desk),
            send=True,
            again=again,
            urgent=case.urgency == 0,
            silent=case.practice,
        )
    else:
        _put(hand, desk, case.id, notices.taken(case, who, hand.world, desk), send=False)


def withdraw(hand: Hand, case: Case) -> None:
    """The card goes."""
    desk = hand.house.desk(case.desk)
    if desk is not None and desk.group:
        _put(hand, desk, case.id, None, send=False)


def knock(hand: Hand, desk: Desk, screen: Screen) -> None:
    """The board anew, into a group that was shut: whether it is taken tells."""
    _put(hand, desk, -desk.num, screen, send=True, again=True, silent=True, knock=True)


def board(hand: Hand, desk: Desk, screen: Screen) -> None:
    """The board as it is now."""
    _put(hand, desk, -desk.num, screen, send=True, silent=True)


def _put(
    hand: Hand,
    desk: Desk,
    slot: int,
    shown: Screen | None,
    *,
    send: bool,
    again: bool = False,
    urgent: bool = False,
    silent: bool = False,
    knock: bool = False,
) -> None:
    if hand.house.groups.shut(desk.chat) and not knock:
        return
    fields = render.screen(shown) if shown else None
    hand.ledger.post(
        desk.group,
        slot,
        fields,
        hand.lines.cards(hand.keys.chat(desk.group), slot),
        lane=Lane.URGENT if urgent else Lane.REPLY,
        send=send,
        again=again,
        silent=silent,
    )
