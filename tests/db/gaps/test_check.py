"""What needs somebody's hand is found, each by its name; what is in order is left in peace."""

from __future__ import annotations

from datetime import date

import pytest

from db.directory.check import CODES, findings
from db.directory.directory import Directory
from db.directory.launch import LAUNCH_LINES
from db.directory.service import NEVER_EXPIRE, Area, Service
from db.directory.starting import starting_services
from db.places.places import Places
from db.places.starting import starting_places
from tests.db.gaps.conftest import SOUTH, national, service

TODAY = date(2026, 11, 22)
SOUND = {"verified_on": date(2026, 11, 1), "verified_by": "coordinator", "review_by": date(2027, 2, 1)}
NUMBERS = {"ua-police-102": "102", "ua-ambulance-103": "103", "ua-112": "112"}
LINES = tuple(
    national(
        num,
        "police" if slug in NEVER_EXPIRE else "helpline",
        slug=slug,
        name_uk=slug,
        phones=(NUMBERS.get(slug, f"0800500{num}"),),
        **SOUND,
    )
    for num, slug in enumerate((*LAUNCH_LINES, *sorted(NEVER_EXPIRE)), start=100)
)


def found(country: Places, *rows: Service, on: date = TODAY) -> list[tuple[str, str]]:
    """Codes with the services they are about, in a directory whose national lines are in order."""
    return [(one.code, one.about) for one in findings(Directory([*LINES, *rows]), country, on)]


def test_a_directory_in_order_has_no_findings(country: Places) -> None:
    """Otherwise the exit code would mean nothing."""
    assert found(country, service(1, "day_center", **SOUND)) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("street", {"kind": "shelter", "hidden": True, "notes_uk": "Вхід з вул. Вигадана, 5"}),
        ("overdue", {"review_by": date(2026, 11, 21)}),
        ("borrowed", {"kind": "shelter", "hidden": True, "phones": ("102",)}),
        ("parent", {"parent": "gone"}),
        ("clock", {"hours": "24/7", "notes_uk": "Години прийому 9:00–18:00."}),
        ("clock", {"hours": "Mo-Fr 09:00-18:00", "notes_en": "Answers round the clock."}),
        ("clock", {"hours": "", "notes_uk": "Цілодобово, анонімно."}),
        ("ahead", {"verified_on": date(2026, 11, 23)}),
        ("ahead", {"verified_by": ""}),
        ("place", {"place_id": 424_242}),
        ("place", {"oblast_id": SOUTH, "areas": (Area("oblast", SOUTH),)}),
        ("unreachable", {"phones": ()}),
        ("unconfirmed", {"verified_on": None, "verified_by": "", "review_by": None}),
    ],
)
def test_each_thing_to_do_is_found(code: str, said: dict[str, object], country: Places) -> None:
    """One fault, one finding, about the row that has it."""
    row = service(1, **({"kind": "day_center", **SOUND} | said))  # type: ignore[arg-type]
    assert found(country, row) == [(code, "sample-1")]


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "police", "phones": ("102",)},
        {"kind": "shelter", "hidden": True, "notes_uk": "Адреса не розголошується, приймають за направленням."},
        {"kind": "day_center", "hidden": False, "address_uk": "вул. Вигадана, 5", "notes_uk": "вул. Вигадана, 5"},
        {"kind": "day_center", "notes_uk": "Є цілодобове перебування.", "notes_en": "Round-the-clock stay possible."},
        {"kind": "day_center", "review_by": TODAY},
        {"kind": "day_center", "hours": "24/7", "notes_uk": "Цілодобово."},
    ],
)
def test_what_is_in_order_is_left_in_peace(said: dict[str, object], country: Places) -> None:
    """Police may have 102, a day centre an address, a review day lasts until its evening."""
    assert found(country, service(1, **(SOUND | said))) == []  # type: ignore[arg-type]


def test_a_number_in_two_oblasts_is_somebodys_mistake(country: Places) -> None:
    """Told once, about the row that came later; a row that says whose number it uses is in order."""
    here = service(1, "day_center", **SOUND)
    elsewhere = SOUND | {"oblast_id": SOUTH, "place_id": 0, "areas": (Area("oblast", SOUTH),)}
    assert found(country, here, service(2, "day_center", **elsewhere)) == [("shared", "sample-2")]
    assert found(country, here, service(2, "day_center", **elsewhere, parent="sample-1")) == []


def test_a_number_twice_in_one_oblast_wants_an_owner(country: Places) -> None:
    """A service that others name as theirs is the owner, whichever row is older; a national line's is everybody's."""
    rows = [service(num, "day_center", **SOUND) for num in (1, 2, 3)]
    assert found(country, *rows[:2]) == [("owner", "sample-2")]
    owned = service(3, "day_center", **SOUND, parent="sample-2")
    assert found(country, *rows[:2], owned) == [("owner", "sample-1")]
    assert found(country, service(1, "day_center", **(SOUND | {"phones": LINES[0].phones}))) == []


def test_lines_without_which_no_public_start_come_first(country: Places) -> None:
    """Told once, as what they are, not again as one of many that nobody has called."""
    waiting = [national(num, "helpline", slug=slug, phones=(f"0800500{num}",)) for num, slug in enumerate(LAUNCH_LINES)]
    told = [(one.code, one.about) for one in findings(Directory([*LINES[4:], *waiting]), country, TODAY)]
    assert told == [("launch", slug) for slug in sorted(LAUNCH_LINES)]


def test_what_may_hurt_comes_before_what_is_unfinished(country: Places) -> None:
    """By weight, then by name."""
    rows = [
        service(1, "day_center"),
        service(2, "shelter", hidden=True, notes_en="5 Invented St", phones=(), **SOUND),
    ]
    codes = [code for code, _ in found(country, *rows)]
    assert codes == ["street", "unreachable", "unconfirmed"]
    assert codes == sorted(codes, key=CODES.index)


def test_the_day_decides_what_is_past_its_review(country: Places) -> None:
    """Asked as of another day, the same directory answers otherwise."""
    row = service(1, "day_center", **SOUND)
    assert found(country, row, on=date(2027, 2, 1)) == []
    assert ("overdue", "sample-1") in found(country, row, on=date(2027, 2, 2))


def test_todays_directory_is_read_whole() -> None:
    """Real rows: shelters that have only 102, rows without any contact, and nothing that gives a place away."""
    told = findings(Directory(starting_services()), Places(starting_places()), TODAY)
    about = {code: [one.about for one in told if one.code == code] for code in CODES}
    assert about["street"] == about["place"] == about["parent"] == []
    assert "mykolaiv-shelter" in about["borrowed"]
    assert "kremenchuk-daycentre" in about["unreachable"]
    assert about["launch"] == sorted(LAUNCH_LINES)
