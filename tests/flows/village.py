"""An obviously made-up country: a few places and services, enough for every branch of the conversations."""

from __future__ import annotations

from datetime import date

from db.directory.directory import Directory
from db.directory.service import Area, Service
from db.places.place import Place
from db.places.places import Places
from db.visit import Visit
from flows.acts import ACTS, Carried
from flows.decide import FLOWS, decide
from flows.engine import Reply, World

NATIONAL = (Area("national"),)
METRO, SMALL, HAMLET, FAR, TAKEN, PLAIN = 9001, 9002, 9003, 9004, 9005, 9006

PLACES = (
    Place(31, "oblast", "Вигадана область", "Madeup oblast", 31, 49.0, 30.0),
    Place(32, "oblast", "Далека область", "Faraway oblast", 32, 46.0, 38.0),
    Place(33, "oblast", "м. Столець", "Stolets city", 33, 50.0, 31.0),
    Place(34, "oblast", "Закрита область", "Closed oblast", 34, 45.0, 34.0, occupied=True),
    Place(METRO, "settlement", "Столець", "Stolets", 33, 50.0, 31.0, population=900_000),
    Place(SMALL, "settlement", "Тестівка", "Testivka", 31, 49.0, 30.0, population=9_000),
    Place(HAMLET, "settlement", "Тестівка", "Testivka", 32, 46.1, 38.0, population=800),
    Place(FAR, "settlement", "Дальнівка", "Dalnivka", 32, 46.0, 38.1, population=120_000),
    Place(TAKEN, "settlement", "Зачинене", "Zachynene", 34, 45.0, 34.0, population=60_000, occupied=True),
    Place(PLAIN, "settlement", "Столець", "Stolets", 31, 49.2, 30.1, population=300),
    Place(201, "district", "Верхній район", "Upper district", 33, 50.03, 31.0, city_id=METRO),
    Place(202, "district", "Нижній район", "Lower district", 33, 49.97, 31.0, city_id=METRO),
)

SERVICES = (
    Service(1, "ua-police-102", "police", "Поліція", "Police", phones=("102",), areas=NATIONAL),
    Service(2, "ua-ambulance-103", "medical", "Швидка", "Ambulance", phones=("103",), areas=NATIONAL),
    Service(3, "ua-112", "police", "Служба 112", "112 service", phones=("112",), areas=NATIONAL),
    Service(
        4, "ua-lastrada-116123", "helpline", "Лінія підтримки", "Support line",
        phones=("116123", "+380800500335"), hours="24/7", areas=NATIONAL,
    ),
    Service(5, "ua-1547", "helpline", "Лінія 15-47", "Line 15-47", phones=("1547",), hours="24/7", areas=NATIONAL),
    Service(
        6, "ua-children-116111", "helpline", "Дитяча лінія", "Children’s line",
        phones=("116111", "+380800500225"), audience=frozenset({"children"}), areas=NATIONAL,
    ),
    Service(
        16, "ua-lifeline-7333", "helpline", "Лінія 7333", "Line 7333", phones=("7333",), hours="24/7", areas=NATIONAL,
    ),
    Service(
        7, "stolets-centre", "day_center", "Денний центр <Вигадка> & Ко", "Day centre <Fiction> & Co",
        place_id=METRO, oblast_id=33, address_uk="вул. Вигадана, 1", address_en="1 Madeup St", lat=50.0, lon=31.0,
        phones=("+380440000000",), telegram="@example_centre", website="https://example.org",
        hours="Mo-Fr 09:00-18:00", audience=frozenset({"women", "men"}), languages=("uk", "en"),
        notes_uk="Перший візит за записом.", notes_en="The first visit is by appointment.",
        source_date=date(2026, 3, 5), verified_on=date(2026, 11, 1), verified_by="coordinator",
        areas=(Area("settlement", METRO),),
    ),
    Service(
        8, "testivka-room", "crisis_room", "Кімната Тестівки", "Testivka room", place_id=SMALL, oblast_id=31,
        hidden=True, phones=("+380440000001",), notes_uk="За школою Тестівки.", notes_en="Behind Testivka school.",
        areas=(Area("settlement", SMALL),),
    ),
    Service(
        9, "stolets-shelter", "shelter", "Притулок Стольця", "Stolets refuge", place_id=METRO, oblast_id=33,
        hidden=True, phones=("+380440000002",), areas=(Area("oblast", 33),),
    ),
    Service(
        10, "testivka-centre", "day_center", "Денний центр Тестівки", "Testivka day centre", place_id=SMALL,
        oblast_id=31, lat=49.0, lon=30.0, source_date=date(2025, 1, 2), areas=(Area("settlement", SMALL),),
    ),
    Service(
        11, "long", "counselling", "Дуже довга вигадана назва служби " * 12, "Very long made-up service name " * 12,
        place_id=METRO, oblast_id=33, lat=50.0, lon=31.0, phones=("+380440000003",) * 6,
        notes_uk="Довга примітка про все на світі. " * 30, notes_en="A long note about everything. " * 30,
        website="https://example.org/" + "a" * 300, areas=(Area("settlement", METRO),),
    ),
    Service(
        12, "closed-line", "helpline", "Лінія Закритої області", "Closed oblast line", oblast_id=34,
        phones=("+380440000004",), areas=(Area("oblast", 34),),
    ),
    Service(
        13, "closed-centre", "day_center", "Центр у Зачиненому", "Zachynene centre", place_id=TAKEN, oblast_id=34,
        address_uk="вул. Вигадана, 2", address_en="2 Madeup St", lat=45.0, lon=34.0,
        phones=("+380440000005",), areas=(Area("settlement", TAKEN),),
    ),
    Service(
        14, "anger", "perpetrator_programme", "Програма зміни", "Change programme", place_id=METRO, oblast_id=33,
        phones=("+380440000006",), areas=(Area("settlement", METRO),),
    ),
    Service(
        15, "site-only", "legal_aid", "Юристи онлайн", "Lawyers online", website="https://example.org", areas=NATIONAL,
    ),
)  # fmt: skip


def village_places() -> Places:
    """The made-up gazetteer."""
    return Places(PLACES)


def village_directory() -> Directory:
    """The made-up directory."""
    return Directory(SERVICES)


def somebody(lang: str = "uk", awaiting: str = "") -> Visit:
    """A visit of nobody in particular."""
    return Visit(1001, 7, "en" if lang == "en" else "uk", awaiting, live=5, taught=True)


def without_a_desk() -> set[str]:
    """The addresses that can be reached where nobody answers; tests/flows/desk walks the others."""
    return {name for name in FLOWS if not name.startswith("talk.")}


def not_carried(reply: Reply, world: World) -> Reply:
    """What follows when there is no desk that could carry an act out."""
    acts = [effect for effect in reply.effects if isinstance(effect, ACTS)]
    return decide(Carried(acts[0], done=False), reply.visit, world) if acts else reply
