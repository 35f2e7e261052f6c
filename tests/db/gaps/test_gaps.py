"""What a person at a place would be offered, kind by kind, without making it look better than it is."""

from __future__ import annotations

from db.directory.directory import Directory
from db.directory.gaps import STATES, by_oblast, offers
from db.directory.service import KINDS
from db.directory.starting import starting_services
from db.places.places import Places
from db.places.starting import starting_places
from tests.db.gaps.conftest import CLOSED, NORTH, SOUTH, TOWN, service


def states(directory: Directory, places: Places, place_id: int) -> dict[str, str]:
    """The state of each kind at a place."""
    place = places.get(place_id)
    assert place is not None
    return {offer.kind: offer.state for offer in offers(place, directory)}


def test_each_state_is_told_from_the_others(directory: Directory, country: Places) -> None:
    """Confirmed, not confirmed, without a contact, only national, none: all in one oblast."""
    north = states(directory, country, NORTH)
    assert (north["day_center"], north["mobile_team"]) == ("confirmed", "unconfirmed")
    assert (north["shelter"], north["legal_aid"], north["employment"]) == ("silent", "national", "none")
    assert states(directory, country, TOWN) == north


def test_what_is_elsewhere_counts_within_a_days_journey(directory: Directory, country: Places) -> None:
    """From 445 km away a centre is no offer, though the list would show it as the nearest there is."""
    assert states(directory, country, SOUTH)["day_center"] == "none"
    near = country.get(NORTH)
    assert near is not None
    moved = Directory([*directory.services, service(9, "crisis_room", slug="r", lat=49.5, areas=(), oblast_id=SOUTH)])
    assert states(moved, country, NORTH)["crisis_room"] == "away"


def test_teams_of_another_town_are_no_offer(directory: Directory, country: Places) -> None:
    """A mobile team comes where it comes, however near its base is."""
    assert states(directory, country, SOUTH)["mobile_team"] == "none"


def test_under_occupation_only_who_answers_from_afar_counts(directory: Directory, country: Places) -> None:
    """A centre five kilometres away is out of reach; the police cannot come; lines and lawyers answer."""
    closed = states(directory, country, CLOSED)
    assert (closed["day_center"], closed["police"]) == ("none", "none")
    assert (closed["helpline"], closed["legal_aid"]) == ("national", "national")


def test_a_confirmed_one_beside_an_unconfirmed_one_makes_the_kind_confirmed(
    directory: Directory, country: Places
) -> None:
    """And one without a contact beside one with: the one that can be called counts."""
    more = Directory([*directory.services, service(7, "day_center", slug="b"), service(8, "shelter", slug="c")])
    north = states(more, country, NORTH)
    assert (north["day_center"], north["shelter"]) == ("confirmed", "unconfirmed")


def test_every_oblast_answers_for_every_kind() -> None:
    """Today's directory: 27 regions, 17 kinds, and what is known of three places."""
    directory, places = Directory(starting_services()), Places(starting_places())
    rows = by_oblast(places.oblasts(), directory)
    assert {len(row) for row in rows} == {len(KINDS)}
    assert len(rows) == 27
    assert {offer.state for row in rows for offer in row} <= set(STATES)
    kyiv, kremenchuk = (states(directory, places, number) for number in (703448, 704147))
    assert (kyiv["day_center"], kyiv["shelter"], kyiv["legal_aid"]) == ("unconfirmed", "unconfirmed", "national")
    assert (kremenchuk["day_center"], kremenchuk["mobile_team"]) == ("silent", "none")
