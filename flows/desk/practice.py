"""Practice: an operator picks a case, and afterwards sees what went well and what was missed. In the sandbox only.

A practice goes through the whole desk, but it is marked wherever its name stands, counted nowhere, calls nobody
else, and no word of it outlives the closing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from db.desk.naming import PRACTICE
from db.visit import Visit
from flows.acts import Carried, Practise
from flows.address import word
from flows.desk.frame import desk_screen, told
from flows.engine import Action, Button, Reply, Row, World, go
from flows.rows import rows_of
from flows.texts import N_, Catalogue
from flows.training.judge import Check, Deeds, Source, judge
from flows.training.scripts import SCRIPTS

if TYPE_CHECKING:
    from flows.desk.known import Bench

DOOR = go("desk.practice")


def choose(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Which of the five; on real Telegram it is said where one practises."""
    t = world.speak(visit.lang)
    if not world.practice:
        return told(visit, t, N_("desk.practice.elsewhere"))
    if bench.me.state != "on":
        on_duty = ((Button(t.label("desk.duty.on"), go("desk.duty", "on")),),)
        return told(visit, t, N_("desk.practice.not_on_duty"), on_duty)
    buttons = [Button(t.label(one.label), go("desk.practice.begin", one.name)) for one in SCRIPTS.values()]
    return Reply(visit.but(awaiting=""), desk_screen(t, t("desk.practice.text", mark=PRACTICE), rows_of(buttons)))


def begin(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """The scripted visitor sets off."""
    name = word(action, 0, SCRIPTS)
    if not world.practice or bench.me.state != "on":
        return choose(DOOR, visit, world, bench)
    return Reply(visit.but(awaiting=""), None, (Practise(name),))


def begun(outcome: Carried, visit: Visit, world: World) -> Reply:
    """Where to look for the card; or that one practice is still going on."""
    t = world.speak(visit.lang)
    key = N_("desk.practice.begun") if outcome.done else N_("desk.practice.running")
    return told(visit, t, key, mark=PRACTICE)


def reviewed(name: str, deeds: Deeds, visit: Visit, world: World) -> Reply:
    """One screen in place of "closed"."""
    t = world.speak(visit.lang)
    again: tuple[Row, ...] = ((Button(t.label("desk.practice.again"), DOOR),),) if world.practice else ()
    script = SCRIPTS.get(deeds.script)
    if script is None:
        return told(visit, t, N_("desk.practice.no_review"), again, name=name)
    review = judge(script, deeds)
    parts = [t("review.title", name=name, kind=t.label(script.label))]
    if not deeds.told:
        parts.append(t("review.silent"))
    if review.good:
        parts.append(_list(t("review.good"), review.good, t))
    parts.append(_list(t("review.missed"), review.missed, t) if review.missed else t("review.nothing_missed"))
    return Reply(visit.but(awaiting=""), desk_screen(t, Markup("\n\n").join(parts), again))


def _list(title: Markup, checks: Sequence[Check], t: Catalogue) -> Markup:
    lines = [t("review.line", what=t.label(one.text), source=_source(one.source, t)) for one in checks]
    return Markup("\n").join([title, *lines])


def _source(source: Source, t: Catalogue) -> str:
    named = source.facts or t.label("review.checklist", n=source.checklist)
    return named.replace(" ", "\N{NO-BREAK SPACE}")
