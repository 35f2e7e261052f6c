"""The desk's clock: leases that ran out, requests whose safe time has come, waiting that takes too long, silence.

Nothing here speaks first: an operator's phone and the group are staff, and a visitor gets a line only for the open
case they asked for, and only while they were the last to write (checklist 47).
"""

from __future__ import annotations

from datetime import timedelta

from bot.desk import cards, shut, telling
from bot.desk.hand import Hand
from db.desk import cases, claims, ending, lines, queue
from db.desk.case import Case
from flows.desk import notices
from flows.engine import go

# Escalation: to the group again, to the supervisors, to the visitor; minutes of waiting, urgent and others
# (safety-design 8.2: urgent within 2 minutes, others within 10).
STEPS = ((2, 10), (5, 20), (10, 30))
SILENCE = timedelta(minutes=40)  # as the consent says: a talk in which the visitor fell silent closes quietly


class Watch:
    """One tick after another; remembers only what the boards showed last, and who was called instead of a card."""

    def __init__(self) -> None:
        self._boards: dict[int, str] = {}
        self._called: set[int] = set()  # cases about which operators were called, because their group is shut

    async def tick(self, hand: Hand) -> None:
        """Everything that time alone brings about."""
        await shut.learn(hand)
        for case, holder in await claims.lapsed(hand.connection, hand.now):
            cards.post(hand, case)
            await telling.no_longer(hand, holder, case)
        for case in await ending.wake(hand.connection, hand.now):
            cards.post(hand, case)
        everything = await cases.open_cases(hand.connection)
        if await self._end_what_nobody_plays(hand, everything):
            everything = await cases.open_cases(hand.connection)
        waiting = queue.order(everything, hand.now)
        self._called &= {case.id for case in waiting}
        for case in waiting:
            await self._escalate(hand, case)
        for case in everything:
            if _fell_silent(case, hand):
                await self._close(hand, case)
        await self._renew_screens(hand, everything)
        await telling.renew(hand)
        await hand.house.refresh(hand.connection)
        self._show_boards(hand, waiting)

    async def _escalate(self, hand: Hand, case: Case) -> None:
        if not case.card and not shut.is_shut(hand, case.desk):
            cards.post(hand, case)  # a card that was lost, or had to stand back in a burst
        elif not case.card and case.id not in self._called:
            self._called.add(case.id)
            await shut.call(hand, case)
        if case.practice or case.told >= len(STEPS):  # a practice calls nobody
            return
        minutes = STEPS[case.told][0 if queue.standing(case, hand.now) == 0 else 1]
        if hand.now - case.waiting_since < timedelta(minutes=minutes):
            return
        if not await cases.tell(hand.connection, case.id, case.told):
            return
        if case.told == 0:
            cards.post(hand, case, again=True)
        elif case.told == 1:
            for who in await telling.supervisors(hand, case.desk):
                await telling.staff(hand, who, "supervisor", case.code, go("desk.take", case.id))
        elif case.wrote_last == "visitor":
            await telling.visitor(hand, case)

    async def _end_what_nobody_plays(self, hand: Hand, everything: list[Case]) -> bool:
        """A scripted visitor does not outlive the process: their request goes; who was talking with them is told, and
        closes it for the review. Whether there was any."""
        unplayed = [one for one in everything if one.practice and one.chat and not hand.plays(one.chat)]
        for case in unplayed:
            if case.state == "waiting":
                await self._close(hand, case, supervisor=True)
            elif case.chat and await ending.blocked(hand.connection, [case.chat]):
                await telling.operator(hand, case, loud=False)
        return bool(unplayed)

    async def _close(self, hand: Hand, case: Case, *, supervisor: bool = False) -> None:
        route = await telling.route_of(hand, case)
        closed = await ending.close(hand.connection, hand.keys, case.id, hand.now, supervisor=supervisor)
        if isinstance(closed, ending.Closed):
            cards.withdraw(hand, case)
            await telling.ended_by_desk(hand, case, route)
            await telling.ended_by_visitor(hand, case)

    async def _renew_screens(self, hand: Hand, everything: list[Case]) -> None:
        """What reached a visitor's chat since the last tick is shown as delivered; what changed while there was no
        screen yet is shown."""
        house = hand.house
        stirred, house.stirred = house.stirred, set()
        unshown, house.unshown = house.unshown, set()
        for case in everything:
            come = case.id in stirred and await lines.delivered(hand.connection, case.id)
            if come or case.id in unshown:
                await telling.operator(hand, case, loud=False)

    def _show_boards(self, hand: Hand, waiting: list[Case]) -> None:
        for at in hand.house.desks:
            if not at.desk.group:
                continue
            screen = notices.board(at, [case for case in waiting if case.desk == at.desk.num], hand.world)
            if hand.house.groups.shut(at.desk.chat):
                self._boards.pop(at.desk.num, None)
                if hand.house.groups.to_be_tried(at.desk.chat, hand.now):
                    cards.knock(hand, at.desk, screen)
                continue
            if self._boards.get(at.desk.num) != screen.text:
                self._boards[at.desk.num] = screen.text
                cards.board(hand, at.desk, screen)


def _fell_silent(case: Case, hand: Hand) -> bool:
    if case.kind != "chat" or case.state not in ("taken", "parked") or case.flagged or case.wrote_at is None:
        return False
    return case.wrote_last == "operator" and hand.now - case.wrote_at > SILENCE
