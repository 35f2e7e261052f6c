"""Directories that nobody would write and everybody might: every field, every nasty text, places with namesakes."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from db.directory.discretion import SMALL_TOWN
from db.directory.service import ACCESS, AUDIENCES, COSTS, ENTRIES, HIDDEN_KINDS, KINDS, WARTIME, Area, Service
from db.exchange.gazetteer import Gazetteer
from db.places.place import Place
from db.places.places import Places
from db.places.starting import starting_places

TODAY = date(2026, 11, 22)
NASTY = (
    "Денний центр", "Центр «Зразок» № 3", "=1+1", '=HYPERLINK("http://example.org")', "+380", "-5", "@нікого", "'лапка",
    "'=у лапці", "''==", "a;b|c, d", 'він сказав "так"', "рядок\nдругий рядок", "таб\tвсередині", "007", "1e5",
    "2026-11-01", "01.11.2026", "#REF!", "#N/A", "ІСТИНА", "NULL", "%s", "{name}", "<b>жирно</b> & ко", "😀 емодзі",
    "м’який знак", "пробіли   всередині", "\\n не кінець", "_x0041_", "|труба", "0", "так", "ні",
)  # fmt: skip
PLAIN = ("Притулок", "Кімната № 2", "До 90 діб", "Зателефонуйте, щоб потрапити", "=2+2", "@тиша", "Shelter", "-")
PHONES = ("102", "1547", "116123", "+380442721500", "+380800500335", "+380991234567", "+48800088141", "+380472319923")
HOURS = (
    "",
    "24/7",
    "Mo-Fr 09:00-18:00",
    "Mo-Th 08:00-13:00,14:00-17:00; Fr 08:00-13:00",
    "Mo-Su 14:00-06:00",
    "PH off; Mo 09:00-12:00",
)
LANGUAGES = ("uk", "en", "ru", "crh", "xx", "ukl", "pl")
SITES = ("", "https://example.org", "http://ga.example.org/a?b=c&d=e#f", "https://приклад.укр/стор")


@cache
def gazetteer() -> Gazetteer:
    """Every place the project comes with."""
    return Gazetteer(Places(starting_places()))


@cache
def _settlements() -> tuple[Place, ...]:
    places = gazetteer().places
    return tuple(town for oblast in places.oblasts() for town in places.towns(oblast.id))


@cache
def _namesakes() -> tuple[Place, ...]:
    return tuple(town for town in _settlements() if "[" in gazetteer().name(town, "uk"))


def directory(seed: int, most: int = 6) -> list[Service]:
    """A directory that the rules allow."""
    random = Random(seed)  # noqa: S311 (a test, not a secret)
    made = [_service(num, random) for num in range(1, random.randint(1, most) + 1)]
    if random.random() < 0.3 and made[0].phones and len(made) > 1:
        made[-1] = _changed(made[-1], parent=made[0].slug, phones=())
    return made


def _service(num: int, random: Random) -> Service:
    kind = random.choice(KINDS)
    hidden = kind in HIDDEN_KINDS or random.random() < 0.15
    place = _place(random, hidden)
    texts = PLAIN if hidden else NASTY
    confirmed = random.random() < 0.4
    said: dict[str, Any] = {
        "num": num * random.choice((1, 1, 7)),
        "slug": f"{random.choice(('a', 'kyiv', '0', 'x-y'))}-{num}",
        "kind": kind,
        "name_uk": random.choice(texts),
        "name_en": random.choice(texts),
        "notes_uk": random.choice(("", *texts)),
        "notes_en": random.choice(("", *texts)),
        "phones": tuple(random.sample(PHONES, random.choice((0, 1, 1, 2, 4)))),
        "telegram": random.choice(("", "@example_bot", "@A_1234")),
        "website": random.choice(SITES),
        "hours": random.choice(HOURS),
        "audience": frozenset(random.sample(AUDIENCES, random.randint(1, 4))),
        "languages": tuple(random.sample(LANGUAGES, random.randint(1, 3))),
        "hidden": hidden,
        "cost": random.choice(COSTS),
        "source_url": random.choice(("https://example.org/a?b=1", "телефоном", "=лист")),
        "source_date": random.choice((None, date(2024, 2, 29), TODAY)),
        "confidence": random.choice(("high", "medium", "low")),
        "verified_on": TODAY - timedelta(days=random.randint(0, 900)) if confirmed else None,
        "verified_by": random.choice(("coordinator", "operator", "volunteer")) if confirmed else "",
        "review_by": random.choice((None, date(2027, 1, 31))),
        "entry": frozenset(random.sample(ENTRIES, random.randint(0, 2))),
        "access": frozenset(random.sample(ACCESS, random.randint(0, 3))),
        **{name: random.random() < 0.2 for name in WARTIME},
    }
    address = "" if hidden else random.choice(("", "вул. Вигадана, 5", "=вул. Формульна, 1"))
    return Service(**said, address_uk=address, address_en=address, **_where(place, hidden, random))


def _place(random: Random, hidden: bool) -> Place | None:
    chance = random.random()
    if chance < 0.2:
        return None
    if chance < 0.35:
        return random.choice(gazetteer().places.oblasts())
    if chance < 0.5:
        place: Place = random.choice(_namesakes())
    elif chance < 0.7:
        districts = [one for city in (703448, 706483, 709930, 704147) for one in gazetteer().places.districts(city)]
        place = random.choice(districts)
    else:
        place = random.choice(_settlements())
    if hidden and (place.kind == "district" or place.population < SMALL_TOWN):
        return gazetteer().places.get(place.oblast_id)
    return place


def _where(place: Place | None, hidden: bool, random: Random) -> dict[str, Any]:
    """Place, areas and point that go together."""
    if place is None:
        return {"areas": (Area("national"),)}
    if place.kind == "oblast":
        return {"oblast_id": place.id, "areas": (Area("oblast", place.id),)}
    city = place.city_id or place.id
    said: dict[str, Any] = {"oblast_id": place.oblast_id, "place_id": city}
    if place.kind == "district":
        said |= {"district_id": place.id}
        areas = random.choice(([Area("district", place.id)], [Area("district", place.id), Area("settlement", city)]))
    else:
        kinds = random.choice((["settlement"], ["community"], ["oblast", "settlement"]))
        areas = [Area(kind, place.oblast_id if kind == "oblast" else place.id) for kind in kinds]
    said["areas"] = tuple(areas)
    if random.random() < 0.3:
        return said
    if hidden:
        return said | {"lat": round(place.lat, 1), "lon": round(place.lon, 1), "precision": "settlement"}
    centre = random.random() < 0.4
    lat, lon = (place.lat, place.lon) if centre else (round(place.lat + random.uniform(-0.01, 0.01), 6), place.lon)
    precision = place.kind if centre else random.choice(("building", "street", ""))
    return said | {"lat": lat, "lon": lon, "precision": precision}


def _changed(service: Service, **said: Any) -> Service:
    from dataclasses import replace  # noqa: PLC0415

    return replace(service, **said)
