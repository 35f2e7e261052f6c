"""Addresses travel in buttons: 64 bytes, versioned, and what is none of ours is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.engine import CALLBACK_LIMIT, Action, Button, go
from flows.rows import rows_of


def test_an_address_comes_back_as_it_went() -> None:
    """What a button carries is the whole address of a screen."""
    action = go("find.card", "day", 703448, 12, 148)
    assert action.encode() == "1/find.card/day/703448/12/148"
    assert Action.decode(action.encode()) == action


@pytest.mark.parametrize(
    "action", [go("find.list", "Київ"), go("find", "a/b"), go("A"), go("find", "x" * CALLBACK_LIMIT)]
)
def test_an_address_that_no_button_can_carry_is_a_mistake(action: Action) -> None:
    """A flow that writes one fails at once, in its tests."""
    with pytest.raises(ValueError, match=r"address|longer"):
        action.encode()


@pytest.mark.parametrize(
    "data", ["", "1", "1/", "0/home", "2/home", "home", "1/Home", "1/home/é", "1/home\n", "1/" + "a" * 63]
)
def test_what_is_none_of_ours_is_no_address(data: str) -> None:
    """Old versions, forged and damaged data."""
    assert Action.decode(data) is None


@given(st.text())
def test_any_data_is_read_without_raising(data: str) -> None:
    """And what is read can be written again."""
    action = Action.decode(data)
    assert action is None or action.encode() == data


def test_long_words_get_a_row_of_their_own() -> None:
    """Order stays; two short ones share a row."""
    short, long = Button("коротко", go("home")), Button("дуже довгий напис на кнопці", go("home"))
    assert rows_of([short, short, short, long, short]) == ((short, short), (short,), (long,), (short,))
    assert rows_of([]) == ()
