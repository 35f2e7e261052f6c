"""What one batch has in hand when it touches the desk: the transaction, the ledger, and what may be known there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.house import House
from bot.ledger import Ledger
from bot.lines import Lines
from db import memory
from db.desk import cases, duty, lines, queue, roster
from db.desk.case import Case
from db.desk.staff import Operator
from db.outbox import Order
from db.sealing import Keyring
from db.visit import Visit
from flows.desk.known import Bench, CaseView
from flows.engine import World

LAST = 300  # lines of a case that are read for a screen and its earlier pages
OVERFLOW = timedelta(minutes=5)  # a case that waits longer is offered to every desk


@dataclass(slots=True)
class Hand:
    """One batch at the desk. `lines`: what waits to be sent already."""

    connection: AsyncConnection
    ledger: Ledger
    world: World
    house: House
    order: Order
    lines: Lines
    random: Random

    @property
    def keys(self) -> Keyring:
        """Sealing and hashes."""
        return self.ledger.keys

    @property
    def now(self) -> datetime:
        """The time of the batch."""
        return self.ledger.now

    async def visit_of(self, chat: bytes) -> Visit | None:
        """The visit of another chat than the one whose turn it is."""
        if chat in self.ledger.left:
            return None
        if chat not in self.ledger.visits:
            self.ledger.visits |= await memory.visits_of(self.connection, self.keys, [chat])
        return self.ledger.visits.get(chat)

    async def case_view(self, visit: Visit) -> CaseView | None:
        """A visitor's own open case; None when it has ended, or was never this chat's."""
        case = (await cases.cases_by_id(self.connection, [visit.case])).get(visit.case)
        if case is None or not case.open or case.chat != self.keys.chat(visit.chat_id):
            return None
        said = await lines.lines_of(self.connection, self.keys, case.id, last=LAST, sides=("visitor", "operator"))
        answering = await roster.operator(self.connection, self.keys, case.operator) if case.operator else None
        at = next((one for one in self.house.desks if one.desk.num == case.desk), None)
        ahead = 0
        if case.state == "waiting":
            ahead = queue.place_of(case, await cases.open_cases(self.connection, [case.desk]), self.now) - 1
        return CaseView(case, tuple(said), answering.name if answering else "", max(0, ahead), at.usual if at else None)

    async def bench(self, me: Operator, looking: int = 0) -> Bench:
        """All an operator may know; `looking` is a case that a supervisor opens without having it."""
        desk = self.house.desk(me.desk)
        if desk is None:
            raise LookupError("an operator without a desk")
        everything = await cases.open_cases(self.connection)
        mine = tuple(one for one in everything if one.operator == me.num)
        active = next((one for one in mine if one.id == me.active), None)
        today, week = await duty.talk_time(self.connection, me.num, self.now)
        bench = Bench(
            me=me,
            desk=desk,
            queue=tuple(queue.order([one for one in everything if self._offered(one, me)], self.now)),
            mine=mine,
            active=active,
            colleagues=tuple(
                one for one in await roster.staff(self.connection, self.keys, me.desk) if one.num != me.num
            ),
            waiting_for_supervisor=tuple(
                one for one in everything if me.supervises and one.flagged and one.operator not in (0, me.num)
            ),
            today=today,
            week=week,
        )
        if active is not None:
            told = await cases.details_of(self.connection, self.keys, active.id)
            said = await lines.lines_of(self.connection, self.keys, active.id, last=LAST)
            bench = replace(bench, lines=tuple(said), detail=told.get("detail", ""))
        return replace(bench, looked=await self._looked(looking, everything)) if looking and me.supervises else bench

    def _offered(self, case: Case, me: Operator) -> bool:
        """The own desk's cases, and those of other desks that wait too long or where nobody is on duty (overflow)."""
        if case.desk == me.desk:
            return True
        return case.desk not in self.house.on_duty() or self.now - case.waiting_since > OVERFLOW

    async def _looked(self, wanted: int, everything: list[Case]) -> CaseView | None:
        case = next((one for one in everything if one.id == wanted), None)
        if case is None:
            return None
        said = await lines.lines_of(self.connection, self.keys, case.id, last=LAST)
        whose = await roster.operator(self.connection, self.keys, case.operator) if case.operator else None
        return CaseView(case, tuple(said), whose.name if whose else "")
