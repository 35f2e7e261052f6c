"""An operator's acts: each one statement with a condition on the old state, and then the other side is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import turns
from bot.desk import cards, telling
from bot.desk.hand import Hand
from bot.desk.side import Side
from bot.events import Incoming
from bot.practice.done import deeds
from bot.practice.visitor import Part
from db.desk import audit, cases, claims, ending, invites, lines, roster
from db.desk.case import Case, Line
from db.desk.case import Side as LineSide
from db.desk.staff import Operator, Role
from db.sealing import SealError
from db.store import after_commit
from db.visit import Visit
from flows.acts import (
    Act,
    CallSupervisor,
    Carried,
    Close,
    Dismiss,
    Duty,
    Flag,
    HandOver,
    Invite,
    Note,
    Noted,
    OpenMedia,
    Park,
    Practise,
    Resume,
    Say,
    Take,
    TakeBack,
    TakeOver,
)
from flows.desk import decide as desk
from flows.desk.case import CASE, may_leave
from flows.desk.duty import MOST_CASES
from flows.engine import Action, Event, Reply, Tapped, Typed, go
from flows.exchange import signed
from flows.training.scripts import SCRIPTS

LEASE = timedelta(minutes=10)  # an operator who shows no sign of life so long gives the case back to the queue
BAR = timedelta(days=1)  # how long an abuser of the line gets no new case

Carry = Callable[[Any], Awaitable[Carried]]


class OperatorSide(Side):
    """What answers an operator's chat: the desk's conversations."""

    staff = True

    def __init__(self, hand: Hand, incoming: Incoming, me: Operator) -> None:
        super().__init__(hand)
        self._incoming = incoming
        self._me = me
        self._carry: dict[type, Carry] = {
            Duty: self._duty,
            Take: self._take,
            TakeOver: self._take_over,
            Park: self._park,
            Resume: self._resume,
            HandOver: self._hand_over,
            Say: self._say,
            TakeBack: self._take_back,
            Note: self._note,
            Flag: self._flag,
            CallSupervisor: self._call_supervisor,
            OpenMedia: self._open_media,
            Close: self._close,
            Invite: self._invite,
            Dismiss: self._dismiss,
            Noted: self._noted,
            Practise: self._practise,
        }

    def greet(self, visit: Visit) -> Visit:
        """The language they chose before their last visit faded."""
        return visit.but(lang=self._me.seat.lang) if self._me.seat else visit

    async def decide(self, event: Event, visit: Visit) -> Reply:
        """The desk's door. Whoever shows up keeps what they hold."""
        hand = self._hand
        self._me = (await roster.operator(hand.connection, hand.keys, self._me.num)) or self._me
        if not isinstance(event, Carried):
            await claims.renew_leases(hand.connection, self._me.num, hand.now + LEASE)
        looking = _looked_at(event)
        bench = await (
            hand.case_bench(self._me) if self._only_the_case(event, visit) else hand.bench(self._me, looking)
        )
        if bench.looked is not None and isinstance(event, Tapped) and event.action == go("desk.look", looking):
            await self._audit("look", bench.looked.case.code)
        reply = desk.decide(event, visit, hand.world, bench)
        if self._me.seat and reply.visit.lang != self._me.seat.lang:
            seat = self._me.seat.but(lang=reply.visit.lang)
            await roster.save_seat(hand.connection, hand.keys, self._me.num, seat)
        return reply

    def _only_the_case(self, event: Event, visit: Visit) -> bool:
        """Whether words go to the active case or have just gone there: then nothing of the queue is needed."""
        if isinstance(event, Carried):
            return event.done and isinstance(event.act, Say) and bool(self._me.active)
        to_case = isinstance(event, Typed) and not event.text.lstrip().startswith("/")
        return to_case and Action.decode(visit.awaiting) == CASE and bool(self._me.active)

    async def carry_one(self, act: Act, visit: Visit) -> tuple[Carried, Visit]:
        """One act, noted, without content, in the audit."""
        active = (await cases.cases_by_id(self._hand.connection, [self._me.active])).get(self._me.active)
        done = await self._carry[type(act)](act)
        if done.done and not isinstance(act, Say | Note):
            code = done.code if isinstance(act, Take | TakeOver | Resume) else active.code if active else ""
            await self._audit(act.what if isinstance(act, Noted) else type(act).__name__.lower(), code)
        if done.done and isinstance(act, Duty | Dismiss):  # who is there: the next turn needs it
            await self._hand.house.refresh(self._hand.connection)
        return done, visit

    async def edited(self, text: str) -> bool:
        """The last typed words were edited: on the visitor's side too. What may not leave, or became a note, changes
        nothing there. Words that had been refused are tried anew."""
        hand = self._hand
        if not may_leave(text):
            return False
        source = hand.keys.message(self._incoming.chat_id, self._incoming.message_id)
        line = await lines.edit_line(hand.connection, hand.keys, source, signed(self._me.name, text))
        if line is None:
            return False
        if case := (await cases.cases_by_id(hand.connection, [line.case])).get(line.case):
            await telling.visitor_edited(hand, case)
            await telling.operator(hand, case, loud=False)
        return True

    # --- duty and claims ---

    async def _duty(self, act: Duty) -> Carried:
        hand, me = self._hand, self._me
        await roster.set_state(hand.connection, me.num, act.state, hand.now)
        if act.state == "off":
            for case in await claims.give_back_all(hand.connection, me.num, hand.now):
                cards.post(hand, case)
            await telling.clean(hand, me.num)
        return Carried(act)

    async def _take(self, act: Take) -> Carried:
        hand, me = self._hand, self._me
        bench = await hand.bench(me)
        wanted = [act.case] if act.case else [case.id for case in bench.queue]
        held = ""
        for number in wanted:
            outcome = await claims.take(hand.connection, number, me.num, hand.now + LEASE, hand.now)
            if isinstance(outcome, claims.Taken):
                cards.post(hand, outcome.case, who=me.name)
                if not outcome.case.practice:
                    hand.ledger.counts["case_taken", ""] += 1
                return Carried(act, code=outcome.case.code)
            if isinstance(outcome, claims.HeldBy) and outcome.operator == me.num:
                return replace(await self._resume(Resume(number)), act=act)
            if isinstance(outcome, claims.HeldBy):
                held = await self._name(outcome.operator)
        return Carried(act, done=False, who=held if act.case else "")

    async def _take_over(self, act: TakeOver) -> Carried:
        hand, me = self._hand, self._me
        case = (await cases.cases_by_id(hand.connection, [act.case])).get(act.case)
        if case is None or not me.supervises:
            return Carried(act, done=False)
        former = case.operator
        taken = await claims.hand_to(hand.connection, case.id, former, me.num, hand.now + LEASE, hand.now)
        if taken is None or not await claims.switch(hand.connection, me.num, case.id, hand.now):
            return Carried(act, done=False)
        cards.post(hand, replace(taken, state="taken"), who=me.name)
        if former and (who := await roster.operator(hand.connection, hand.keys, former)):
            await telling.no_longer(hand, former, case)
            await telling.staff(hand, who, "taken_over", case.code, go("desk"))
        return Carried(act, code=case.code)

    async def _park(self, act: Park) -> Carried:
        return Carried(act, done=await claims.switch(self._hand.connection, self._me.num, 0, self._hand.now))

    async def _resume(self, act: Resume) -> Carried:
        done = await claims.switch(self._hand.connection, self._me.num, act.case, self._hand.now)
        return Carried(act, done=done)

    async def _hand_over(self, act: HandOver) -> Carried:
        hand, me = self._hand, self._me
        if not me.active:
            return Carried(act, done=False)
        if not act.to:
            back = await claims.give_back(hand.connection, me.active, me.num, hand.now)
            if back is None:
                return Carried(act, done=False)
            await self._handed_with(act.note)
            cards.post(hand, back)
            return Carried(act, code=back.code)
        to = await roster.operator(hand.connection, hand.keys, act.to)
        if (held := await self._active()) is None or held.practice:
            return Carried(act, done=False)
        if to is None or to.state != "on" or len(await cases.held_by(hand.connection, to.num)) >= MOST_CASES:
            return Carried(act, done=False, who=to.name if to else "")
        case = await claims.hand_to(hand.connection, me.active, me.num, to.num, hand.now + LEASE, hand.now)
        if case is None:
            return Carried(act, done=False)
        await self._handed_with(act.note)
        cards.post(hand, case, who=to.name)
        await telling.staff(hand, to, "handed", case.code, go("desk.resume", case.id))
        return Carried(act, who=to.name, code=case.code)

    async def _handed_with(self, note: str) -> None:
        """What whoever goes on with the case finds in it: the note, and to ask again whether it is safe."""
        if note:
            await self._line("note", note)
        await self._line("system", "handed")
        await telling.clean(self._hand, self._me.num)

    # --- words ---

    async def _say(self, act: Say) -> Carried:
        hand = self._hand
        case = await self._active()
        if case is None or not case.reachable:
            return Carried(act, done=False)
        source = hand.keys.message(self._incoming.chat_id, self._incoming.message_id)
        line = await self._line(
            "operator", signed(self._me.name, act.text), source if self._incoming.message_id else None
        )
        if line is None:
            return Carried(act, done=False)
        await cases.wrote(hand.connection, case.id, "operator", hand.now)
        if not await telling.visitor(hand, case):
            await lines.mark(hand.connection, [line.id], "not_delivered")
        elif await telling.announced(hand, case):
            await lines.mark(hand.connection, [line.id], "delivered")
        return Carried(act)

    async def _note(self, act: Note) -> Carried:
        return Carried(act, done=await self._line("note", act.text) is not None)

    async def _take_back(self, act: TakeBack) -> Carried:
        hand = self._hand
        last = await lines.last_said(hand.connection, hand.keys, self._me.active) if self._me.active else None
        if last is None or last.state == "opened":
            return Carried(act, done=False)
        return Carried(act, done=bool(await lines.withdraw_line(hand.connection, last.id, "operator")))

    async def _line(self, said_by: LineSide, text: str, source: bytes | None = None) -> Line | None:
        """One more line of the open case; None when its visitor has left, because its key is gone with them."""
        hand = self._hand
        number = hand.order.next(hand.now)
        try:
            return await lines.add_line(
                hand.connection, hand.keys, self._me.active, said_by, text, number, hand.now, source=source
            )
        except SealError:
            return None

    # --- care ---

    async def _flag(self, act: Flag) -> Carried:
        case = await self._active()
        if case is None or (not act.raised and not self._me.supervises):
            return Carried(act, done=False)
        await (cases.flag if act.raised else cases.unflag)(self._hand.connection, case.id)
        return Carried(act)

    async def _call_supervisor(self, act: CallSupervisor) -> Carried:
        hand = self._hand
        case = await self._active()
        if case is None:
            return Carried(act, done=False)
        if case.practice:  # nobody is called: the bot plays the supervisor, who lets it be closed
            await cases.unflag(hand.connection, case.id)
            await self._line("system", "played")
            return Carried(act)
        await self._line("system", "supervisor")
        called = await telling.supervisors(hand, case.desk, but=self._me.num)
        for one in called:
            await telling.staff(hand, one, "supervisor", case.code, go("desk.look", case.id))
        return Carried(act, done=any(one.state == "on" for one in called))

    async def _open_media(self, act: OpenMedia) -> Carried:
        if not self._me.active:
            return Carried(act, done=False)
        await cases.open_media(self._hand.connection, self._me.active, open_=act.open)
        return Carried(act)

    async def _close(self, act: Close) -> Carried:
        hand, me = self._hand, self._me
        case = await self._active()
        if case is None:
            return Carried(act, done=False)
        done = await deeds(hand.connection, hand.keys, case, act) if case.practice else None  # before they are gone
        route = await telling.route_of(hand, case)
        closed = await ending.close(
            hand.connection, hand.keys, case.id, hand.now, operator=me.num, supervisor=me.supervises
        )
        if not isinstance(closed, ending.Closed):
            return Carried(act, done=False)
        if act.blocked and case.chat and done is None:
            await ending.bar(hand.connection, case.chat, hand.now + BAR)
        cards.withdraw(hand, case)
        await telling.ended_by_desk(hand, case, route)
        await telling.wipe(hand, case)
        if done is not None:
            return Carried(act, code=case.code, practised=done)
        hand.ledger.counts["case_closed", case.kind] += 1
        for question, answer in act.labels:
            hand.ledger.counts[question, answer] += 1
        return Carried(act, code=case.code)

    # --- staff ---

    async def _invite(self, act: Invite) -> Carried:
        hand, me = self._hand, self._me
        if not me.supervises:
            return Carried(act, done=False)
        code = await invites.invite(hand.connection, hand.keys, _role(act.role), me.desk, me.num, hand.now)
        return Carried(act, code=code.lower())

    async def _dismiss(self, act: Dismiss) -> Carried:
        hand, me = self._hand, self._me
        if not me.supervises or act.operator == me.num:
            return Carried(act, done=False)
        gone = await roster.operator(hand.connection, hand.keys, act.operator)
        for case in await roster.remove(hand.connection, act.operator, hand.now):
            cards.post(hand, case)
        if gone and gone.chat and (visit := await hand.visit_of(gone.chat)):
            turns.leave_quietly(visit, hand.ledger, hand.world)  # what stood on their phone goes
        return Carried(act)

    # --- practice ---

    async def _noted(self, act: Noted) -> Carried:
        return Carried(act)

    async def _practise(self, act: Practise) -> Carried:
        hand, me = self._hand, self._me
        desk = hand.house.desk(me.desk)
        if hand.practice is None or desk is None or me.seat is None or hand.practice.busy(me.num):
            return Carried(act, done=False)
        start, lang = hand.practice.start, me.seat.lang
        part = Part(SCRIPTS[act.script], lang, desk.name(lang))
        after_commit(hand.connection, lambda: start(me.num, part))
        return Carried(act)

    async def _active(self) -> Case | None:
        number = self._me.active
        case = (await cases.cases_by_id(self._hand.connection, [number])).get(number) if number else None
        return case if case and case.open and case.operator == self._me.num else None

    async def _name(self, num: int) -> str:
        who = await roster.operator(self._hand.connection, self._hand.keys, num)
        return who.name if who else ""

    async def _audit(self, action: str, code: str) -> None:
        await audit.write(self._hand.connection, self._hand.keys, self._me.num, action, self._hand.now, code)


def _looked_at(event: Event) -> int:
    """The case a supervisor wants to look at, by the button's own address."""
    action = event.action if isinstance(event, Tapped) else None
    if (
        action is None
        or action.name not in ("desk.look", "desk.over")
        or not action.args
        or not action.args[0].isdigit()
    ):
        return 0
    return int(action.args[0])


def _role(role: str) -> Role:
    return "supervisor" if role == "supervisor" else "coordinator" if role == "coordinator" else "operator"
