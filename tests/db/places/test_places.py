"""Finding a place by name or by being near."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.places.naming import key
from db.places.place import Place
from db.places.places import FARTHEST_KM, Places, distance_km, reach_km
from db.places.starting import starting_places

ALL = starting_places()
UKRAINE = Places(ALL)
SPELLINGS = [(place, name) for place in ALL for name in (place.name_uk, place.name_en, *place.aliases)]


def village(number: int, name: str, *, people: int = 1000, lat: float = 50.0, aliases: tuple[str, ...] = ()) -> Place:
    """A settlement that does not exist."""
    return Place(number, "settlement", name, name, 27, lat, 28.0, population=people, aliases=aliases)


@given(st.sampled_from(SPELLINGS), st.sampled_from([str.upper, str.lower, str.title, lambda name: f" {name} "]))
def test_every_spelling_in_the_gazetteer_is_found(spelling: tuple[Place, str], typed: object) -> None:
    """A place answers to each of its names in any case; the region Kyiv only through the list."""
    place, name = spelling
    found = UKRAINE.named(typed(name))  # type: ignore[operator]
    assert place in found or place.id in (12, 20)
    assert len({one.id for one in found}) == len(found)


@given(st.sampled_from(SPELLINGS))
def test_todays_bearers_come_first_then_the_largest(spelling: tuple[Place, str]) -> None:
    """Among those that bear the name today, and among those that once did, more people come first."""
    found = UKRAINE.named(spelling[1])
    today = [key(spelling[1]) in (key(place.name_uk), key(place.name_en)) for place in found]
    assert today == sorted(today, reverse=True)
    for bears in (True, False):
        people = [place.population for place, is_today in zip(found, today, strict=True) if is_today is bears]
        assert people == sorted(people, reverse=True)


@given(st.text(max_size=80))
@example("")
@example("'")
@example("\ud800")
@example("м. ")
def test_any_text_may_be_typed(text: str) -> None:
    """No text breaks the search, and text without letters names nothing."""
    found = UKRAINE.named(text)
    assert all(isinstance(place, Place) for place in found)
    assert found == [] or key(text)


def test_an_old_name_does_not_push_a_village_aside() -> None:
    """The village that is called so comes before the city that was."""
    places = Places([village(1, "Нове", people=900_000, aliases=("Липівка",)), village(2, "Липівка", people=600)])
    assert [place.id for place in places.named("липівка")] == [2, 1]
    assert [place.id for place in places.named("Нове")] == [1]


@settings(max_examples=60)
@given(st.floats(44.4, 52.3), st.floats(22.2, 40.1))
def test_nobody_else_is_nearer(lat: float, lon: float) -> None:
    """The place found is the one whose edge is nearest, never a region, never a city that has districts."""
    found = UKRAINE.near(lat, lon)
    if found is None:
        return
    assert found.kind != "oblast"
    assert not UKRAINE.districts(found.id)

    def gap(place: Place) -> float:
        return distance_km(lat, lon, place.lat, place.lon) - reach_km(place)

    rivals = [one for one in ALL if one.kind != "oblast" and not UKRAINE.districts(one.id)]
    assert gap(found) <= min(map(gap, rivals)) + 0.3  # km: both distances are approximations
    assert distance_km(lat, lon, found.lat, found.lon) <= FARTHEST_KM


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (50.2547, 28.6587, "Корольовський район"),
        (50.4620, 30.4800, "Шевченківський район"),
        (50.5120, 30.6020, "Деснянський район"),
        (49.0625, 33.4048, "Автозаводський район"),
        (49.2200, 28.4400, "Вінниця"),
        (48.6200, 22.2900, "Ужгород"),
        (50.5111, 30.7900, "Бровари"),
    ],
)
def test_known_points(lat: float, lon: float, name: str) -> None:
    """Well-known spots are named as people there would."""
    found = UKRAINE.near(lat, lon)
    assert found is not None
    assert found.name_uk == name


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (55.7, 37.6), (43.2, 34.0), (90.0, 0.0), (-90.0, 180.0)])
def test_far_away_is_nowhere(lat: float, lon: float) -> None:
    """At sea, abroad or at a pole there is no place of ours."""
    assert UKRAINE.near(lat, lon) is None


def test_an_empty_gazetteer_finds_nothing() -> None:
    """Before the first load every question has an empty answer."""
    empty = Places([])
    assert (empty.near(50, 30), empty.named("Київ"), empty.get(1)) == (None, [], None)
    assert (empty.oblasts(), empty.towns(1), empty.districts(1)) == ([], [], [])


def test_towns_are_largest_first() -> None:
    """The first screen of a list shows the towns most people mean; lists are copies."""
    towns = UKRAINE.towns(27)
    assert [town.name_uk for town in towns[:4]] == ["Житомир", "Бердичів", "Коростень", "Звягель"]
    towns.clear()
    assert UKRAINE.towns(27)
