"""The board an operator works from: duty, the queue, their own cases; and how much is enough (checklist 55)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from babel.dates import format_timedelta
from markupsafe import Markup

from db.visit import LANGS, Visit
from flows.acts import Duty
from flows.address import word
from flows.desk.frame import desk_screen, heading, told, waited
from flows.engine import Action, Button, Reply, Row, World, go
from flows.texts import N_, Catalogue

if TYPE_CHECKING:
    from db.desk.case import Case
    from flows.desk.known import Bench

# Shout's limits for volunteers (safety-design 8.10): conversations in 24 hours and in 7 days.
DAY_LIMIT = timedelta(hours=4)
WEEK_LIMIT = timedelta(hours=16)
WARN_BEFORE = timedelta(minutes=30)
MOST_CASES = 3  # taken and parked at once
SHOWN = 5  # cases of the queue on the board
_TO = {"on": N_("desk.duty.on"), "break": N_("desk.duty.break"), "off": N_("desk.duty.off")}
_STATES = {"on": N_("desk.state.on"), "break": N_("desk.state.break"), "off": N_("desk.state.off")}


def board(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """What waits, what is one's own, and whether one is on duty."""
    t = world.speak(visit.lang)
    return Reply(visit.but(awaiting=""), desk_screen(t, _text(t, world, bench), _rows(t, bench)))


def duty(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Begin, pause or end."""
    return Reply(visit, None, (Duty(word(action, 0, _STATES)),))  # type: ignore[arg-type]  # one of the three


def lang(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The language of the operator's own screens."""
    t = world.speak(visit.lang)
    if action.args:
        return board(go("desk"), visit.but(lang=word(action, 0, LANGS)), world, bench)
    row = tuple(Button(t.label(f"lang.{code}"), go("desk.lang", code)) for code in LANGS)
    return Reply(visit, desk_screen(t, t("desk.lang.text"), (row,)))


def enough(bench: Bench) -> bool:
    """Whether this operator has talked as long as is good for anybody."""
    return bench.today >= DAY_LIMIT or bench.week >= WEEK_LIMIT


def cannot_take(visit: Visit, world: World, bench: Bench) -> Reply | None:
    """Why no case can be taken now, or None."""
    t = world.speak(visit.lang)
    if bench.me.state != "on":
        return told(visit, t, N_("desk.not_on_duty"), ((Button(t.label("desk.duty.on"), go("desk.duty", "on")),),))
    if enough(bench):
        return told(visit, t, N_("desk.enough"))
    if len(bench.mine) >= MOST_CASES:
        return told(visit, t, N_("desk.too_many"), most=MOST_CASES)
    return None


def _text(t: Catalogue, world: World, bench: Bench) -> Markup:
    parts = [t(_STATES[bench.me.state], name=bench.me.name, desk=bench.desk.name(t.lang))]
    if bench.shut:
        parts.append(t("desk.group_lost"))
    if (near := _near_the_limit(t, bench)) is not None:
        parts.append(near)
    parts.append(t.count("desk.waiting", bench.waiting) if bench.waiting else t("desk.waiting.none"))
    parts += [heading(case, t, world) + Markup(" · {}").format(waited(case, t, world)) for case in bench.queue[:SHOWN]]
    if bench.mine:
        parts.append(t("desk.mine"))
        parts += [heading(case, t, world) + _mark(case, t, bench) for case in bench.mine]
    return Markup("\n\n").join(parts)


def _mark(case: Case, t: Catalogue, bench: Bench) -> Markup:
    return t("desk.active_mark") if case == bench.active else t("desk.parked_mark")


def _near_the_limit(t: Catalogue, bench: Bench) -> Markup | None:
    if enough(bench):
        return t("desk.enough_note")
    left = min(DAY_LIMIT - bench.today, WEEK_LIMIT - bench.week)
    if left > WARN_BEFORE:
        return None
    return t("desk.nearly_enough", left=format_timedelta(left, granularity="minute", locale=t.lang))


def _rows(t: Catalogue, bench: Bench) -> list[Row]:
    rows: list[Row] = []
    if bench.me.role in ("operator", "supervisor"):
        if bench.active:
            rows.append((Button(t.label("desk.to_case", name=bench.active.code), go("desk.case")),))
        if bench.me.state == "on" and bench.queue:
            rows.append((Button(t.label("desk.take_next"), go("desk.take", 0)),))
        rows += [
            (Button(t.label("desk.resume", name=case.code), go("desk.resume", case.id)),)
            for case in bench.mine
            if case != bench.active
        ]
        rows += [
            (Button(t.label("desk.look", name=case.code), go("desk.look", case.id)),)
            for case in bench.waiting_for_supervisor
        ]
        others = [state for state in _STATES if state != bench.me.state]
        rows.append(tuple(Button(t.label(_TO[state]), go("desk.duty", state)) for state in others))
    rows.append((Button(t.label("desk.help"), go("desk.help")), Button(t.label("home.lang"), go("desk.lang"))))
    return rows
