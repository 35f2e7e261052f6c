"""Telling the other side: the visitor by an announced answer, the operator by their screen and a quiet sound."""

from __future__ import annotations

from bot import render
from bot.desk.hand import Hand
from db import memory
from db.because import Because
from db.desk import cases, roster
from db.desk.case import Case, Route
from db.desk.staff import Operator
from db.visit import Visit
from flows.desk.case import CASE, ended_by_them, shown
from flows.desk.frame import told
from flows.desk.pings import ping
from flows.engine import Action, go
from flows.talk.conversation import conversation, ended


async def visitor(hand: Hand, case: Case) -> bool:
    """Something is there to be read: announced, never sent itself. False when nothing leads to the visitor."""
    route = (await cases.routes_of(hand.connection, hand.keys, [case.id])).get(case.id)
    if route is None or not case.reachable:
        return False
    hand.ledger.announce(route, go("talk.case"), Because.case(case.id))
    return True


async def operator(hand: Hand, case: Case, *, loud: bool) -> None:
    """The operator of a case: what their screen shows is renewed when it shows this case; `loud`: a line with a
    sound besides, so that nobody has to keep looking."""
    who = await roster.operator(hand.connection, hand.keys, case.operator) if case.operator else None
    if who is None or who.chat is None:
        return
    visit = await hand.visit_of(who.chat)
    if visit and visit.live and who.active == case.id and Action.decode(visit.awaiting) == CASE:
        bench = await hand.bench(who)
        fields = render.screen(shown(visit, hand.world, bench))
        hand.ledger.renew(visit, fields, hand.lines.older(who.chat))
    if loud:
        opens = CASE if who.active == case.id else go("desk.resume", case.id)
        await staff(hand, who, "new", case, opens)


async def staff(hand: Hand, who: Operator, about: str, case: Case, opens: Action) -> None:
    """A line to a colleague, with a sound: new words, a case handed over, a supervisor's look."""
    if who.seat is None or who.chat is None:
        return
    visit = await hand.visit_of(who.chat)
    to = visit or Route(who.seat.chat_id, 0, who.seat.lang)
    t = hand.world.speak(to.lang)
    hand.ledger.announce(to, opens, Because.staff(), ping(about, case.code, opens, t), sound=True)


async def ended_by_visitor(hand: Hand, case: Case) -> None:
    """The operator who had it sees that it is over, if it stands on their screen."""
    who = await roster.operator(hand.connection, hand.keys, case.operator) if case.operator else None
    visit = await hand.visit_of(who.chat) if who and who.chat else None
    if who is None or who.chat is None or visit is None or not visit.live:
        return
    if Action.decode(visit.awaiting) == CASE:
        fields = render.screen(ended_by_them(case.code, visit, hand.world))
        hand.ledger.renew(visit, fields, hand.lines.older(who.chat))


async def put_down(hand: Hand, num: int) -> None:
    """An operator has a case no more (taken over, lapsed, dismissed): not a word of it stays on their phone."""
    who = await roster.operator(hand.connection, hand.keys, num) if num else None
    visit = await hand.visit_of(who.chat) if who and who.chat else None
    if who is None or who.chat is None or visit is None or not visit.live:
        return
    if Action.decode(visit.awaiting) == CASE:
        gone = told(visit, hand.world.speak(visit.lang), "desk.gone")
        if gone.screen:
            hand.ledger.renew(gone.visit, render.screen(gone.screen), hand.lines.older(who.chat))
            hand.ledger.keep(gone.visit)
    await clean(hand, visit)


async def ended_by_desk(hand: Hand, case: Case) -> None:
    """The visitor's screen becomes the last warm line; by an edit only, and nothing when they are not here."""
    visit = await hand.visit_of(case.chat) if case.chat else None
    if visit is None or visit.case != case.id or not visit.live or case.chat is None:
        return
    after: Visit = visit.but(case=0, awaiting="", notice=0)
    if visit.notice:
        hand.ledger.fold(visit, visit.notice)
    hand.ledger.renew(after, render.screen(ended(after, hand.world)), hand.lines.older(case.chat))
    hand.ledger.keep(after)


async def visitor_edited(hand: Hand, case: Case) -> None:
    """The visitor's screen shows an operator's words as they are now, if it shows the conversation at all."""
    visit = await hand.visit_of(case.chat) if case.chat else None
    if visit is None or case.chat is None or visit.case != case.id or not visit.live or visit.notice:
        return
    view = await hand.case_view(visit)
    if view is not None:
        fields = render.screen(conversation(view, visit, hand.world))
        hand.ledger.renew(visit, fields, hand.lines.older(case.chat))


async def copy_to_operator(hand: Hand, case: Case, visit: Visit, message_id: int) -> None:
    """A photo or voice goes on to whoever has the case."""
    who = await roster.operator(hand.connection, hand.keys, case.operator)
    if who is not None and who.seat is not None:
        hand.ledger.copy(visit, message_id, who.seat.chat_id)


async def clean(hand: Hand, visit: Visit) -> None:
    """A case is over: everything that was said in the operator's chat goes, but for the screen itself."""
    chat = hand.keys.chat(visit.chat_id)
    for message_id, sent_at in (await memory.traces_of(hand.connection, hand.keys, [chat])).get(chat, ()):
        if message_id not in (visit.live, visit.notice):
            hand.ledger.erase(visit, message_id, sent_at)
