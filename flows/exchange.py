"""The last words of both sides, as one live message shows them: newest at the bottom, nothing cut that is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from babel.dates import format_time
from markupsafe import Markup

from db.directory.hours import KYIV
from db.visit import Lang
from flows.find.wording import LOCALES
from flows.texts import N_, Catalogue

if TYPE_CHECKING:
    from db.desk.case import Line

ROOM = 3000  # characters of one message kept for the words; Telegram takes 4,096 in all, after entities are read
LONGEST = ROOM - 100  # one message can be longer than the room; its beginning is shown then

# What the bot itself has to say inside a conversation, as the text of a `system` line.
REMARKS = {
    "taken": N_("remark.taken"),
    "handed": N_("remark.handed"),
    "left": N_("remark.left"),
    "faded": N_("remark.faded"),
    "blocked": N_("remark.blocked"),
    "back": N_("remark.back"),
    "media": N_("remark.media"),
    "supervisor": N_("remark.supervisor"),
    "ended": N_("remark.ended"),
}
# How far an operator's words have come, in a word behind them.
_STATES = {
    "waiting": N_("line.waiting"),
    "delivered": N_("line.delivered"),
    "opened": N_("line.opened"),
    "not_delivered": N_("line.not_delivered"),
    "gone": N_("line.gone"),
}


def clock_time(moment: datetime, lang: Lang) -> str:
    """Hours and minutes in Kyiv."""
    return str(format_time(moment.astimezone(KYIV), "short", locale=LOCALES[lang]))


def visitors_view(lines: Sequence[Line], t: Catalogue, operator: str) -> Markup:
    """What a visitor sees: their own words and the operator's; never a note, never a state."""
    shown = [line for line in lines if line.side in ("visitor", "operator")]
    return _fitting([_said(t.label("talk.you") if one.side == "visitor" else operator, one, t) for one in shown])


def operators_view(lines: Sequence[Line], t: Catalogue, me: str) -> Markup:
    """What an operator sees: everything, notes marked as such, and how far the own words have come."""
    return _fitting([_for_operator(line, t, me) for line in lines])


def _for_operator(line: Line, t: Catalogue, me: str) -> Markup:
    if line.side == "system":
        return Markup("<i>{} · {}</i>").format(clock_time(line.made_at, t.lang), _remark(line, t))
    if line.side == "note":
        return _said(t.label("desk.note"), line, t)
    if line.side == "visitor":
        return _said(t.label("desk.visitor"), line, t)
    state = t.label(_STATES[line.state])
    return _said(me, line, t) + Markup(" <i>({})</i>").format(state)


def _remark(line: Line, t: Catalogue) -> str:
    return t.label(REMARKS[line.text]) if line.text in REMARKS else line.text


def _said(who: str, line: Line, t: Catalogue) -> Markup:
    words = line.text if len(line.text) <= LONGEST else line.text[:LONGEST] + "…"
    return Markup("<b>{}</b> · {}\n{}").format(who, clock_time(line.made_at, t.lang), words)


def _fitting(said: list[Markup]) -> Markup:
    """As many of the newest as the room takes."""
    kept: list[Markup] = []
    room = ROOM
    for one in reversed(said):
        room -= len(one.striptags()) + 2
        if room < 0 and kept:
            break
        kept.append(one)
    return Markup("\n\n").join(reversed(kept))
