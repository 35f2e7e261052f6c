"""The frame of an operator's screens, and the line that says which case they are in.

The case's name heads every screen of a case, so that nobody can answer the wrong person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from babel.dates import format_timedelta
from markupsafe import Markup

from flows.engine import EXIT, Action, Button, Reply, Row, Screen, World, go
from flows.talk.asking import TOPICS
from flows.texts import N_, Catalogue

if TYPE_CHECKING:
    from db.desk.case import Case
    from db.visit import Visit
    from flows.desk.known import Bench

BOARD = go("desk")
LANGUAGES = {"uk": N_("lang.uk"), "en": N_("lang.en")}
KIND_NAMES = {"chat": N_("desk.kind.chat"), "callback": N_("desk.kind.callback"), "team": N_("desk.kind.team")}
URGENCY_NAMES = (N_("desk.urgency.urgent"), N_("desk.urgency.soon"), N_("desk.urgency.calm"))


def desk_screen(t: Catalogue, text: str, rows: Sequence[Row] = (), *, back: Action = BOARD) -> Screen:
    """A screen with the last row Back · Board · Quick exit: an operator's phone can be looked at too."""
    last = (
        Button(t.label("frame.back"), back),
        Button(t.label("desk.board"), BOARD),
        Button(t.label("frame.exit"), EXIT),
    )
    return Screen(str(text), (*rows, last))


def told(visit: Visit, t: Catalogue, key: str, rows: Sequence[Row] = (), **params: object) -> Reply:
    """A short word to the operator, with the way on."""
    return Reply(visit.but(awaiting=""), desk_screen(t, t(key, **params), rows))


def heading(case: Case, t: Catalogue, world: World) -> Markup:
    """Code, kind, urgency, region, language, topic: all a queue card may say too. Nothing of it names anybody."""
    region = world.places.get(case.region)
    parts = [t.label("desk.practice.mark")] if case.practice else []
    parts += [
        t.label(KIND_NAMES[case.kind]),
        t.label(URGENCY_NAMES[0 if case.flagged else case.urgency]),
        region.name(t.lang) if region else t.label("desk.region.unsaid"),
        t.label(LANGUAGES[case.lang]).lower(),
        t.label(TOPICS.get(case.topic, TOPICS["other"])),
        t.label("desk.who.other") if case.who == "other" else t.label("desk.who.self"),
    ]
    return Markup("<b>{}</b> · {}").format(case.code, " · ".join(parts))


def waited(case: Case, t: Catalogue, world: World) -> str:
    """How long the case has been waiting, in whole minutes or hours."""
    return str(format_timedelta(world.now - case.waiting_since, granularity="minute", threshold=1.5, locale=t.lang))


def to_case(bench: Bench, t: Catalogue) -> tuple[Row, ...]:
    """The way back into the active case, when there is one."""
    if bench.active is None:
        return ()
    return ((Button(t.label("desk.to_case", name=bench.active.code), go("desk.case")),),)
