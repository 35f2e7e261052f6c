"""Made-up cases, lines, operators and desks for the pure conversations."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from db.desk.case import Case, Line, Urgency
from db.desk.staff import Desk, Operator, Role
from flows.desk.known import Bench, CaseView, DeskNow
from flows.engine import World

TELLING = "насильство, вбив, police, shelter <b>&amp; {name}"  # what a preview must never show
CASE = 1_795_348_800_000_023  # as long as a case's number is
STATES = ("waiting", "kept", "taken", "parked")


def a_case(now: datetime, state: str = "waiting", **changes: Any) -> Case:
    """A case of nobody in particular."""
    case = Case(
        id=CASE, chat=b"c" * 16, code="🦔 Yizhak Koral 12", desk=1, kind="chat", lang="uk", region=31, topic="hurt",
        who="other", urgency=Urgency.SOON, flagged=False, state="waiting", operator=0, lease_until=None, opened_at=now,
        waiting_since=now - timedelta(minutes=90), taken_at=None, wrote_last="visitor", wrote_at=now, visitor="here",
        media=False, worded=True, proved=False, tries=0, card=7, keep_from=now + timedelta(hours=1),
        keep_to=now + timedelta(hours=3), told=0, closed_at=None,
    )  # fmt: skip
    held = {"operator": 1} if state in ("taken", "parked") else {}
    return replace(case, state=state, **{**held, **changes})  # type: ignore[arg-type]


def some_lines(now: datetime, many: int = 12) -> tuple[Line, ...]:
    """Words of all sides, telling ones, in every state of delivery; more than one screen holds."""
    sides = ("visitor", "operator", "note", "system")
    states = ("waiting", "delivered", "opened", "not_delivered", "gone")
    words = {"system": "handed", "visitor": TELLING + " слово" * 200, "operator": TELLING, "note": "quiet-note"}
    return tuple(
        Line(n, CASE, sides[n % 4], words[sides[n % 4]], now, states[n % 5])  # type: ignore[arg-type]
        for n in range(many)
    )


def a_desk(num: int = 1) -> Desk:
    """A desk with a group."""
    return Desk(f"desk{num}", f"Стійка {num}", f"Desk {num}", num=num, group=-100 - num, languages=("uk", "en"))


def an_operator(now: datetime, role: Role = "operator", num: int = 1, **changes: Any) -> Operator:
    """Somebody on duty."""
    return replace(Operator(num, b"o" * 16, None, "Оксана", 1, role, "on", 0, now), **changes)


def with_desks(world: World, *, on_duty: int = 1, case: Case | None = None, lines: tuple[Line, ...] = ()) -> World:
    """The world with two desks, seen by somebody who takes part in a case, or not yet."""
    desks = tuple(DeskNow(a_desk(num), on_duty if num == 1 else 0, 3, 12) for num in (1, 2))
    view = CaseView(case, lines, "Оксана" if case.operator else "", 2, 12) if case else None
    return replace(world, desks=desks, case=view)


def a_bench(now: datetime, role: Role = "operator", *, active: Case | None = None, **changes: Any) -> Bench:
    """An operator's bench with a full queue and, if so, an active and a parked case."""
    queue = tuple(
        a_case(now, id=CASE + n, code=f"🦔 Yizhak {n}", topic=topic, kind=kind)
        for n, (topic, kind) in enumerate((("hurt", "chat"), ("fear", "callback"), ("child", "team"), ("law", "chat")))
    )
    parked = a_case(now, "parked", id=CASE + 50, code="🌵 Kaktus Gamma")
    waiting = (a_case(now, "taken", id=CASE + 60, flagged=True, operator=2),) if role == "supervisor" else ()
    bench = Bench(
        me=an_operator(now, role, active=active.id if active else 0), desk=a_desk(), queue=queue,
        mine=(active, parked) if active else (), active=active, lines=some_lines(now) if active else (),
        detail="+380440000000" if active and active.kind != "chat" else "",
        colleagues=(an_operator(now, num=2, name="Ірина"), an_operator(now, num=3, state="break")),
        waiting_for_supervisor=waiting, today=timedelta(hours=3, minutes=45),
    )  # fmt: skip
    looked = CaseView(waiting[0], some_lines(now), "Ірина") if waiting else None
    return replace(bench, looked=looked, **changes)
