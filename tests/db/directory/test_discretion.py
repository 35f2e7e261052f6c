"""What may be shown of a hidden place."""

from __future__ import annotations

import pytest

from db.directory.discretion import SMALL_TOWN, is_hidden, shown_place
from db.directory.service import HIDDEN_KINDS, KINDS
from db.places.places import Places

from .conftest import MakeService

KYIV, DNIPROVSKYI, ZHYTOMYR_OBLAST = 703448, 104, 27


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_decides(kind: str) -> None:
    """A shelter is hidden even when its file says otherwise; any other kind only when its file says so."""
    assert is_hidden(kind, marked=False) is (kind in HIDDEN_KINDS)
    assert is_hidden(kind, marked=True)


def test_an_open_service_is_shown_exactly(make: MakeService, ukraine: Places) -> None:
    """District first, then settlement, then oblast; a national line has no place."""
    place = {"oblast_id": 12, "place_id": KYIV}
    assert shown_place(make(**place, district_id=DNIPROVSKYI), ukraine) == ukraine.get(DNIPROVSKYI)
    assert shown_place(make(**place), ukraine) == ukraine.get(KYIV)
    assert shown_place(make(oblast_id=27), ukraine) == ukraine.get(ZHYTOMYR_OBLAST)
    assert shown_place(make(), ukraine) is None


def test_a_hidden_service_in_a_city_shows_the_city_only(make: MakeService, ukraine: Places) -> None:
    """Never the district."""
    hidden = make(kind="shelter", hidden=True, oblast_id=12, place_id=KYIV, district_id=DNIPROVSKYI)
    assert shown_place(hidden, ukraine) == ukraine.get(KYIV)


def test_a_hidden_service_in_a_small_town_shows_the_oblast_only(make: MakeService, ukraine: Places) -> None:
    """In a town under 50,000 people its name alone would lead to the door."""
    small = [town for town in ukraine.towns(27) if 0 < town.population < SMALL_TOWN]
    assert len(small) > 50
    for town in small:
        hidden = make(kind="shelter", hidden=True, oblast_id=27, place_id=town.id)
        assert shown_place(hidden, ukraine) == ukraine.get(ZHYTOMYR_OBLAST), town.name_en
