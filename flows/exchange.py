"""The words of both sides, as one live message shows them: newest at the bottom, what does not fit one page further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
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
LONGEST = ROOM - 100  # a message that is longer stands in parts
EARLIER = N_("line.earlier")
_SIGNATURE = "\x1f"  # between an operator's first name and their words; nobody can type it (bot.events.clean)

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
    "played": N_("remark.played"),
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
    at = moment.astimezone(KYIV)
    return _clock_time(at.hour, at.minute, lang)


@cache  # a day has 1,440 minutes, and a conversation names one for every message whenever it is drawn
def _clock_time(hour: int, minute: int, lang: Lang) -> str:
    return str(format_time(time(hour, minute), "short", locale=LOCALES[lang]))


def signed(name: str, words: str) -> str:
    """An operator's words with the first name of who says them: a case may pass through several hands."""
    return f"{name}{_SIGNATURE}{words}"


def words_of(line: Line) -> str:
    """What was said, without who signed it."""
    return line.text.rpartition(_SIGNATURE)[2]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the words; `more`: there are earlier ones."""

    words: Markup
    more: bool = False


def visitors_view(lines: Sequence[Line], t: Catalogue, operator: str, page: int = 0) -> Page:
    """What a visitor sees: their own words and the operator's; never a note, never a state. Page 0 is the newest."""
    shown = (line for line in reversed(lines) if line.side in ("visitor", "operator"))
    return _page(
        (part for one in shown for part in _said(t.label("talk.you") if one.side == "visitor" else operator, one, t)),
        page,
    )


def operators_view(lines: Sequence[Line], t: Catalogue, me: str, page: int = 0) -> Page:
    """What an operator sees: everything, notes marked as such, and how far the own words have come."""
    return _page((part for line in reversed(lines) for part in _for_operator(line, t, me)), page)


def _for_operator(line: Line, t: Catalogue, me: str) -> list[Markup]:
    if line.side == "system":
        return [Markup("<i>{} · {}</i>").format(clock_time(line.made_at, t.lang), _remark(line, t))]
    if line.side == "note":
        return _said(t.label("desk.note"), line, t)
    if line.side == "visitor":
        return _said(t.label("desk.visitor"), line, t)
    newest, *others = _said(me, line, t)
    return [newest + Markup(" <i>({})</i>").format(t.label(_STATES[line.state])), *others]


def _remark(line: Line, t: Catalogue) -> str:
    return t.label(REMARKS[line.text]) if line.text in REMARKS else line.text


def _said(who: str, line: Line, t: Catalogue) -> list[Markup]:
    """One message in as many parts as it takes, the last part first. Who signed it is named instead of `who`."""
    name, _, said = line.text.rpartition(_SIGNATURE)
    parts = [said[start : start + LONGEST] for start in range(0, len(said), LONGEST)] or [""]
    at = clock_time(line.made_at, t.lang)
    return [Markup("<b>{}</b> · {}\n{}").format(name or who, at, words) for words in reversed(parts)]


def _page(newest_first: Iterator[Markup], wanted: int) -> Page:
    """As many of them as the room takes, in their order; those before the wanted page are passed over."""
    kept: list[Markup] = []
    room, page = ROOM, 0
    for one in newest_first:
        size = len(one.striptags()) + 2
        if kept and size > room:
            if page == wanted:
                return Page(Markup("\n\n").join(reversed(kept)), more=True)
            kept, room, page = [], ROOM, page + 1
        kept.append(one)
        room -= size
    return Page(Markup("\n\n").join(reversed(kept)) if page == wanted else Markup(""))
