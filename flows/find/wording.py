"""How a service is put into words: name, place, distance, hours, for whom. Dates and numbers by Babel."""

from __future__ import annotations

from datetime import date
from textwrap import shorten

from babel import Locale
from babel.dates import format_date
from babel.units import format_unit

from db.directory.directory import Found
from db.directory.service import HIDDEN_KINDS, Service
from db.visit import Lang
from flows.engine import World
from flows.texts import N_, Catalogue

BIG_ENOUGH = 50_000  # people: in a smaller place a hidden service is told by its oblast alone

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
AUDIENCES = {
    "all": N_("audience.all"),
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


def brief(text: str, width: int) -> str:
    """At most `width` characters of a text, cut at a word's border."""
    return shorten(text, width, placeholder="…")


def secret(service: Service) -> bool:
    """Whether its place is kept from everybody: its kind forces it, whatever the row says (checklist 22)."""
    return service.hidden or service.kind in HIDDEN_KINDS


def unnamed(service: Service, world: World) -> bool:
    """Whether even its settlement, and so its name and note, must not be shown."""
    if not secret(service):
        return False
    place = world.places.get(service.place_id)
    return place is None or place.population < BIG_ENOUGH


def title(service: Service, t: Catalogue, world: World) -> str:
    """Its name; for a hidden one in a small place only what it is and its oblast."""
    if not unnamed(service, world):
        return service.name(t.lang)
    kind = t.label(KIND_NAMES[service.kind])
    oblast = world.places.get(service.oblast_id)
    return f"{kind} ({oblast.name(t.lang)})" if oblast else kind


def settlement(service: Service, lang: Lang, world: World) -> str:
    """The settlement it is in, empty when there is none to show."""
    place = world.places.get(service.place_id)
    return "" if place is None or unnamed(service, world) else place.name(lang)


def national(service: Service) -> bool:
    """Whether it is for the whole country."""
    return any(area.kind == "national" for area in service.areas)


def whereabouts(found: Found, t: Catalogue, world: World) -> str:
    """Its settlement and how far that is; neither for a hidden service.

    Distances are between settlements, not doors, so they are told as "about" and left out within one place.
    """
    here = settlement(found.service, t.lang, world)
    if found.km is None or found.km < 1 or secret(found.service):
        return here
    about = t.label("list.away", distance=kilometres(found.km, t.lang))
    return f"{here}, {about}" if here else about


def kilometres(km: float, lang: Lang) -> str:
    """A distance in the language's own words: 12 км."""
    return format_unit(round(km), "length-kilometer", "short", locale=lang)


def day(when: date, lang: Lang) -> str:
    """A date as people write it: 5 березня 2026 р."""
    return format_date(when, "long", locale=lang)


def for_whom(service: Service, t: Catalogue) -> str:
    """Who is welcome, most general first."""
    return ", ".join(t.label(AUDIENCES[who]) for who in AUDIENCES if who in service.audience)


def languages(service: Service, lang: Lang) -> str:
    """The languages spoken there, by their names in the visitor's language."""
    names = Locale.parse(lang).languages
    return ", ".join(str(names.get(code, code)) for code in service.languages)


def phones(service: Service, world: World) -> tuple[str, ...]:
    """Its numbers as people read them."""
    return tuple(world.directory.phone(service.slug, nth) for nth in range(1, len(service.phones) + 1))
