"""Telling the other side: the visitor by an announced answer, the operator by their screen and a quiet sound."""

from __future__ import annotations

import structlog

from bot import metrics, render
from bot.desk.hand import Hand
from db import memory
from db.because import Because
from db.desk import cases, roster
from db.desk.case import Case, Route
from db.desk.staff import Operator
from db.visit import Visit
from flows.desk.case import CASE, ended_by_them, not_yours_now, shown
from flows.desk.handing import gone_meanwhile
from flows.desk.pings import ping
from flows.engine import Action, go
from flows.talk.conversation import conversation, ended

log = structlog.get_logger()


async def visitor(hand: Hand, case: Case) -> bool:
    """Something is there to be read: announced, never sent itself. False when nothing leads to the visitor."""
    route = await route_of(hand, case)
    until = case.keep_to if case.visitor != "here" else None  # outside the hours they named there is silence
    if route is None or not case.reachable or (until and until <= hand.now):
        return False
    hand.ledger.announce(route, go("talk.case"), Because.case(case.id), until=until)
    return True


async def announced(hand: Hand, case: Case) -> bool:
    """Whether a line stands in the visitor's chat already that leads to whatever is new."""
    if case.chat is None:
        return False
    visit = await hand.visit_of(case.chat)
    return bool(visit.notice if visit else await memory.unopened(hand.connection, hand.keys, [case.chat]))


async def route_of(hand: Hand, case: Case) -> Route | None:
    """The way to a case's visitor, None when nothing leads there."""
    return (await cases.routes_of(hand.connection, hand.keys, [case.id])).get(case.id)


async def operator(hand: Hand, case: Case, *, loud: bool) -> None:
    """The operator of a case: what their screen shows is renewed at the end of the batch when it shows this case;
    `loud`: a line with a sound besides, so that nobody has to keep looking."""
    if not case.operator:
        return
    hand.stirred.setdefault(case.operator, set()).add(case.id)
    who = await roster.operator(hand.connection, hand.keys, case.operator) if loud else None
    if who is not None:
        opens = CASE if who.active == case.id else go("desk.resume", case.id)
        await staff(hand, who, "new", case.code, opens)


async def renew(hand: Hand) -> None:
    """Once a batch: the screens of operators whose case has changed in it, however often it did."""
    stirred, hand.stirred = hand.stirred, {}
    found = await roster.by_nums(hand.connection, hand.keys, stirred) if stirred else {}
    in_it = {one.chat: one for one in found.values() if one.chat and one.active in stirred[one.num]}
    visits = await hand.visits_of(in_it) if in_it else {}
    looking = {
        in_it[chat].num: visit
        for chat, visit in visits.items()
        if Action.decode(visit.awaiting) == CASE and hand.house.desk(in_it[chat].desk)
    }
    for num in [num for num, visit in looking.items() if not visit.live]:  # nothing to edit yet: at the next tick
        del looking[num]
        hand.house.unshown.add(found[num].active)
    benches = await hand.case_benches([found[num] for num in looking]) if looking else {}
    for num, bench in benches.items():
        try:
            fields = render.screen(shown(looking[num], hand.world, bench)) if bench.active else None
        except Exception as fault:  # a screen that cannot be drawn must not cost the batch its words
            log.error("flow_failed", event_kind="renew", fault=type(fault).__name__)
            metrics.FLOW_FAULTS.inc()
            continue
        if fields:
            hand.ledger.renew(looking[num], fields, hand.lines.older(hand.keys.chat(looking[num].chat_id)))


async def supervisors(hand: Hand, desk: int, *, but: int = 0) -> list[Operator]:
    """A desk's supervisors; where it has none, those of all."""
    everybody = await roster.staff(hand.connection, hand.keys)
    found = [one for one in everybody if one.supervises and one.num != but]
    return [one for one in found if one.desk == desk] or found


async def staff(hand: Hand, who: Operator, about: str, name: str, opens: Action) -> None:
    """A line to a colleague, with a sound: new words, a case handed over, a supervisor's look. `name`: the case's, or
    the desk's."""
    if who.seat is None or who.chat is None:
        return
    visit = await hand.visit_of(who.chat)
    to = visit or Route(who.seat.chat_id, 0, who.seat.lang)
    t = hand.world.speak(to.lang)
    hand.ledger.announce(to, opens, Because.staff(), ping(about, name, opens, t), sound=True)


async def ended_by_visitor(hand: Hand, case: Case) -> None:
    """The operator who had it sees that it is over, if it stands on their screen; what was passed on goes."""
    await wipe(hand, case)
    who = await roster.operator(hand.connection, hand.keys, case.operator) if case.operator else None
    visit = await hand.visit_of(who.chat) if who and who.chat else None
    if who is None or who.chat is None or visit is None or not visit.live:
        return
    if Action.decode(visit.awaiting) == CASE:
        fields = render.screen(ended_by_them(case.code, visit, hand.world))
        hand.ledger.renew(visit, fields, hand.lines.older(who.chat))


async def ended_by_desk(hand: Hand, case: Case, route: Route | None) -> None:
    """The visitor's screen becomes the last warm line; by an edit only. When they are not here, all that happens is
    that an answer's neutral line goes, because it leads nowhere any more."""
    visit = await hand.visit_of(case.chat) if case.chat else None
    if case.chat and route and (visit is None or visit.case != case.id):
        lines = await memory.unopened(hand.connection, hand.keys, [case.chat])
        for message_id, sent_at in lines.get(case.chat, ()):
            hand.ledger.fold(Visit(route.chat_id, 0), message_id, sent_at)
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


async def no_longer(hand: Hand, num: int, case: Case) -> None:
    """A case is somebody else's now, or nobody's: what stood of it on the former operator's phone goes."""
    who = await roster.operator(hand.connection, hand.keys, num) if num else None
    visit = await hand.visit_of(who.chat) if who and who.chat else None
    if who and who.chat and visit and visit.live and not who.active:
        fields = render.screen(not_yours_now(case.code, visit, hand.world))
        hand.ledger.renew(visit, fields, hand.lines.older(who.chat))
        hand.ledger.keep(visit.but(awaiting=""))
    await clean(hand, num)


async def clean(hand: Hand, num: int) -> None:
    """Everything that was said or passed on in an operator's chat goes, but for the screen itself. Which case a photo
    belongs to is not kept, so those of other cases go with it."""
    who = await roster.operator(hand.connection, hand.keys, num) if num else None
    if who is None or who.chat is None or who.seat is None:
        return
    visit = await hand.visit_of(who.chat) or Visit(who.seat.chat_id, 0)
    for message_id, sent_at in (await memory.traces_of(hand.connection, hand.keys, [who.chat])).get(who.chat, ()):
        if message_id not in (visit.live, visit.notice):
            hand.ledger.erase(visit, message_id, sent_at)


async def wipe(hand: Hand, case: Case) -> None:
    """A conversation is over: nothing of it stays in its operator's chat, nor on the screen of a supervisor who was
    reading along."""
    await clean(hand, case.operator)
    standing = go("desk.look", case.id)
    for visit in (await hand.visits_of(hand.house.supervising())).values():
        if visit.live and Action.decode(visit.awaiting) == standing:
            fields = render.screen(gone_meanwhile(visit, hand.world))
            hand.ledger.renew(visit, fields, hand.lines.older(hand.keys.chat(visit.chat_id)))
