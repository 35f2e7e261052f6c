"""Closing a case: a few coarse questions for the figures, each of which may be skipped, then everything goes.

The answers stand in the button's address, one sign a question, and end as counts that cannot be joined (checklist 40).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.visit import Visit
from flows.acts import Close
from flows.address import NotAnAddressError
from flows.desk.case import CASE, nothing_active
from flows.desk.frame import desk_screen, told
from flows.engine import Action, Button, Reply, Row, World, go
from flows.rows import rows_of
from flows.texts import N_

if TYPE_CHECKING:
    from flows.desk.known import Bench

SKIPPED = "-"
# Question → its answers (sign → label). The order is the order they are asked in; names are the tallies' measures.
QUESTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("case_result", N_("close.result"), {
        "t": N_("close.result.talked"), "r": N_("close.result.referred"), "u": N_("close.result.unreached"),
        "o": N_("close.result.other_voice"), "n": N_("close.result.not_for_us"),
    }),
    ("case_who", N_("close.who"), {
        "s": N_("close.who.survivor"), "r": N_("close.who.relative"), "p": N_("close.who.professional"),
        "c": N_("close.who.child"),
    }),
    ("case_sex", N_("close.sex"), {"w": N_("close.sex.woman"), "m": N_("close.sex.man"), "o": N_("close.sex.other")}),
    ("case_age", N_("close.age"), {
        "c": N_("close.age.child"), "y": N_("close.age.young"), "a": N_("close.age.adult"), "o": N_("close.age.older"),
    }),
    ("case_form", N_("close.form"), {
        "p": N_("close.form.physical"), "s": N_("close.form.sexual"), "m": N_("close.form.mental"),
        "e": N_("close.form.economic"), "x": N_("close.form.several"),
    }),
    ("case_relation", N_("close.relation"), {
        "p": N_("close.relation.partner"), "x": N_("close.relation.former"), "r": N_("close.relation.parent"),
        "c": N_("close.relation.child"), "o": N_("close.relation.other"),
    }),
    ("case_again", N_("close.again"), {"f": N_("close.again.first"), "r": N_("close.again.repeated")}),
    ("case_vulnerable", N_("close.vulnerable"), {
        "d": N_("close.vulnerable.disability"), "i": N_("close.vulnerable.displaced"),
        "p": N_("close.vulnerable.pregnant"), "m": N_("close.vulnerable.military"),
        "o": N_("close.vulnerable.occupied"),
    }),
    ("case_offered", N_("close.offered"), {
        "p": N_("close.offered.police"), "s": N_("close.offered.shelter"), "l": N_("close.offered.law"),
        "m": N_("close.offered.medical"), "c": N_("close.offered.counselling"),
    }),
    ("case_management", N_("close.management"), {"y": N_("close.management.yes"), "n": N_("close.management.no")}),
)  # fmt: skip
MEASURES = frozenset(measure for measure, _, _ in QUESTIONS)


def close(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The next question, or the end. A flagged case is not closed by an operator alone (checklist 49)."""
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    if bench.active.flagged and not bench.me.supervises:
        call = ((Button(t.label("desk.call"), go("desk.call")),),)
        return told(visit, t, N_("desk.close.flagged"), call, name=bench.active.code)
    given = _given(action)
    if len(given) == len(QUESTIONS):
        return Reply(visit, None, (Close(labels(given)),))
    _, question, answers = QUESTIONS[len(given)]
    buttons = [Button(t.label(label), go("desk.close", given + sign)) for sign, label in answers.items()]
    rows: tuple[Row, ...] = (
        *rows_of(buttons),
        (Button(t.label("close.skip"), go("desk.close", given + SKIPPED)),),
        (Button(t.label("close.now"), go("desk.close", given.ljust(len(QUESTIONS), SKIPPED))),),
    )
    return Reply(visit, desk_screen(t, t("close.title", name=bench.active.code, question=t(question)), rows, back=CASE))


def block(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Somebody who abuses the line: a supervisor ends the case, and for a day no new one is opened for that chat."""
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    rows = ((Button(t.label("desk.block.yes"), go("desk.block.now")),),)
    return Reply(visit, desk_screen(t, t("desk.block.text", name=bench.active.code), rows, back=CASE))


def block_now(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The supervisor has read what it means."""
    return Reply(visit, None, (Close(blocked=True),)) if bench.active else nothing_active(visit, world)


def labels(given: str) -> tuple[tuple[str, str], ...]:
    """(measure, answer) for everything that was answered; the answer is the last word of its label's key."""
    return tuple(
        (measure, answers[sign].rpartition(".")[2])
        for (measure, _, answers), sign in zip(QUESTIONS, given, strict=True)
        if sign != SKIPPED
    )


def _given(action: Action) -> str:
    """The answers so far. Raises NotAnAddressError."""
    given = action.args[0] if action.args else ""
    if len(given) > len(QUESTIONS):
        raise NotAnAddressError(action.name)
    for (_, _, answers), sign in zip(QUESTIONS, given, strict=False):
        if sign != SKIPPED and sign not in answers:
            raise NotAnAddressError(action.name)
    return given
