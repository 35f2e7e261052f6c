"""A visitor's acts: carried out on the case, in the transaction of their update, and told to the operator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.desk import cards, telling
from bot.desk.hand import Hand
from bot.desk.side import Side
from bot.events import Incoming
from bot.practice.done import SCRIPT
from bot.practice.visitor import Part
from db.desk import cases, ending, invites, lines, roster
from db.desk.case import Case, Opening, Route, Urgency
from db.desk.case import Side as LineSide
from db.desk.routing import desks_for
from db.desk.staff import Operator, Seat
from db.visit import Visit
from flows import decide as visitors
from flows.acts import (
    Act,
    Carried,
    CaseWord,
    ComeBack,
    Join,
    Leave,
    OpenCase,
    Opened,
    Relay,
    RelayMedia,
)
from flows.desk.known import CaseView
from flows.desk.team import FIRST
from flows.engine import Event, Reply, Typed

Carry = Callable[[Any, Visit], Awaitable[tuple[Carried, Visit]]]


class VisitorSide(Side):
    """What answers a visitor's chat: the visitors' conversations, with their own case at hand."""

    staff = False

    def __init__(self, hand: Hand, incoming: Incoming) -> None:
        super().__init__(hand)
        self._incoming = incoming
        self._chat = hand.keys.chat(incoming.chat_id)
        self._view: CaseView | None = None  # the case as it was when the turn began
        self._carry: dict[type, Carry] = {
            OpenCase: self._open,
            Relay: self._relay,
            RelayMedia: self._relay_media,
            CaseWord: self._keep_word,
            ComeBack: self._come_back,
            Opened: self._opened,
            Leave: self._leave,
            Join: self._join,
        }

    async def decide(self, event: Event, visit: Visit) -> Reply:
        """The visitors' door."""
        world = self._hand.world
        if visit.case:
            self._view = await self._hand.case_view(visit, words=not isinstance(event, Typed))
            world = replace(world, case=self._view)
        return visitors.decide(event, visit, world)

    async def carry_one(self, act: Act, visit: Visit) -> tuple[Carried, Visit]:
        """One act, and the visit after it."""
        return await self._carry[type(act)](act, visit)

    async def edited(self, text: str) -> bool:
        """A message was edited after it had been passed on; whether it had been."""
        source = self._hand.keys.message(self._incoming.chat_id, self._incoming.message_id)
        line = await lines.edit_line(self._hand.connection, self._hand.keys, source, text)
        if line is not None and (case := await self._case(line.case)):
            await telling.operator(self._hand, case, loud=False)
        return line is not None

    async def _open(self, act: OpenCase, visit: Visit) -> tuple[Carried, Visit]:
        hand = self._hand
        if await self._case(visit.case) is not None:  # a second tap: they are in it already
            return Carried(act), visit
        desks = [one.desk for one in hand.house.desks]
        chosen = hand.house.desk(act.desk) or next(iter(desks_for(desks, visit.lang, 0, hand.house.on_duty())), None)
        if chosen is None or await cases.barred(hand.connection, self._chat, hand.now):
            return Carried(act, done=False), visit
        await self._end_former()
        part = hand.practice.part(self._chat) if hand.practice else None
        opening = Opening(
            chat=self._chat,
            route=Route(visit.chat_id, visit.generation, visit.lang),
            desk=chosen.num,
            topic=act.topic,
            urgency=Urgency(act.urgency),
            kind=act.kind,
            who="other" if act.who == "other" else "self",
            region=chosen.regions[0] if act.desk and len(chosen.regions) == 1 else 0,
            details=self._played(part) if part else {"detail": act.detail} if act.detail else {},
            keep_from=act.keep[0] if act.keep else None,
            keep_to=act.keep[1] if act.keep else None,
            practice=part is not None,
        )
        case, _ = await cases.open_case(hand.connection, hand.keys, hand.order, opening, hand.now, hand.random)
        cards.post(hand, case)
        return Carried(act), visit.but(case=case.id, awaiting="")

    def _played(self, part: Part) -> dict[str, str]:
        """What a practice keeps, sealed: which script it is, and what the last shift left about it."""
        brief = self._hand.world.speak(part.lang).label(part.script.brief) if part.script.brief else ""
        return {SCRIPT: part.script.name} | ({"detail": brief} if brief else {})

    async def _end_former(self) -> None:
        """Who asks anew without the word is a stranger: what this chat had open ends (checklist 53)."""
        hand = self._hand
        for case in await ending.left(hand.connection, hand.keys, [self._chat], hand.now):
            cards.withdraw(hand, case)
            await telling.operator(hand, case, loud=False)
            await telling.wipe(hand, case)

    async def _relay(self, act: Relay, visit: Visit) -> tuple[Carried, Visit]:
        before = self._view.case if self._view else None
        practised = before is not None and before.practice  # its script says how urgent it is
        if act.urgent and not practised and await cases.hasten(self._hand.connection, visit.case):
            before = await self._case(visit.case)
        if before is not None:
            await self._say(act.text, before)
        return Carried(act, done=before is not None), visit

    async def _relay_media(self, act: RelayMedia, visit: Visit) -> tuple[Carried, Visit]:
        """Passed on by copying, never downloaded; the operator's copy goes with the case."""
        case = await self._case(visit.case)
        if case is None or not case.media or not case.operator:
            return Carried(act, done=False), visit
        await self._say("media", case, said_by="system")
        await telling.copy_to_operator(self._hand, case, visit, self._incoming.message_id)
        return Carried(act), visit

    async def _say(self, text: str, before: Case, said_by: LineSide = "visitor") -> None:
        hand = self._hand
        source = hand.keys.message(self._incoming.chat_id, self._incoming.message_id)
        number = hand.order.next(hand.now)
        await lines.add_line(
            hand.connection, hand.keys, before.id, said_by, text, number, hand.now, source=source, state="delivered"
        )
        await cases.wrote(hand.connection, before.id, "visitor", hand.now)
        await lines.opened(hand.connection, before.id)  # what they see next is the conversation
        await telling.operator(hand, before, loud=before.wrote_last == "operator" or before.state == "parked")
        if before.state == "waiting":
            cards.post(hand, before)

    async def _keep_word(self, act: CaseWord, visit: Visit) -> tuple[Carried, Visit]:
        hand = self._hand
        kept = await cases.set_word(hand.connection, hand.keys, visit.case, act.word)
        if kept:  # who sets it here is who asked: the word is for whoever comes later
            await cases.prove(hand.connection, hand.keys, visit.case, act.word)
        return Carried(act, done=kept), visit

    async def _come_back(self, act: ComeBack, visit: Visit) -> tuple[Carried, Visit]:
        hand = self._hand
        case = (await cases.case_of(hand.connection, [self._chat])).get(self._chat)
        if case is None or not await cases.prove(hand.connection, hand.keys, case.id, act.word):
            return Carried(act, done=False), visit
        await cases.came_back(hand.connection, hand.keys, case.id, Route(visit.chat_id, visit.generation, visit.lang))
        number = hand.order.next(hand.now)
        await lines.add_line(hand.connection, hand.keys, case.id, "system", "back", number, hand.now)
        await lines.opened(hand.connection, case.id)
        await telling.operator(hand, case, loud=True)
        return Carried(act), visit.but(case=case.id)

    async def _opened(self, act: Opened, visit: Visit) -> tuple[Carried, Visit]:
        case = await self._case(visit.case)
        if case is not None and await lines.opened(self._hand.connection, case.id):
            await telling.operator(self._hand, case, loud=False)
        return Carried(act), visit

    async def _leave(self, act: Leave, visit: Visit) -> tuple[Carried, Visit]:
        hand = self._hand
        case = await self._case(visit.case)
        if case is not None:
            closed = await ending.close(hand.connection, hand.keys, case.id, hand.now)
            if not isinstance(closed, ending.Closed):  # flagged: the shell stays for a supervisor, the words go
                await ending.left(hand.connection, hand.keys, [self._chat], hand.now)
            cards.withdraw(hand, case)
            await telling.ended_by_visitor(hand, case)
            hand.ledger.counts["case_left", ""] += 1
        return Carried(act), visit.but(case=0, awaiting="")

    async def _join(self, act: Join, visit: Visit) -> tuple[Carried, Visit]:
        hand = self._hand
        seat = Seat(visit.chat_id, visit.generation, lang=visit.lang)
        if act.code == FIRST:
            joined = await self._first(seat, act.name)
        else:
            joined = await invites.accept(hand.connection, hand.keys, act.code, seat, act.name, hand.now)
        if joined is not None:
            await hand.house.refresh(hand.connection)
        return Carried(act, done=joined is not None, who=act.name), visit

    async def _first(self, seat: Seat, name: str) -> Operator | None:
        """The deployment names the first supervisors; they invite everybody else."""
        hand = self._hand
        if seat.chat_id not in hand.house.supervisors or not hand.house.desks:
            return None
        first = hand.house.desks[0].desk
        return await roster.enlist(hand.connection, hand.keys, seat, name, "supervisor", first.num, hand.now)

    async def _case(self, number: int) -> Case | None:
        found = (await cases.cases_by_id(self._hand.connection, [number])).get(number)
        return found if found and found.open and found.chat == self._chat else None
