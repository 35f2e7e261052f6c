"""Numbers as people read them and as phones dial them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.directory.phones import NotAPhone, dialled, is_number, pretty, read_phone


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("102", "102"),
        ("112", "112"),
        ("527", "527"),
        ("1547", "15-47"),
        ("1500", "15-00"),
        ("7333", "7333"),
        ("2345", "2345"),
        ("116123", "116 123"),
        ("+380800500335", "0 800 500 335"),
        ("+380442721500", "044 272 15 00"),
        ("+380505550100", "050 555 01 00"),
        ("+380432555010", "0432 55 50 10"),
        ("+380800213103", "0 800 213 103"),
        ("+48800088141", "+48 800 088 141"),
    ],
)
def test_numbers_are_grouped_as_they_are_spoken(number: str, read: str) -> None:
    """Short codes, free lines, cities, mobiles and other countries each in their own rhythm."""
    assert pretty(number) == read
    assert is_number(number)


@given(st.from_regex(r"\+380[3-9][0-9]{8}", fullmatch=True))
def test_no_digit_is_lost(number: str) -> None:
    """Grouping only adds spaces: dialled at home, it is the same number."""
    digits = "".join(filter(str.isdigit, pretty(number)))
    assert "+38" + digits == number
    assert "  " not in pretty(number)


@pytest.mark.parametrize(
    "text", ["", "12", "0800500335", "+38050", "+380-50-555", "15-47", "1234567", "+0505550100", "+38050555010٠"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    """Half a number in the directory is a call to a stranger."""
    assert not is_number(text)


def test_free_lines_are_dialled_without_the_country() -> None:
    """0 800 … answers only when dialled so; other numbers keep the country, short codes stay as they are."""
    assert dialled("+380800500335") == "0800500335"
    assert dialled("+380442721500") == "+380442721500"
    assert dialled("116123") == "116123"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(044) 272-15-00", "+380442721500"),
        ("044 272 15 00", "+380442721500"),
        ("+38 044 272–15–00", "+380442721500"),
        ("380442721500", "+380442721500"),
        ("442721500", "+380442721500"),
        ("0 800 500 335", "+380800500335"),
        ("15-47", "1547"),
        ("116 123", "116123"),
        ("102", "102"),
        ("+48 800 088 141", "+48800088141"),
    ],
)
def test_numbers_as_people_write_them(written: str, number: str) -> None:
    """With brackets, dashes and spaces, without the 0 that a spreadsheet drops, from abroad, and short."""
    assert read_phone(written) == number
    assert read_phone(pretty(number)) == number


@pytest.mark.parametrize(
    "written", ["", "дзвоніть", "52-23-45", "12345", "12", "044 272 15 00 дод. 3", "3.8E+11", "+380", "0442721", "+1"]
)
def test_what_nobody_could_dial_is_refused(written: str) -> None:
    """Words, half a number, a city's number without its code, an extension."""
    with pytest.raises(NotAPhone):
        read_phone(written)
