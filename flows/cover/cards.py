"""The cards of the cover and their addresses: `cover.tip/uk/17`, `cover.sun/uk/703448`, `cover.numbers/en` …

The language and the number stand in the address, so a tap on the cover needs nothing from the database and leaves
nothing there. No button of the cover leads anywhere else, and none of its texts speaks of anything else.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_time
from markupsafe import Markup

from db.directory.directory import UnknownPhone
from db.directory.hours import KYIV
from db.places.place import Place
from db.visit import Lang
from flows.address import NotAnAddressError, number
from flows.cover.kind import Words
from flows.cover.sun import CAPITAL, TOWNS, sun
from flows.engine import Action, Button, Row, Screen, World, go
from flows.rows import rows_of
from flows.texts import N_, Catalogue

ROOM = "cover."  # how the address of every card begins
_OTHER: dict[Lang, Lang] = {"uk": "en", "en": "uk"}
_NAMES: dict[Lang, str] = {"uk": N_("lang.uk"), "en": N_("lang.en")}


def is_card(action: Action | None) -> bool:
    """Whether a button belongs to the cover."""
    return action is not None and action.name.startswith(ROOM)


def tip_of(world: World, lang: Lang) -> Action:
    """The address of today's tip: another one than yesterday's."""
    return go("cover.tip", lang, world.now.astimezone(KYIV).timetuple().tm_yday)


def sun_at(place: Place, lang: Lang) -> Action:
    """The address of the sun's times there."""
    return go("cover.sun", lang, place.id)


def numbers(lang: Lang) -> Action:
    """The address of the useful numbers."""
    return go("cover.numbers", lang)


def cover(lang: Lang, world: World) -> Screen:
    """What stays after exit: today's tip, and today's sun in the capital."""
    return show(tip_of(world, lang), world)


def show(action: Action, world: World) -> Screen:
    """The card at an address; today's tip for an address that is none."""
    lang: Lang = "en" if "en" in action.args[:1] else "uk"
    try:
        match action.name:
            case "cover.more":
                return _extra(lang, number(action, 1), world)
            case "cover.sun":
                return _sun(lang, number(action, 1), world)
            case "cover.numbers":
                return _numbers(lang, world)
            case _:
                return _tip(lang, number(action, 1), world)
    except (NotAnAddressError, UnknownPhone):
        return cover(lang, world)


def _tip(lang: Lang, at: int, world: World) -> Screen:
    t, words = world.speak(lang), world.cover[lang]
    text = Markup.escape(f"{words.tip}: {words.tips[at % len(words.tips)]}")
    capital = world.places.get(CAPITAL)
    paragraphs = [text, _today(capital, t, world)] if capital else [text]
    return Screen(str(Markup("\n\n").join(paragraphs)), _rows(lang, words, t, at=at, here="cover.tip"))


def _extra(lang: Lang, at: int, world: World) -> Screen:
    t, words = world.speak(lang), world.cover[lang]
    text = Markup.escape(words.extras[at % len(words.extras)])
    return Screen(str(text), _rows(lang, words, t, at=at, here="cover.more"))


def _sun(lang: Lang, place_id: int, world: World) -> Screen:
    t, words = world.speak(lang), world.cover[lang]
    place = world.places.get(place_id)
    if place is None:
        raise NotAnAddressError("cover.sun")
    rises, sets = sun(place.lat, place.lon, world.now.astimezone(KYIV).date())
    minutes = round((sets - rises).total_seconds() / 60)
    daylight = t("cover.daylight", hours=minutes // 60, minutes=minutes % 60)
    others = [world.places.get(town) for town in TOWNS if town != place_id]
    towns = rows_of([Button(town.name(lang), sun_at(town, lang)) for town in others if town])
    text = Markup("\n\n").join([_today(place, t, world), daylight])
    return Screen(str(text), (*towns, *_rows(lang, words, t, at=place_id, here="cover.sun")))


def _numbers(lang: Lang, world: World) -> Screen:
    t, words = world.speak(lang), world.cover[lang]
    return Screen(str(Markup.escape(t.fill(words.numbers_text))), _rows(lang, words, t, at=0, here="cover.numbers"))


def _today(place: Place, t: Catalogue, world: World) -> Markup:
    today = world.now.astimezone(KYIV).date()
    day, rises, sets = _said(place.lat, place.lon, today, t.lang)
    return t("cover.sun", day=day, place=place.name(t.lang), rises=rises, sets=sets)


@lru_cache(maxsize=256)
def _said(lat: float, lon: float, today: date, lang: Lang) -> tuple[str, str, str]:
    """The day, sunrise and sunset in words. Every exit and every fade asks for the capital's."""
    rises, sets = (format_time(at, "H:mm", locale=lang) for at in sun(lat, lon, today))
    return format_date(today, "d MMMM", locale=lang), rises, sets


def _rows(lang: Lang, words: Words, t: Catalogue, *, at: int, here: str) -> tuple[Row, ...]:
    """The same buttons under every card. The last one turns this card into the other language."""
    other = _OTHER[lang]
    turned = go(here, other) if here == "cover.numbers" else go(here, other, at)
    onward = at + 1 if here in ("cover.tip", "cover.more") else 0
    first = (
        Button(words.next if here == "cover.tip" else words.tip, go("cover.tip", lang, onward)),
        Button(words.more, go("cover.more", lang, onward)),
    )
    last = (Button(words.numbers, numbers(lang)), Button(t.label(_NAMES[other]), turned))
    return first, (Button(words.sun, go("cover.sun", lang, CAPITAL)),), last
