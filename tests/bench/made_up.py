"""Services that do not exist, in towns that do: as many as a bench asks for, the same ones every time."""

from __future__ import annotations

from functools import cache
from random import Random

from db.directory.discretion import SMALL_TOWN
from db.directory.service import HIDDEN_KINDS, KINDS, Area, Service
from db.places.place import Place
from db.places.places import Places
from db.places.starting import starting_places

FIRST_NUM = 1000
AROUND = 0.03  # degrees: how far from the middle of its town a service may stand
HOURS = ("", "24/7", "Mo-Fr 09:00-18:00", "Mo-Sa 10:00-20:00")
AUDIENCES = (frozenset({"all"}), frozenset({"women", "children"}), frozenset({"men"}))


@cache
def gazetteer() -> Places:
    """Every place the project comes with."""
    return Places(starting_places())


@cache
def towns() -> tuple[Place, ...]:
    """Where a service may be."""
    places = gazetteer()
    return tuple(town for oblast in places.oblasts() for town in places.towns(oblast.id) if not town.occupied)


def by_people(count: int, random: Random) -> list[Place]:
    """Towns as people live: Kyiv often, a village seldom."""
    return random.choices(towns(), [max(town.population, 200) for town in towns()], k=count)


def services(count: int, seed: int = 5) -> list[Service]:
    """So many services of every kind, where people live."""
    random = Random(seed)  # noqa: S311 (a bench, not a secret)
    return [_service(nth, town, random) for nth, town in enumerate(by_people(count, random))]


def _service(nth: int, town: Place, random: Random) -> Service:
    kind = random.choice(KINDS)
    hidden = kind in HIDDEN_KINDS
    unnamed = hidden and town.population < SMALL_TOWN
    lat, lon = town.lat + random.uniform(-AROUND, AROUND), town.lon + random.uniform(-AROUND, AROUND)
    return Service(
        num=FIRST_NUM + nth,
        slug=f"bench-{nth}",
        kind=kind,
        name_uk=f"Вигадана служба № {nth} для вимірювань",
        name_en=f"Made-up service No. {nth} for measurements",
        place_id=0 if unnamed else town.id,
        oblast_id=town.oblast_id,
        address_uk="" if hidden else f"вул. Вигадана, {nth % 90 + 1}",
        address_en="" if hidden else f"{nth % 90 + 1} Madeup St",
        lat=None if unnamed else round(town.lat, 1) if hidden else round(lat, 5),
        lon=None if unnamed else round(town.lon, 1) if hidden else round(lon, 5),
        precision="" if unnamed else "settlement" if hidden else "building",
        phones=() if random.random() < 0.2 else (f"+38044{2_000_000 + nth:07d}",),
        hours=random.choice(HOURS),
        audience=random.choice(AUDIENCES),
        hidden=hidden,
        notes_uk="Зателефонуйте заздалегідь.",
        notes_en="Call in advance.",
        source_url="https://example.org/bench",
        confidence="medium",
        areas=(Area("oblast", town.oblast_id) if unnamed else Area("settlement", town.id),),
    )
