"""Requests that are not chats: a call back, and a mobile team. Both are cases with their own outcome.

A call comes once, with the caller's number withheld, in hours the visitor names; another voice hears neutral words
and there is no voicemail. The number is sealed under the case's own key and destroyed with it (checklist 36).
"""

from __future__ import annotations

from datetime import datetime

from db.directory.phones import NotAPhone, read_phone
from db.visit import Visit
from flows.acts import OpenCase
from flows.address import NotAnAddressError, word
from flows.engine import Action, Button, Reply, Tally, World, go, screen
from flows.talk.windows import LABELS, span_of, windows
from flows.texts import N_

LONGEST_DETAIL = 600  # characters: a place, a time, what the team should know
# What is asked: when, and then what must be typed.
_KINDS = {
    "callback": (N_("talk.callback.time"), N_("talk.callback.detail")),
    "team": (N_("talk.team.time"), N_("talk.team.detail")),
}


def time(action: Action, visit: Visit, world: World) -> Reply:
    """When it is safe to be called, or to be visited."""
    kind = word(action, 0, _KINDS)
    t = world.speak(visit.lang)
    rows = tuple(
        (Button(t.label(LABELS[code]), go("talk.detail", *action.args[:5], code)),) for code in windows(world.now)
    )
    shown = screen(t, t(_KINDS[kind][0]), rows, back=go("talk.when", *action.args[:4]))
    return Reply(visit, shown)


def detail(action: Action, visit: Visit, world: World) -> Reply:
    """What must be typed: the number to call, or where the team may come and what it should know."""
    kind = word(action, 0, _KINDS)
    _span(action, world)
    t = world.speak(visit.lang)
    back = go("talk.send", *action.args[:5])
    return Reply(visit.but(awaiting=action.encode()), screen(t, t(_KINDS[kind][1]), back=back))


def typed(action: Action, text: str, visit: Visit, world: World) -> Reply:
    """The case, with what was typed sealed in it. A number that is none is asked for once more, without blame."""
    kind, whom, at, about, soon = action.args[:5]
    told = _number(text) if kind == "callback" else text.strip()[:LONGEST_DETAIL]
    if not told:
        t = world.speak(visit.lang)
        return Reply(visit, screen(t, t("talk.callback.again"), back=go("talk.send", *action.args[:5])))
    opening = OpenCase(
        "callback" if kind == "callback" else "team", whom, int(at), about, int(soon), told, _span(action, world)
    )
    return Reply(visit.but(awaiting=""), None, (opening, Tally("asked", about)))


def _span(action: Action, world: World) -> tuple[datetime, datetime]:
    span = span_of(action, 5, world.now)
    if span is None:
        raise NotAnAddressError(action.name)
    return span


def _number(text: str) -> str:
    """A number that can be called, as the directory would hold it; empty when it is none, or a short code."""
    try:
        found = read_phone(text)
    except NotAPhone:
        return ""
    return found if found.startswith("+") else ""
