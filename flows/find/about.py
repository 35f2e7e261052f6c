"""What a card says about a service, as much of it as a screen holds."""

from __future__ import annotations

from markupsafe import Markup

from db.directory.service import NEVER_EXPIRE, Service
from db.places.place import Place
from flows.engine import World
from flows.find.wording import (
    SCREEN,
    access,
    brief,
    day,
    entry,
    for_whom,
    hours,
    languages,
    lender,
    lines,
    phones,
    settlement,
    title,
    unnamed,
    wartime,
)
from flows.texts import Catalogue

NAME_WIDTH, LINE_WIDTH = 140, 130
# Characters of the note, from a card that holds everything to one that holds the least. Where the note is gone, lines
# go too, first those that a phone call answers as well.
NOTE_WIDTHS = (200, 120, 60, 0, 0, 0, 0, 0)
SPARE = 4  # such lines: languages, access, what the war changed, the remark on websites


def about(service: Service, place: Place, t: Catalogue, world: World) -> Markup:
    """Open when, free, for whom, how one gets in, how to reach it, when last confirmed."""
    for cut in range(len(NOTE_WIDTHS)):
        text = _paragraphs(service, place, cut, t, world)
        if len(text) <= SCREEN:
            break
    return text


def rumour(service: Service, t: Catalogue, world: World) -> Markup:
    """It exists and has no contact of its own: what is known, and whom to ask. Never a dead card."""
    name = brief(title(service, t, world), NAME_WIDTH)
    specific = "" if "all" in service.audience else t("card.for", who=brief(for_whom(service, t), LINE_WIDTH))
    known = lines([specific, _entry(service, t), _wartime(service, t), _access(service, t)])
    last = lines([_note(service, NOTE_WIDTHS[0], t, world), _confirmed(service, t)])
    return Markup("\n\n").join(part for part in (t("card.exists", name=name), known, last) if part)


def full_address(service: Service, t: Catalogue, world: World) -> str:
    """Street and town, as far as they may be shown."""
    return ", ".join(part for part in (service.address(t.lang), settlement(service, t.lang, world)) if part)


def _paragraphs(service: Service, place: Place, cut: int, t: Catalogue, world: World) -> Markup:
    name = Markup("<b>{}</b>").format(brief(title(service, t, world), NAME_WIDTH))
    spare = [
        t("card.languages", languages=languages(service, t.lang)),
        _access(service, t),
        _wartime(service, t),
        t("card.website") if service.website else "",
    ]
    gone = max(0, cut - (len(NOTE_WIDTHS) - 1 - SPARE))
    spoken, comfort, war, site = [line if nth >= gone else "" for nth, line in enumerate(spare)]
    what = [
        hours(service, t, world.now) or t("hours.unknown"),
        t("card.free") if service.cost == "free" else "",
        t("card.for", who=brief(for_whom(service, t), LINE_WIDTH)),
        _entry(service, t),
        spoken,
        comfort,
        war,
    ]
    lent = brief(lender(service, t, world), LINE_WIDTH)
    reach = [
        t("card.phone", phone=phones(service)) if service.phones else "",
        t("card.lent", name=lent) if lent else "",
        t("card.telegram", handle=service.telegram) if service.telegram else "",
        site,
        _place(service, place, t, world),
    ]
    last = lines([_note(service, NOTE_WIDTHS[cut], t, world), _confirmed(service, t)])
    told = (lines([t("card.intro"), name]), lines(what), lines(reach), last)
    return Markup("\n\n").join(part for part in told if part)


def _entry(service: Service, t: Catalogue) -> Markup | str:
    return t("card.entry", how=how) if (how := entry(service, t)) else ""


def _access(service: Service, t: Catalogue) -> Markup | str:
    return t("card.access", what=brief(what, LINE_WIDTH)) if (what := access(service, t)) else ""


def _wartime(service: Service, t: Catalogue) -> Markup | str:
    return t("card.war", what=brief(what, LINE_WIDTH)) if (what := wartime(service, t)) else ""


def _note(service: Service, width: int, t: Catalogue, world: World) -> Markup:
    silent = not width or unnamed(service, world)
    return Markup("") if silent else Markup.escape(brief(service.notes(t.lang), width))


def _place(service: Service, place: Place, t: Catalogue, world: World) -> Markup:
    if service.hidden:
        return t("card.secret")
    if place.occupied:
        return Markup("")
    where = brief(full_address(service, t, world), NAME_WIDTH)
    if not where:
        return Markup("")
    return t("card.address", address=where) if service.address(t.lang) else t("card.place", place=where)


def _confirmed(service: Service, t: Catalogue) -> Markup:
    if service.slug in NEVER_EXPIRE:
        return Markup("")
    if service.verified_on:
        return t("card.confirmed", date=day(service.verified_on, t.lang))
    when = day(service.source_date, t.lang) if service.source_date else ""
    source = t.label("card.source", date=when) if when else t.label("card.no_date")
    return t("card.unconfirmed", source=source) if service.phones else t("card.unconfirmed_silent", source=source)
