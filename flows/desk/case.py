"""The active case on an operator's screen: reading, writing, taking, parking, coming back to.

Typed words go to the active case and nowhere else; `//` begins a note that never leaves. What is written passes a
scan first (checklist 54): no shelter's address, no banned first line, no link.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from db.visit import Visit
from flows.acts import Note, Noted, OpenMedia, Park, Resume, Say, Take, TakeBack
from flows.address import number
from flows.desk.duty import board, cannot_take
from flows.desk.frame import BOARD, desk_screen, heading, told
from flows.desk.scan import scan
from flows.engine import Action, Button, Reply, Row, Screen, World, go
from flows.exchange import EARLIER, Page, operators_view
from flows.texts import N_, Catalogue

if TYPE_CHECKING:
    from flows.desk.known import Bench

CASE = go("desk.case")
NOTE_MARK = "//"
GONE = ("left", "blocked")
_AWAY = {
    "faded": N_("desk.visitor.faded"),
    "left": N_("desk.visitor.left"),
    "blocked": N_("desk.visitor.blocked"),
}
_DETAILS = {"chat": N_("desk.detail.chat"), "callback": N_("desk.detail.callback"), "team": N_("desk.detail.team")}
_FAULTS = {"link": N_("desk.scan.link"), "street": N_("desk.scan.street"), "first_line": N_("desk.scan.first_line")}


def case(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The active case, or the board when there is none."""
    if bench.active is None:
        return board(BOARD, visit, world, bench)
    return Reply(visit.but(awaiting=CASE.encode()), shown(visit, world, bench))


def take(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A waiting case, or the next one (0). Who already has it is said when somebody was quicker."""
    wanted = number(action, 0)
    if (reply := cannot_take(visit, world, bench)) is not None:
        return reply
    if not wanted and not bench.queue:
        return told(visit, world.speak(visit.lang), N_("desk.nobody_waits"))
    return Reply(visit, None, (Take(wanted),))


def resume(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Back to a parked case; the former one is parked."""
    return Reply(visit, None, (Resume(number(action, 0)),))


def park(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Aside, for a while."""
    return Reply(visit, None, (Park(),)) if bench.active else nothing_active(visit, world)


def say(text: str, visit: Visit, world: World, bench: Bench) -> Reply:
    """Words to the visitor, or after `//` a note."""
    active = bench.active
    if active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    note = text.lstrip().startswith(NOTE_MARK)
    if note and active.visitor != "left":  # after that there is nothing to add it to
        return Reply(visit, None, (Note(text.lstrip().removeprefix(NOTE_MARK).strip()),))
    if note or active.visitor in GONE:
        return told(visit, t, N_("desk.visitor_gone"), _to_close(t), name=active.code)
    if faults := scan(text):
        reasons = Markup("\n").join(t(_FAULTS[fault.why], what=fault.what) for fault in faults)
        held = told(
            visit,
            t,
            N_("desk.not_sent"),
            ((Button(t.label("desk.to_case", name=active.code), CASE),),),
            name=active.code,
            reasons=reasons,
        )
        return replace(held, effects=(Noted("held"),)) if active.practice else held
    return Reply(visit, None, (Say(text),))


def may_leave(text: str) -> bool:
    """Whether words are for the visitor at all, and let through by the scan."""
    return not text.lstrip().startswith(NOTE_MARK) and not scan(text)


def undo(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The last words are taken back, if the visitor has not read them."""
    return Reply(visit, None, (TakeBack(),)) if bench.active else nothing_active(visit, world)


def media(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Photos and voice: the door is opened with a warning, and shut again."""
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    if bench.active.media:
        return Reply(visit, None, (OpenMedia(False),))
    rows = ((Button(t.label("desk.media.open"), go("desk.media.open")),),)
    return Reply(visit, desk_screen(t, t("desk.media.warning", name=bench.active.code), rows, back=CASE))


def media_open(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The warning has been read."""
    return Reply(visit, None, (OpenMedia(True),)) if bench.active else nothing_active(visit, world)


def nothing_active(visit: Visit, world: World) -> Reply:
    """There is no case to write to: it is said that the words went nowhere."""
    return told(visit, world.speak(visit.lang), N_("desk.nothing_active"))


def shown(visit: Visit, world: World, bench: Bench) -> Screen:
    """The case as it stands: heading, what is to be known, the last exchanges, and what can be done."""
    active = bench.active
    t = world.speak(visit.lang)
    if active is None:
        raise ValueError("there is no active case")
    parts = [heading(active, t, world)]
    if bench.detail:
        parts.append(t(N_("desk.detail.practice") if active.practice else _DETAILS[active.kind], detail=bench.detail))
    if active.visitor != "here":
        cut = active.practice and active.visitor == "blocked"  # nobody played blocks the bot
        parts.append(t(N_("desk.practice.cut") if cut else _AWAY[active.visitor]))
    if active.worded and not active.proved:
        parts.append(t("desk.unproved"))
    page = operators_view(bench.lines, t, bench.me.name)
    if page.words:
        parts.append(page.words)
    return desk_screen(t, Markup("\n\n").join(parts), [*_earlier(t, page, 1), *_rows(t, bench)])


def earlier(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """What was said before, page by page."""
    at = number(action, 0)
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    page = operators_view(bench.lines, t, bench.me.name, at)
    text = Markup("\n\n").join([heading(bench.active, t, world), page.words])
    shown = desk_screen(t, text, _earlier(t, page, at + 1), back=CASE)
    return Reply(visit.but(awaiting=CASE.encode()), shown)  # what happens in the case is shown at once


def _earlier(t: Catalogue, page: Page, at: int) -> tuple[Row, ...]:
    return ((Button(t.label(EARLIER), go("desk.earlier", at)),),) if page.more else ()


def ended_by_them(name: str, visit: Visit, world: World) -> Screen:
    """The visitor has ended it."""
    t = world.speak(visit.lang)
    return desk_screen(t, t("desk.ended", name=name))


def not_yours_now(name: str, visit: Visit, world: World) -> Screen:
    """Somebody else goes on with it, or it is back in the queue."""
    t = world.speak(visit.lang)
    return desk_screen(t, t("desk.no_longer", name=name))


def _rows(t: Catalogue, bench: Bench) -> list[Row]:
    active = bench.active
    urgent = Button(t.label("desk.flag"), go("desk.flag"))
    if active and active.flagged and bench.me.supervises:
        urgent = Button(t.label("desk.calm"), go("desk.calm"))
    return [
        (Button(t.label("desk.replies"), go("desk.replies", 0)), Button(t.label("desk.risk"), go("desk.risk"))),
        (Button(t.label("desk.steps"), go("desk.steps")), Button(t.label("desk.danger"), go("desk.danger"))),
        (urgent, Button(t.label("desk.call"), go("desk.call"))),
        (Button(t.label("desk.park"), go("desk.park")), Button(t.label("desk.hand"), go("desk.hand"))),
        (Button(t.label("desk.undo"), go("desk.undo")), Button(t.label("desk.media"), go("desk.media"))),
        *_to_close(t),
    ]


def _to_close(t: Catalogue) -> tuple[Row, ...]:
    return ((Button(t.label("desk.close"), go("desk.close")),),)
