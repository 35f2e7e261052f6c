"""The directory: what it holds and in which order it offers help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.directory.directory import FAR_AT_MOST, NEAR_AT_MOST, NEAR_KM, Directory, Found, UnknownPhone
from db.directory.launch import LAUNCH_LINES, public_ready, unconfirmed_lines
from db.directory.ranking import BY_PHONE_ONLY, covers, is_national, way_km
from db.directory.service import HIDDEN_KINDS, KINDS, NEVER_EXPIRE, Area, Service
from db.places.place import Place
from db.places.places import Places
from db.places.starting import starting_places

from .conftest import MakeService

UKRAINE = Places(starting_places())
KYIV, ZHYTOMYR, KREMENCHUK, BERDYCHIV, UZHHOROD = 703448, 686967, 704147, 712441, 690548
DNIPROVSKYI, ZHYTOMYR_OBLAST, DONETSK = 104, 27, 709717
PLACES = [KYIV, ZHYTOMYR, KREMENCHUK, BERDYCHIV, UZHHOROD, DNIPROVSKYI, ZHYTOMYR_OBLAST, 12, DONETSK]
LINE = Service(
    900, "ua-1547", "helpline", "Лінія", "Line", phones=("1547",), hours="24/7", areas=(Area("national"),)
)  # fmt: skip


def at(place_id: int) -> Place:
    """A place of the gazetteer."""
    place = UKRAINE.get(place_id)
    assert place is not None
    return place


def slugs(found: list[Found]) -> list[str]:
    """What was found, by name."""
    return [one.service.slug for one in found]


@st.composite
def some_services(draw: st.DrawFn) -> list[Service]:
    """A directory of services that do not exist, of every kind, national or of some place."""
    made = [LINE]
    for num in range(1, draw(st.integers(0, 25)) + 1):
        kind = draw(st.sampled_from(KINDS))
        town = at(draw(st.sampled_from(PLACES)))
        national = draw(st.booleans()) and kind not in HIDDEN_KINDS
        known = draw(st.booleans()) and not national
        scope = "district" if town.kind == "district" else town.kind
        made.append(
            Service(
                num,
                f"sample-{num}",
                kind,
                f"Зразок {num}",
                f"Sample {num}",
                place_id=0 if national or town.kind == "oblast" else town.city_id or town.id,
                oblast_id=0 if national else town.oblast_id,
                lat=town.lat + draw(st.floats(-2, 2)) if known else None,
                lon=town.lon + draw(st.floats(-2, 2)) if known else None,
                phones=draw(st.sampled_from([(), ("+380505550100",)])),
                hours=draw(st.sampled_from(["", "24/7"])),
                hidden=kind in HIDDEN_KINDS or draw(st.booleans()),
                verified_on=draw(st.sampled_from([None, date(2026, 11, 1)])),
                areas=(Area("national"),) if national else (Area(scope, town.id),),
            )
        )
    return made


@settings(max_examples=150, deadline=None)
@given(some_services(), st.frozensets(st.sampled_from(KINDS), max_size=4), st.sampled_from(PLACES))
def test_what_every_search_keeps(services: list[Service], kinds: frozenset[str], place_id: int) -> None:
    """Whatever is asked where: an open line closes the list once; only asked kinds; no distance for hidden and
    national ones; whoever is for the place comes first and nobody of them is left out."""
    place = at(place_id)
    found = Directory(services).search(kinds, place)
    assert found[-1].service == LINE
    assert len(set(slugs(found))) == len(found)
    assert all(one.service.kind in kinds for one in found[:-1] if kinds)
    assert all(one.km is None for one in found if one.service.hidden or is_national(one.service))
    own = [one.covers for one in found[:-1]]
    assert own == sorted(own, reverse=True)
    expected = {one.slug for one in services if (not kinds or one.kind in kinds) and covers(one, place)}
    assert expected <= set(slugs(found))


@settings(max_examples=150, deadline=None)
@given(some_services(), st.sampled_from(PLACES))
def test_the_order_of_every_search(services: list[Service], place_id: int) -> None:
    """Local before national, reachable before not, nearer before farther; confirmed before not at one distance; what
    is not for the place is few, near, worth the way, and none where the place is occupied."""
    place = at(place_id)
    found = Directory(services).search(frozenset(), place)[:-1]
    order = [
        (not one.covers, is_national(one.service), not one.service.reachable, round(way_km(one.service, place), 1))
        for one in found
    ]
    assert order == sorted(order)
    for (one, its), (other, theirs) in pairwise(zip(found, order, strict=True)):
        if its == theirs:
            assert (one.service.verified_on is None) <= (other.service.verified_on is None)
    others = [one for one in found if not one.covers]
    far = [way_km(one.service, place) for one in others]
    assert not (others and place.occupied)
    assert not [one for one in others if one.service.kind in BY_PHONE_ONLY]
    assert len(others) <= NEAR_AT_MOST
    assert all(km <= NEAR_KM for km in far) or len(far) <= FAR_AT_MOST


def test_one_town_before_the_next(make: MakeService) -> None:
    """A service of the person's town comes before a nearer one of another town, the national line last."""
    town = make(1, oblast_id=27, place_id=ZHYTOMYR, areas=(Area("settlement", ZHYTOMYR),), lat=50.5, lon=28.7)
    next_door = make(2, oblast_id=27, areas=(Area("settlement", BERDYCHIV),), lat=50.26, lon=28.68)
    found = Directory([LINE, next_door, town]).search(frozenset({"day_center"}), at(ZHYTOMYR))
    assert slugs(found) == ["sample-1", "sample-2", "ua-1547"]
    assert [one.covers for one in found] == [True, False, True]


def test_reachable_then_confirmed_in_one_town(make: MakeService) -> None:
    """Of services in one town those that can be reached come first, the confirmed before the others."""
    here = {"areas": (Area("settlement", ZHYTOMYR),), "oblast_id": 27, "lat": 50.26, "lon": 28.68}
    silent, phone = make(1, **here), make(2, **here, phones=("+380505550100",))
    sure = make(3, **here, phones=("+380505550101",), verified_on=date(2026, 11, 1))
    found = Directory([silent, phone, sure, LINE]).search(frozenset(), at(ZHYTOMYR))
    assert slugs(found) == ["sample-3", "sample-2", "sample-1", "ua-1547"]


def test_an_oblast_is_everything_in_it(make: MakeService) -> None:
    """Somebody who named only the oblast gets its towns' services, without a distance from nowhere."""
    town = make(1, oblast_id=27, areas=(Area("settlement", BERDYCHIV),), lat=49.9, lon=28.6)
    found = Directory([town, LINE]).search(frozenset(), at(ZHYTOMYR_OBLAST))
    assert slugs(found) == ["sample-1", "ua-1547"]
    assert (found[0].covers, found[0].km) == (True, None)


def test_nothing_near_means_the_nearest_few(make: MakeService) -> None:
    """From Uzhhorod, with nothing within 150 km, the three nearest are offered all the same."""
    far = [
        make(num, oblast_id=27, areas=(Area("settlement", ZHYTOMYR),), lat=50.2, lon=28.0 + num / 5)
        for num in range(1, 6)
    ]
    found = Directory([*far, LINE]).search(frozenset({"day_center"}), at(UZHHOROD))
    assert slugs(found) == ["sample-1", "sample-2", "sample-3", "ua-1547"]
    assert all(one.km is not None and one.km > NEAR_KM for one in found[:-1])


def test_a_line_that_sleeps_does_not_close(make: MakeService) -> None:
    """Another national round-the-clock line closes when 15-47 is gone; with none, the list is what it is."""
    other = replace(LINE, num=2, slug="sample-line", phones=("7333",))
    by_day = replace(LINE, num=3, slug="sample-day-line", hours="Mo-Su 09:00-18:00")
    local = replace(LINE, num=4, slug="sample-local", areas=(Area("settlement", KYIV),), oblast_id=12)
    assert slugs(Directory([local, by_day, other]).search(frozenset({"shelter"}), at(KYIV))) == ["sample-line"]
    assert Directory([local, by_day]).search(frozenset({"shelter"}), at(KYIV)) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_dead_end_anywhere(kind: str, starting: Directory) -> None:
    """With the project's own data every need in every region ends at a number somebody answers now."""
    ends = [starting.search(frozenset({kind}), place)[-1].service for place in UKRAINE.oblasts()]
    assert {last.slug for last in ends} == {"ua-1547"}
    assert all(last.phones and last.hours == "24/7" for last in ends)


def test_kyiv_zhytomyr_and_kremenchuk(starting: Directory) -> None:
    """The three places the programme began in find their own day centres first."""
    day_center = frozenset({"day_center"})
    assert slugs(starting.search(day_center, at(KYIV)))[0] == "kyiv-daycentre-raiduzhna"
    assert slugs(starting.search(day_center, at(ZHYTOMYR)))[0] == "zhytomyr-daycentre"
    first = starting.search(day_center, at(KREMENCHUK))[0]
    assert (first.service.slug, first.km, first.service.reachable) == ("kremenchuk-daycentre", None, False)


def test_numbers_by_reference(starting: Directory) -> None:
    """Texts name a service and get its number; a reference that leads nowhere is named."""
    assert starting.phone("ua-lastrada-116123", 2) == "0 800 500 335"
    with pytest.raises(UnknownPhone, match="ua-gone/1"):
        starting.phone("ua-gone")
    for nth in (0, 2):
        with pytest.raises(UnknownPhone, match=f"ua-1547/{nth}"):
            starting.phone("ua-1547", nth)


def test_services_are_found_by_number_and_name(starting: Directory) -> None:
    """Buttons carry numbers, texts carry names; both lead to one service."""
    line = starting.by_slug("ua-1547")
    assert line is not None
    assert starting.get(line.num) is line
    assert (starting.get(0), starting.by_slug("")) == (None, None)


def test_distance_is_infinite_without_a_point(make: MakeService) -> None:
    """A service without coordinates is never "0 km away"."""
    assert way_km(make(), at(KYIV)) == inf
    assert way_km(make(lat=50.4547, lon=30.5238), at(KYIV)) == 0


def test_a_public_start_waits_for_the_national_lines(starting: Directory) -> None:
    """Each line of the first screens must be confirmed; 102, 103 and 112 need only be there."""
    assert unconfirmed_lines(starting) == LAUNCH_LINES
    sure = [replace(one, verified_on=date(2026, 11, 1)) for one in starting.services if one.slug in LAUNCH_LINES]
    emergency = [one for one in starting.services if one.slug in NEVER_EXPIRE]
    assert public_ready(Directory([*sure, *emergency]))
    assert unconfirmed_lines(Directory([*sure[1:], *emergency[1:]])) == (emergency[0].slug, sure[0].slug)
    assert not public_ready(Directory([]))
