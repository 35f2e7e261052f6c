"""Searches that insist on something, and a search by cells that finds what a search of everything would."""

from __future__ import annotations

from datetime import datetime
from math import inf
from random import Random

import pytest

from db.directory.directory import FAR_AT_MOST, NEAR_AT_MOST, NEAR_KM, Directory, Found
from db.directory.hours import KYIV
from db.directory.ranking import BY_PHONE_ONLY, covers, is_national, way_km
from db.directory.service import AUDIENCES, HIDDEN_KINDS, KINDS, Area, Service
from db.directory.wishes import NO_WISHES, Granting, Wishes
from db.places.place import Place
from db.places.places import Places

from .conftest import MakeService

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=KYIV)
SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 0, tzinfo=KYIV)
ZHYTOMYR = 686967
LINE = Service(9000, "ua-1547", "helpline", "Лінія", "Line", phones=("1547",), hours="24/7", areas=(Area("national"),))


@pytest.fixture
def four(make: MakeService, ukraine: Places) -> tuple[Directory, Place]:
    """Four day centres of one town, and the closing line."""
    town = ukraine.get(ZHYTOMYR)
    assert town is not None
    here = {"oblast_id": 27, "place_id": ZHYTOMYR, "areas": (Area("settlement", ZHYTOMYR),), "phones": ("102",)}
    return Directory(
        [
            LINE,
            make(1, **here, audience=frozenset({"women", "children"}), hours="Mo-Fr 09:00-18:00"),
            make(2, **here, audience=frozenset({"men"}), languages=("uk", "en"), hours="24/7"),
            make(3, **here, languages=("uk", "pl")),
            make(4, **here, hours="not hours at all"),
        ]
    ), town


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        (NO_WISHES, {1, 2, 3, 4}),
        (Wishes(who="women"), {1, 3, 4}),
        (Wishes(who="men"), {2, 3, 4}),
        (Wishes(who="older"), {3, 4}),
        (Wishes(language="en"), {2}),
        (Wishes(language="fr"), set()),
        (Wishes(open_at=MONDAY), {1, 2}),
        (Wishes(open_at=SUNDAY_NIGHT), {2}),
        (Wishes(round_the_clock=True), {2}),
        (Wishes(who="women", open_at=SUNDAY_NIGHT), set()),
    ],
)
def test_only_what_was_wished_for(four: tuple[Directory, Place], wishes: Wishes, found: set[int]) -> None:
    """Who is admitted, language, open now, round the clock, and all together; unknown hours are not "open", and a
    line that answers everybody closes the list all the same."""
    directory, town = four
    results = directory.search(frozenset({"day_center"}), town, wishes)
    assert {one.service.num for one in results[:-1]} == found
    assert results[-1].service == LINE


def test_a_community_s_centre_is_covered(make: MakeService, ukraine: Places) -> None:
    """A service of a community is for its centre; the gazetteer draws no borders of communities."""
    town = ukraine.get(ZHYTOMYR)
    assert town is not None
    service = make(1, oblast_id=27, areas=(Area("community", ZHYTOMYR),))
    assert covers(service, town)
    assert Directory([service]).search(frozenset(), town)[0].covers


def test_a_lent_number_makes_a_service_reachable(make: MakeService) -> None:
    """Its parent's numbers are offered as its own; its own go first, and a parent without any lends none."""
    parent, own = make(1, phones=("1500",)), make(2, phones=("102",), parent="sample-1")
    lent, lost, empty = make(3, parent="sample-1"), make(4, parent="nobody"), make(5, parent="sample-4")
    directory = Directory([parent, own, lent, lost, empty])
    assert [one.phones for one in directory.services] == [("1500",), ("102",), ("1500",), (), ()]
    assert [one.reachable for one in directory.services] == [True, True, True, False, False]


def _everything(services: list[Service], kinds: frozenset[str], place: Place, wishes: Wishes) -> list[Found]:
    """What a search must find, by going through all: the rules of `Directory.search`, word for word."""
    granted = Granting(wishes)

    def rank(service: Service) -> tuple[object, ...]:
        return (
            not covers(service, place),
            is_national(service),
            not service.reachable,
            round(way_km(service, place), 1),
            service.verified_on is None,
            service.hours != "24/7",
            service.num,
        )

    wanted = [one for one in services if one != LINE and (not kinds or one.kind in kinds) and granted(one)]
    wanted.sort(key=rank)
    own = [one for one in wanted if covers(one, place)]
    others = [
        one
        for one in wanted
        if not covers(one, place) and not place.occupied and one.kind not in BY_PHONE_ONLY and way_km(one, place) < inf
    ]
    near = [one for one in others if way_km(one, place) <= NEAR_KM][:NEAR_AT_MOST]
    return [Found(one, None, covers(one, place)) for one in [*own, *(near or others[:FAR_AT_MOST]), LINE]]


def _some(random: Random, towns: list[Place], count: int) -> list[Service]:
    services = [LINE]
    for num in range(1, count + 1):
        town, kind = random.choice(towns), random.choice(KINDS)
        point = (town.lat + random.uniform(-0.3, 0.3), town.lon + random.uniform(-0.3, 0.3))
        lat, lon = point if random.random() < 0.85 else (None, None)
        scope = random.choice(("national", "oblast", "settlement", "community"))
        place = {"national": 0, "oblast": town.oblast_id}.get(scope, town.id)
        services.append(
            Service(
                num, f"sample-{num}", kind, "Зразок", "Sample",
                place_id=town.id, oblast_id=0 if scope == "national" else town.oblast_id, lat=lat, lon=lon,
                phones=("102",) if random.random() < 0.6 else (), hours=random.choice(("", "24/7")),
                audience=frozenset(random.sample(AUDIENCES, 2)), hidden=kind in HIDDEN_KINDS,
                areas=(Area(scope, place),),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return services


@pytest.mark.parametrize("seed", range(12))
def test_cells_find_what_going_through_all_finds(seed: int, ukraine: Places) -> None:
    """The same services in the same order, dense and sparse, near and far, with and without wishes."""
    random = Random(seed)  # noqa: S311 (a test, not a secret)
    everywhere = [town for oblast in ukraine.oblasts() for town in ukraine.towns(oblast.id)]
    towns = random.sample(everywhere, random.choice((1, 3, 40, 400)))
    services = _some(random, towns, random.choice((0, 5, 60, 1500)))
    directory = Directory(services)
    for _ in range(25):
        place = random.choice((random.choice(everywhere), random.choice(towns), random.choice(ukraine.oblasts())))
        kinds = frozenset(random.sample(KINDS, random.choice((0, 1, 1, 3))))
        wishes = random.choice((NO_WISHES, NO_WISHES, Wishes(who="men"), Wishes(round_the_clock=True)))
        found = directory.search(kinds, place, wishes)
        expected = _everything(services, kinds, place, wishes)
        assert [one.service.num for one in found] == [one.service.num for one in expected]
        assert [one.covers for one in found] == [one.covers for one in expected]
