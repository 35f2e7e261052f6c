"""The starting data: every line has a source, can be used, and gives nobody away."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from db.directory.directory import Directory
from db.directory.discretion import SMALL_TOWN
from db.directory.hours import check_hours
from db.directory.phones import is_number
from db.directory.service import HIDDEN_KINDS, KINDS, NEVER_EXPIRE
from db.directory.starting import FILE, RowError, service_from, starting_services
from db.places.place import Place
from db.places.places import Places

SERVICES = starting_services()
HIDDEN = [service for service in SERVICES if service.hidden]

STREET = re.compile(
    r"\b(?:вул|просп|пров|пл|бульв|буд|каб|кв|корп|поверх|офіс)\b\.?\s"
    r"|\b(?:St|Ave|Sq|rooms? \d|floor|office|building)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\b1[05]-?\d\d\b|\b10[1-4]\b|\b112\b|\b116 ?\d{3}\b|\d{2,3}[ -]\d{2,3}[ -]\d{2}|\+\d|\b\d{5,}\b")


def _small(town: Place) -> bool:
    return town.population < SMALL_TOWN and len(town.name_uk) > 5  # shorter stems begin ordinary words


def columns() -> list[dict[str, str]]:
    """The file as it is written."""
    with FILE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_numbers_and_names_are_unique() -> None:
    """A button keeps leading to the same service: numbers are small, start at 1 and never repeat."""
    assert len({service.num for service in SERVICES}) == len({service.slug for service in SERVICES}) == len(SERVICES)
    assert len({(service.name_uk, service.phones, service.oblast_id) for service in SERVICES}) == len(SERVICES)
    assert all(0 < service.num < 10_000 for service in SERVICES)


def test_every_line_has_a_source_and_no_confirmation() -> None:
    """Nothing was called yet, so nothing claims to be; everything says where it was read and how sure it is."""
    for service in SERVICES:
        assert service.source_url.startswith(("https://", "http://")), service.slug
        assert service.confidence in ("high", "medium", "low")
        assert (service.verified_on, service.verified_by, service.review_by) == (None, "", None), service.slug


def test_both_languages_are_there() -> None:
    """A name in each language, a note in both or in neither."""
    for service in SERVICES:
        assert service.name_uk, service.slug
        assert service.name_en, service.slug
        assert bool(service.notes_uk) == bool(service.notes_en), service.slug
        assert service.kind in KINDS


def test_numbers_and_hours_can_be_read() -> None:
    """Every number can be dialled and every opening time understood."""
    for service in SERVICES:
        assert all(is_number(number) for number in service.phones), service.slug
        assert len(set(service.phones)) == len(service.phones)
        check_hours(service.hours)


def test_hidden_services_have_no_address() -> None:
    """Shelters and crisis rooms, and whatever its source calls secret: no street, no district, no building."""
    assert len(HIDDEN) == 29
    assert all(service.hidden for service in SERVICES if service.kind in HIDDEN_KINDS)
    for service in HIDDEN:
        assert (service.address_uk, service.address_en, service.district_id) == ("", "", 0), service.slug
        assert not STREET.search(f"{service.notes_uk} {service.notes_en}"), service.slug
        assert "район," not in service.name_uk, service.slug


def test_a_lent_number_is_its_parent_s(starting: Directory) -> None:
    """A service without a number of its own answers by its parent's; the parent is there and has one."""
    lent = [service for service in SERVICES if service.parent]
    assert len(lent) > 15
    for service in lent:
        offered, parent = starting.by_slug(service.slug), starting.by_slug(service.parent)
        assert offered is not None
        assert parent is not None
        assert not service.phones, service.slug
        assert offered.phones == parent.phones != (), service.slug
        assert not parent.parent, service.slug


def test_the_street_pattern_finds_streets() -> None:
    """The test above can fail."""
    assert STREET.search("адмінбудинок, каб. 122–123")
    assert STREET.search("вул. Вигадана, 5")
    assert STREET.search("5 Invented St")
    assert not STREET.search("Адреса не розголошується.")


def test_hidden_services_in_small_towns_name_only_their_oblast(ukraine: Places) -> None:
    """In no column that can be shown: name, note, place, area, point."""
    big = {place.id for place in map(ukraine.get, {one.place_id for one in HIDDEN}) if place}
    assert all((place := ukraine.get(number)) and place.population >= SMALL_TOWN for number in big)
    for service in [one for one in HIDDEN if not one.place_id]:
        assert [area.kind for area in service.areas] == ["oblast"], service.slug
        assert (service.lat, service.lon) == (None, None), service.slug
        oblast = ukraine.get(service.oblast_id)
        assert oblast is not None
        said = f"{service.name_uk} {service.notes_uk}".replace(oblast.name_uk, "").casefold()
        stems = tuple(town.name_uk.casefold()[:-2] for town in ukraine.towns(oblast.id) if _small(town))
        assert not [word for word in re.findall(r"\w+", said) if word.startswith(stems)], service.slug
        assert "громади" not in service.name_uk, service.slug


@pytest.mark.parametrize("column", ["notes_uk", "notes_en"])
def test_notes_hold_no_numbers(column: str) -> None:
    """A number lives in its column only, so that a change of it changes every text."""
    assert not [(row["slug"], row[column]) for row in columns() if NUMBER.search(row[column])]
    assert NUMBER.search("спитайте на 15-47 або 102")
    assert not NUMBER.search("У 2022 році працювала 8:00–20:00, до 10 днів.")


def test_points_are_the_middle_of_a_place(ukraine: Places) -> None:
    """No street was looked up: every point is the centre of the service's district or town, inside Ukraine; that of
    a hidden service only to a tenth of a degree."""
    for service in SERVICES:
        if service.lat is None:
            continue
        centre = ukraine.get(service.district_id) or ukraine.get(service.place_id)
        assert centre is not None, service.slug
        digits = 1 if service.hidden else 4
        assert (service.lat, service.lon) == (round(centre.lat, digits), round(centre.lon, digits)), service.slug
        assert service.precision == ("district" if service.district_id else "settlement"), service.slug


def test_areas_lead_to_places(ukraine: Places) -> None:
    """Every service is for somebody: national without a place, or of places in its own oblast."""
    for service in SERVICES:
        assert service.areas, service.slug
        for area in service.areas:
            if area.kind == "national":
                assert (service.oblast_id, service.place_id, area.place_id) == (0, 0, 0), service.slug
                continue
            place = ukraine.get(area.place_id)
            assert place is not None, service.slug
            assert (place.kind, place.oblast_id) == (area.kind, service.oblast_id), service.slug


def test_lines_of_an_oblast_cover_the_oblast(starting: Directory) -> None:
    """A line that an oblast runs from its capital is not only for the capital."""
    for slug in ("kharkiv-1552", "mykolaiv-family-line", "zaporizhzhia-ova-line", "odesa-idp-line", "donetsk-ova-line"):
        service = starting.by_slug(slug)
        assert service is not None
        assert [area.kind for area in service.areas] == ["oblast"], slug


def test_the_numbers_every_screen_needs_are_there(starting: Directory) -> None:
    """Emergency numbers, the two lines on violence and legal aid are in the starting data."""
    said = [starting.phone(slug) for slug in sorted(NEVER_EXPIRE)]
    assert said == ["112", "103", "102"]
    assert starting.phone("ua-1547") == "15-47"
    assert [starting.phone("ua-lastrada-116123", nth) for nth in (1, 2)] == ["116 123", "0 800 500 335"]


def test_rows_without_a_contact_are_kept(starting: Directory) -> None:
    """That a service exists is worth knowing: it is shown with 15-47."""
    silent = [service.slug for service in starting.services if not service.reachable]
    assert {"kremenchuk-daycentre", "zhytomyr-berezivka-shelter", "sumy-daycentre"} <= set(silent)
    assert len(starting.services) == 148


def test_a_shelter_loses_an_address_that_a_file_gives_it() -> None:
    """The kind outranks the file."""
    row = columns()[0] | {"kind": "shelter", "hidden": "0", "address_uk": "вул. Вигадана, 5", "district_id": "104"}
    service = service_from(row)
    assert service.hidden
    assert (service.address_uk, service.address_en, service.district_id) == ("", "", 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "castle"),
        ("phones", "102|call me"),
        ("hours", "зранку"),
        ("source_url", ""),
        ("confidence", "sure"),
        ("areas", "planet:3"),
        ("areas", "oblast:x"),
        ("num", "one"),
        ("precision", "exact"),
        ("entry", "knock"),
        ("access", "wings"),
        ("wartime", "peace"),
        ("verified_on", "yesterday"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(column: str, value: str, tmp_path: Path) -> None:
    """A mistake in the file stops with the service's name, whichever column it is in."""
    rows = columns()
    rows[3][column] = value
    path = tmp_path / "services.csv"
    with path.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(RowError, match=r"^ua-police-helpbot: "):
        starting_services(path)
