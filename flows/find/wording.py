"""How a service is put into words: name, place, distance, hours, for whom. Dates and numbers by Babel."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from textwrap import shorten

from babel import Locale
from babel.dates import format_date, format_time
from babel.units import format_unit
from markupsafe import Markup

from db.directory.directory import Found
from db.directory.discretion import shown_place
from db.directory.hours import KYIV, HoursError, opening
from db.directory.phones import dialled, pretty
from db.directory.service import Service
from db.places.place import Place
from db.visit import Lang
from flows.engine import Button, World
from flows.texts import N_, Catalogue

KIND_NAMES = {
    "helpline": N_("kind.helpline"),
    "day_center": N_("kind.day_center"),
    "shelter": N_("kind.shelter"),
    "crisis_room": N_("kind.crisis_room"),
    "mobile_team": N_("kind.mobile_team"),
    "legal_aid": N_("kind.legal_aid"),
    "counselling": N_("kind.counselling"),
    "medical": N_("kind.medical"),
    "police": N_("kind.police"),
    "children_service": N_("kind.children_service"),
    "employment": N_("kind.employment"),
    "anti_trafficking": N_("kind.anti_trafficking"),
    "relief_center": N_("kind.relief_center"),
    "military_family": N_("kind.military_family"),
    "perpetrator_programme": N_("kind.perpetrator_programme"),
    "social_services": N_("kind.social_services"),
    "other": N_("kind.other"),
}
EVERYBODY = N_("audience.all")
AUDIENCES = {
    "all": EVERYBODY,
    "women": N_("audience.women"),
    "men": N_("audience.men"),
    "children": N_("audience.children"),
    "lgbtq": N_("audience.lgbtq"),
    "disability": N_("audience.disability"),
    "military_family": N_("audience.military_family"),
    "older": N_("audience.older"),
    "trafficking": N_("audience.trafficking"),
    "crsv": N_("audience.crsv"),
}

ENTRIES = {
    "own_request": N_("entry.own_request"),
    "referral": N_("entry.referral"),
    "police": N_("entry.police"),
    "court": N_("entry.court"),
}
ACCESS = {
    "step_free": N_("access.step_free"),
    "lift": N_("access.lift"),
    "toilet": N_("access.toilet"),
    "sign_language": N_("access.sign_language"),
    "written": N_("access.written"),
    "home_visit": N_("access.home_visit"),
}
WARTIME = {
    "remote_only": N_("war.remote_only"),
    "mobile": N_("war.mobile"),
    "relocated": N_("war.relocated"),
    "shelter_on_site": N_("war.shelter_on_site"),
    "works_in_curfew": N_("war.works_in_curfew"),
}

SCREEN = 900  # characters of a screen's text
LOCALES: dict[Lang, str] = {"uk": "uk", "en": "en_GB"}  # dates and times as Britain writes them, like the texts
DAY: dict[Lang, str] = {"uk": "d MMMM y 'року'", "en": "d MMMM y"}  # Babel's own "р." would end in two full stops
SHORTEST_START = 16  # characters of a name's beginning that still say what it is


def brief(text: str, width: int) -> str:
    """At most `width` characters of a text, cut at a word's border."""
    return shorten(text, width, placeholder="…", break_on_hyphens=False)


def told_apart(name: str, width: int) -> str:
    """A name for a button, at most `width` characters: what stands in brackets at its end stays, because the town
    there is all that tells one day centre from another."""
    start, bracket, end = name.rpartition(" (")
    if len(name) <= width or not bracket or len(end) > width - SHORTEST_START:
        return brief(name, width)
    return f"{brief(start, width - len(bracket) - len(end))}{bracket}{end}"


def unnamed(service: Service, world: World) -> bool:
    """Whether its name and note must not be shown: a hidden service whose very settlement would give it away."""
    shown = shown_place(service, world.places)
    return service.hidden and (shown is None or shown.kind == "oblast")


def title(service: Service, t: Catalogue, world: World) -> str:
    """Its name; for a hidden one in a small place only what it is and its oblast."""
    if not unnamed(service, world):
        return service.name(t.lang)
    kind = t.label(KIND_NAMES[service.kind])
    oblast = world.places.get(service.oblast_id)
    return f"{kind} ({oblast.name(t.lang)})" if oblast else kind


def settlement(service: Service, lang: Lang, world: World) -> str:
    """Where it is, as exactly as may be shown: "Київ, Подільський район"; empty for the whole country."""
    place = shown_place(service, world.places)
    if place is None:
        return ""
    city = world.places.get(place.city_id)
    return f"{city.name(lang)}, {place.name(lang)}" if city else place.name(lang)


def short_name(place: Place, lang: Lang) -> str:
    """A name for a narrow button. English keeps "oblast": without it Kyiv oblast would read as the city."""
    name = place.name(lang)
    for word in ("Автономна Республіка ", "Autonomous Republic of "):
        name = name.removeprefix(word)
    for word in (" область", " район", " district"):
        name = name.removesuffix(word)
    return name


def national(service: Service) -> bool:
    """Whether it is for the whole country."""
    return any(area.kind == "national" for area in service.areas)


def whereabouts(found: Found, place: Place, t: Catalogue, world: World) -> str:
    """Where it is and how far from the person's place.

    Distances are between settlements, not doors: told as "about", and left out inside one city.
    """
    service = found.service
    if national(service):
        return t.label("list.national")
    here = "" if unnamed(service, world) else settlement(service, t.lang, world)
    if found.km is None or found.km < 1 or service.place_id in (place.id, place.city_id):
        return here
    about = t.label("list.away", distance=kilometres(found.km, t.lang))
    return f"{here}, {about}" if here else about


def kilometres(km: float, lang: Lang) -> str:
    """A distance in the language's own words: 12 км."""
    return format_unit(round(km), "length-kilometer", "short", locale=lang)


def hours(service: Service, t: Catalogue, now: datetime) -> str:
    """Open now and until when, or when it opens; empty when nobody knows (a row nobody can read included)."""
    try:
        state = opening(service, now)
    except HoursError:
        return ""
    if state is None:
        return ""
    if state.changes is None:
        return t.label("hours.always") if state.is_open else ""
    time = format_time(state.changes.time(), "short", locale=LOCALES[t.lang])
    if state.is_open:
        return t.label("hours.until", time=time)
    if state.changes.date() == now.astimezone(KYIV).date():
        return t.label("hours.today", time=time)
    return t.label("hours.from", weekday=format_date(state.changes.date(), "EEEE", locale=LOCALES[t.lang]), time=time)


def day(when: date, lang: Lang) -> str:
    """A date as people write it: 5 березня 2026 року, 5 March 2026."""
    return format_date(when, DAY[lang], locale=LOCALES[lang])


def for_whom(service: Service, t: Catalogue) -> str:
    """Who is welcome. "Everyone" says it all."""
    return t.label(EVERYBODY) if "all" in service.audience else _listed(AUDIENCES, service.audience, t)


def audience(who: str, t: Catalogue) -> str:
    """One of those who are welcome: "men"."""
    return t.label(AUDIENCES[who])


def entry(service: Service, t: Catalogue) -> str:
    """What brings a person in; empty when nobody knows."""
    return _listed(ENTRIES, service.entry, t)


def access(service: Service, t: Catalogue) -> str:
    """What makes it easier to come or to be understood."""
    return _listed(ACCESS, service.access, t)


def wartime(service: Service, t: Catalogue) -> str:
    """What the war changed: comes to people, has moved, has a bomb shelter …"""
    return _listed(WARTIME, {name for name in WARTIME if getattr(service, name)}, t)


def lender(service: Service, t: Catalogue, world: World) -> str:
    """The name of the service whose number it answers by; empty when the number is its own, and for a service whose
    very settlement is secret: the name may hold it."""
    parent = world.directory.by_slug(service.parent) if service.parent else None
    if parent is None or parent.phones != service.phones or unnamed(service, world):
        return ""
    return title(parent, t, world).partition(" (")[0]  # who runs it is said on its own card


def _listed(words: Mapping[str, str], known: Collection[str], t: Catalogue) -> str:
    return ", ".join(t.label(key) for code, key in words.items() if code in known)


def language(code: str, lang: Lang) -> str:
    """A language by its name in the visitor's."""
    return str(Locale.parse(lang).languages.get(code, code))


def languages(service: Service, lang: Lang) -> str:
    """The languages spoken there."""
    return ", ".join(language(code, lang) for code in service.languages)


def phones(service: Service) -> str:
    """Its numbers as people read them."""
    return ", ".join(pretty(number) for number in service.phones)


def copy_number(number: str, t: Catalogue) -> Button:
    """A button that copies a number as it is dialled."""
    return Button(t.label("number.copy", number=pretty(number)), copy=dialled(number))


def lines(parts: list[Markup | str]) -> Markup:
    """The parts that say something, one a line."""
    return Markup("\n").join(part for part in parts if part)
