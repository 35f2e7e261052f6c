"""Which desk is asked first."""

from db.desk.routing import desks_for
from db.desk.staff import Desk

KYIV = Desk("kyiv", "Київ", "Kyiv", num=1, regions=(12,))
EAST = Desk("east", "Схід", "East", num=2, regions=(5, 7))
ALL = Desk("all", "Усі", "All", num=3)
ENGLISH = Desk("english", "Англійською", "English", num=4, languages=("en",))
DESKS = (KYIV, EAST, ALL, ENGLISH)


def test_ones_own_region_then_everybodys() -> None:
    """All on duty: the region's desk, the desk for all, other regions; the other language last."""
    assert desks_for(DESKS, "uk", 12, {1, 2, 3, 4})[0] == KYIV
    assert desks_for(DESKS, "uk", 12, {1, 2, 3, 4})[-1] == ENGLISH
    assert desks_for(DESKS, "en", 12, {1, 2, 3, 4})[0] == ENGLISH


def test_somebody_who_is_there_is_better_than_ones_own_region() -> None:
    """Overflow: a desk without anybody on duty comes after those that have somebody."""
    assert desks_for(DESKS, "uk", 12, {2})[0] == EAST
    assert desks_for(DESKS, "uk", 12, ())[0] == KYIV


def test_rather_not_say() -> None:
    """Without a region the desk for all is asked first."""
    assert desks_for(DESKS, "uk", 0, {1, 2, 3})[0] == ALL


def test_not_a_neighbour() -> None:
    """Who asks for another region's desk is never sent to the one made for their own."""
    found = desks_for(DESKS, "uk", 12, {1, 2, 3}, elsewhere=True)
    assert KYIV not in found
    assert found[0] == EAST
