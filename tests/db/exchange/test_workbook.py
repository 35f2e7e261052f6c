"""What a coordinator finds in the workbook, what partners find in HSDS, and what a plan tells."""

from __future__ import annotations

import io
import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.directory.service import KINDS, Service
from db.directory.starting import starting_services
from db.exchange import vocabulary as v
from db.exchange.columns import COLUMNS, column_of
from db.exchange.hsds import hsds_bytes
from db.exchange.plan import Plan, plan
from db.exchange.vocabulary import Lang
from db.exchange.workbook import SHEETS, xlsx_bytes
from db.exchange.writing import csv_bytes

from .made_up import TODAY, gazetteer

HELD = starting_services()
NEW_HEADS = "Код,Вид,Назва українською,Назва англійською,Область,Населений пункт,Телефони,Джерело"


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_template_explains_itself(lang: Lang) -> None:
    """Three sheets: headers without rows, an explanation of every column, and lists behind drop-downs."""
    book = load_workbook(io.BytesIO(xlsx_bytes([], gazetteer(), lang)))
    assert tuple(book.sheetnames) == SHEETS[lang]
    services, how, lists = book
    assert [cell.value for cell in services[1]] == [column.header(lang) for column in COLUMNS]
    assert services.max_row == 1
    explained = {row[0].value for row in how.iter_rows()}
    assert {f"«{column.header(lang)}»" for column in COLUMNS} <= explained
    rules = {rule.formula1.partition("!")[0].strip("'"): rule for rule in services.data_validations.dataValidation}
    assert set(rules) == {SHEETS[lang][2]}
    assert lists.max_row == 28  # the longest: 27 oblasts below their header


def test_every_choice_has_words_in_both_languages() -> None:
    """Nothing in the directory's own lists is without a word, and each word leads back to its code."""
    assert set(v.KIND.codes) == set(KINDS)
    for column in COLUMNS:
        assert column_of(column.uk) is column_of(column.en) is column
        if column.choices:
            for code in column.choices.codes:
                assert {column.choices.code(column.choices.word(code, lang)) for lang in ("uk", "en")} == {code}


def test_hsds_says_no_more_than_may_be_said() -> None:
    """Every service with its own lasting id; hidden ones have neither location nor point."""
    page = json.loads(hsds_bytes(HELD, gazetteer().places))
    assert (page["total_items"], len(page["contents"]), page["last_page"]) == (len(HELD), len(HELD), True)
    again = json.loads(hsds_bytes(HELD[::-1], gazetteer().places))["contents"][::-1]
    assert page["contents"] == again
    for service, told in zip(HELD, page["contents"], strict=True):
        assert uuid.UUID(told["id"])
        assert (told["name"], told["status"]) == (service.name_uk, "active")
        assert not (service.hidden and "service_at_locations" in told)


def test_hsds_hours_are_weekly_rules() -> None:
    """Days and times apart; what is not weekly stands as it is written."""

    def schedules(hours: str) -> list[dict[str, Any]]:
        page = json.loads(hsds_bytes([replace(HELD[0], hours=hours)], gazetteer().places))
        found: list[dict[str, Any]] = page["contents"][0]["schedules"]
        return [{key: value for key, value in one.items() if key != "id"} for one in found]

    assert schedules("Mo-We,Fr 09:00-13:00,14:00-18:00") == [
        {"freq": "WEEKLY", "byday": "MO,TU,WE,FR", "opens_at": "09:00", "closes_at": "13:00"},
        {"freq": "WEEKLY", "byday": "MO,TU,WE,FR", "opens_at": "14:00", "closes_at": "18:00"},
    ]
    assert schedules("24/7")[0]["byday"] == "MO,TU,WE,TH,FR,SA,SU"
    assert schedules("PH off") == [{"description": "PH off"}]
    assert schedules("") == []


def planned(text: str, folder: Path, held: list[Service] = HELD, **told: Any) -> Plan:
    """What a CSV of this text would do."""
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return plan(path, held, gazetteer(), today=TODAY, version=4, **told)


def test_a_part_of_the_columns_changes_only_them(tmp_path: Path) -> None:
    """A file of ids and hours leaves everything else as it is; rows that are not in it stay."""
    found = planned("Код;Години\nua-1547;щодня 9-21\nua-1545;\n", tmp_path)
    (change,) = [one for one in found.changed if one.slug == "ua-1547"]
    assert (change.fields(), change.after and change.after.hours) == (["hours"], "Mo-Su 09:00-21:00")
    assert (len(found.missing), found.retired, found.version) == (len(HELD) - 2, [], 4)


def test_a_new_row_gets_what_it_needs(tmp_path: Path) -> None:
    """The next number that nobody ever had, the middle of its town, its town as its area."""
    row = f"{NEW_HEADS}\nnew-centre,денний центр,Зразок,Sample,Житомирська,м. Житомир,050 555 01 00,телефоном\n"
    (change,) = planned(row, tmp_path, used=4000).added
    new = change.after
    assert new is not None
    assert (new.num, new.place_id, new.oblast_id, new.precision) == (4001, 686967, 27, "settlement")
    assert [(area.kind, area.place_id) for area in new.areas] == [("settlement", 686967)]
    assert (new.confidence, new.cost, new.languages, new.audience) == ("medium", "unknown", ("uk",), {"all"})


def test_a_new_shelter_is_hidden_by_its_kind(tmp_path: Path) -> None:
    """Whatever the file says or leaves out: no exact point, secret."""
    row = f"{NEW_HEADS}\nnew-shelter,shelter,Притулок,Shelter,м. Київ,Київ,15-00,телефоном\n"
    (change,) = planned(row, tmp_path).added
    assert change.after is not None
    assert (change.after.hidden, change.after.lat, change.after.lon) == (True, 50.5, 30.5)
    assert change.after.precision == "settlement"


def test_an_empty_cell_does_not_lift_a_secret(tmp_path: Path) -> None:
    """A day centre that is secret stays so unless somebody writes "no"."""
    assert not planned("Код,Таємна\nkremenchuk-daycentre,\n", tmp_path).changes
    (change,) = planned("Код,Таємна\nkremenchuk-daycentre,ні\n", tmp_path).changed
    assert change.after is not None
    assert not change.after.hidden


def test_twins_are_told(tmp_path: Path) -> None:
    """A new row with a number or nearly the name of another one; "№ 3" beside "№ 2" is no twin."""
    rows = (
        "a1,денний центр,Щось інше,Other,Волинська,Луцьк,0 800 400 334,телефоном",
        "a2,притулок,Притулки для постраждалих від домашнього насильства (м. Київ),Shelters,м. Київ,Київ,,телефоном",
        "a3,притулок,Притулок для постраждалих № 3 (Житомирська область),Shelter,Житомирська,,,телефоном",
    )
    twins = planned("\n".join((NEW_HEADS, *rows)), tmp_path).twins
    assert [(twin.new.slug, twin.other.slug, twin.why) for twin in twins] == [
        ("a1", "lutsk-daycentre", "phone"),
        ("a2", "kyiv-shelter", "name"),
    ]


def test_taking_out_is_asked_for(tmp_path: Path) -> None:
    """--retire takes out what the file does not have, and nothing else does."""
    keep = [one for one in HELD if one.slug != "ua-ffr"]
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(keep, gazetteer(), "en"))
    kept = plan(path, HELD, gazetteer(), today=TODAY, version=1)
    retired = plan(path, HELD, gazetteer(), today=TODAY, version=1, retire=True)
    assert ([one.slug for one in kept.missing], kept.changes) == (["ua-ffr"], [])
    assert [change.slug for change in retired.changes] == ["ua-ffr"]
