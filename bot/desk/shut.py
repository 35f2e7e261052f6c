"""When a desk's group does not let the bot write: its supervisors are told once, whoever is on duty is called in
private, and when it is open again everything there is made right."""

from __future__ import annotations

import structlog

from bot.desk import cards, telling
from bot.desk.hand import Hand
from db.desk import cases, roster
from db.desk.case import Case
from db.desk.staff import Desk
from flows.engine import go

log = structlog.get_logger()


def is_shut(hand: Hand, desk: int) -> bool:
    """Whether no card can be posted for that desk."""
    at = hand.house.desk(desk)
    return at is not None and hand.house.groups.shut(at.chat)


async def learn(hand: Hand) -> None:
    """Groups that do not let the bot write any more, or do again."""
    groups = hand.house.groups
    heard, groups.heard = groups.heard, {}
    for desk in [at.desk for at in hand.house.desks]:
        if desk.chat is None or desk.chat not in heard:
            continue
        if heard[desk.chat]:
            if groups.took(desk.chat):
                await _catch_up(hand, desk)
        elif groups.refused(desk.chat, hand.now):
            await _tell(hand, desk)


async def call(hand: Hand, case: Case) -> None:
    """What a card would have told everybody on duty."""
    for who in await roster.staff(hand.connection, hand.keys, case.desk):
        if who.state == "on" and not case.practice:
            await telling.staff(hand, who, "waits", case.code, go("desk"))


async def _tell(hand: Hand, desk: Desk) -> None:
    log.error("desk_group_lost", desk=desk.slug)
    for who in await telling.supervisors(hand, desk.num):
        lang = who.seat.lang if who.seat else "uk"
        await telling.staff(hand, who, "group_lost", desk.name(lang), go("desk"))


async def _catch_up(hand: Hand, desk: Desk) -> None:
    """What stands in the group is as it was when the bot could last write there."""
    log.info("desk_group_back", desk=desk.slug)
    for case in await cases.with_cards(hand.connection, desk.num):
        if case.open:
            cards.post(hand, case, who=hand.house.name(case.operator))
        else:
            cards.withdraw(hand, case)
