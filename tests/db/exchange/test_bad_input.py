"""Every bad file is refused whole, with file, sheet, row, column, the reason and what to do, in both languages."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart

from db.directory.service import Area, Service
from db.directory.starting import starting_services
from db.exchange import plan as planning
from db.exchange import table, xlsx_file
from db.exchange.faults import SHOWN_AT_MOST, Fault, Refused, Where
from db.exchange.plan import plan
from db.exchange.wording import SENTENCES, refusal, sentence
from db.exchange.workbook import xlsx_bytes

from .made_up import TODAY, gazetteer

HELD = starting_services()
GOOD = {
    "id": "sample-centre",
    "kind": "денний центр",
    "name_uk": "Зразок",
    "name_en": "Sample",
    "oblast": "Житомирська область",
    "settlement": "Житомир",
    "phones": "050 555 01 00",
    "hours": "Пн-Пт 9-18",
    "source_url": "телефоном",
}
HIDDEN = GOOD | {"kind": "притулок"}


def refused(path: Path, held: list[Service] = HELD, **told: Any) -> tuple[Fault, ...]:
    """The faults of a file that is not taken."""
    with pytest.raises(Refused) as raised:
        plan(path, held, gazetteer(), today=TODAY, version=1, **told)
    return raised.value.faults


def csv_of(folder: Path, *rows: dict[str, str]) -> Path:
    """A file with these cells."""
    heads = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heads)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "bad.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


CELLS: list[tuple[str, dict[str, str], str, str]] = [
    # what it is, the row, the fault, its column
    ("no id", GOOD | {"id": ""}, "no_id", "id"),
    ("a Cyrillic letter that looks Latin", GOOD | {"id": "sаmple"}, "look_alike", "id"),
    ("capitals and spaces", GOOD | {"id": "My Centre"}, "bad_id", "id"),
    ("an unknown kind", GOOD | {"kind": "замок"}, "unknown_word", "kind"),
    ("a new row without a name", GOOD | {"name_uk": ""}, "needed", "name_uk"),
    ("a new row without a source", GOOD | {"source_url": ""}, "needed", "source_url"),
    ("a phone that is none", GOOD | {"phones": "дзвоніть"}, "phone", "phones"),
    ("a city's number without its code", GOOD | {"phones": "0 800 500 335; 52-23-45"}, "phone", "phones"),
    ("a phone the spreadsheet has shortened", GOOD | {"phones": "3,80442E+11"}, "digits_lost", "phones"),
    ("hours nobody can read", GOOD | {"hours": "зранку до обіду"}, "hours", "hours"),
    (
        "hours that contradict each other",
        GOOD | {"hours": "Пн-Пт 9-18, сб 10:00-14:00, цілодобово"},
        "hours_clash",
        "hours",
    ),
    ("no Telegram name", GOOD | {"telegram": "наш канал"}, "telegram", "telegram"),
    ("no website", GOOD | {"website": "example"}, "website", "website"),
    ("an unknown audience", GOOD | {"audience": "усі; коти"}, "unknown_word", "audience"),
    ("an unknown language", GOOD | {"languages": "ельфійська"}, "language", "languages"),
    ("an unknown cost", GOOD | {"cost": "дорого"}, "unknown_word", "cost"),
    ("neither yes nor no", GOOD | {"mobile": "мабуть"}, "yes_or_no", "mobile"),
    ("no date", GOOD | {"source_date": "торік"}, "date", "source_date"),
    ("a day that no month has", GOOD | {"source_date": "31.02.2026"}, "date", "source_date"),
    ("a date turned into a number", GOOD | {"source_date": "45292"}, "date_number", "source_date"),
    (
        "confirmed on a day to come",
        GOOD | {"verified_on": "2030-01-01", "verified_by": "координатор"},
        "date_ahead",
        "verified_on",
    ),
    (
        "confirmed by a person",
        GOOD | {"verified_on": "2026-11-01", "verified_by": "Леся Вигадана"},
        "not_a_role",
        "verified_by",
    ),
    ("confirmed by nobody", GOOD | {"verified_on": "2026-11-01", "verified_by": ""}, "half_confirmed", "verified_by"),
    ("a formula", GOOD | {"name_uk": "=1+1"}, "formula", "name_uk"),
    ("a control character", GOOD | {"name_uk": "Зра\x07зок"}, "control", "name_uk"),
    ("an endless name", GOOD | {"name_uk": "а" * 400}, "too_long", "name_uk"),
    ("no number", GOOD | {"lat": "північ", "lon": "30"}, "number", "lat"),
    ("half a point", GOOD | {"lat": "50.25", "lon": ""}, "half_point", "lon"),
    ("a point in Poland", GOOD | {"lat": "52.23", "lon": "21.01"}, "outside", "lat"),
    ("latitude and longitude changed places", GOOD | {"lat": "28.66", "lon": "50.25"}, "outside", "lat"),
    ("a point in another oblast", GOOD | {"lat": "46.48", "lon": "30.72"}, "other_oblast", "lat"),
    ("a point far from its town", GOOD | {"lat": "51.3", "lon": "28.6"}, "other_oblast", "lat"),
    ("the middle of no district", GOOD | {"precision": "район"}, "no_middle", "precision"),
    ("an unknown oblast", GOOD | {"oblast": "Житомирская губерния"}, "unknown_oblast", "oblast"),
    ("an unknown town", GOOD | {"settlement": "Небувалівка"}, "unknown_settlement", "settlement"),
    ("a town of another oblast", GOOD | {"settlement": "Львів"}, "unknown_settlement", "settlement"),
    ("a town without its oblast", GOOD | {"oblast": ""}, "settlement_without_oblast", "settlement"),
    (
        "one of several namesakes",
        GOOD | {"settlement": "Первомайське", "oblast": "АР Крим"},
        "many_settlements",
        "settlement",
    ),
    ("an unknown district", GOOD | {"district": "Печерський район"}, "unknown_district", "district"),
    ("an area that is none", GOOD | {"serves": "усюди: тут"}, "area", "serves"),
    ("a parent that is not there", GOOD | {"parent": "nobody-here"}, "unknown_parent", "parent"),
    ("its own parent", GOOD | {"parent": "sample-centre"}, "unknown_parent", "parent"),
    ("a parent without a number", GOOD | {"parent": "kremenchuk-daycentre"}, "silent_parent", "parent"),
    ("a number that belongs to another", GOOD | {"num": "5"}, "num_taken", "num"),
    ("a number that was changed", {"id": "ua-1547", "num": "77"}, "num_changed", "num"),
    ("an address on a hidden place", HIDDEN | {"address_uk": "вул. Вигадана, 5"}, "hidden_address", "address_uk"),
    ("an address in a hidden place's note", HIDDEN | {"notes_uk": "Вхід: вул. Вигадана"}, "hidden_words", "notes_uk"),
    ("a house in a hidden place's note", HIDDEN | {"notes_uk": "Приходьте: Вигадана, 5"}, "hidden_words", "notes_uk"),
    ("a street in English", HIDDEN | {"notes_en": "at 5 Madeup Street"}, "hidden_words", "notes_en"),
    ("a map as a hidden place's site", HIDDEN | {"website": "https://maps.app.goo.gl/xyz"}, "hidden_words", "website"),
    (
        "a street in a site's address",
        HIDDEN | {"website": "https://example.org/vul-vyhadana-5"},
        "hidden_words",
        "website",
    ),
    ("a point on a hidden place", HIDDEN | {"lat": "50.2601", "lon": "28.6701"}, "hidden_point", "lat"),
    ("a hidden place's building", HIDDEN | {"precision": "будинок"}, "hidden_point", "precision"),
    ("a hidden place in a small town", HIDDEN | {"settlement": "Романів"}, "hidden_small_town", "settlement"),
    (
        "a hidden place's district",
        HIDDEN | {"oblast": "м. Київ", "settlement": "Київ", "district": "Подільський район"},
        "hidden_district",
        "district",
    ),
    ("a shelter that is said to be open", HIDDEN | {"hidden": "ні"}, "must_hide", "hidden"),
]


@pytest.mark.parametrize(("row", "code", "column"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_a_bad_cell_is_named(row: dict[str, str], code: str, column: str, tmp_path: Path) -> None:
    """One wrong cell between two good rows: exactly that cell is told, and nothing of the file is taken."""
    faults = refused(_between(tmp_path, row))
    assert (code, column) in [(fault.code, fault.where.column) for fault in faults]
    fault = next(fault for fault in faults if fault.code == code)
    assert (fault.where.file, fault.where.row) == ("bad.csv", 3)
    for lang, words in (("uk", ("рядок 3", "стовпець «")), ("en", ("row 3", "column “"))):
        said = sentence(fault, lang)  # type: ignore[arg-type]
        assert all(word in said for word in words), said
        assert said.startswith("bad.csv, "), said


def _between(folder: Path, row: dict[str, str]) -> Path:
    """The row between two that keep what they have: their cells are those of an export."""
    from db.exchange.writing import texts_of  # noqa: PLC0415

    first, last = ({key: texts_of(service, gazetteer(), "uk")[key] for key in row} for service in (HELD[5], HELD[20]))
    return csv_of(folder, first, row, last)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Ten wrong rows are ten lines; after fifty the rest is a number."""
    rows = [GOOD | {"id": f"sample-{n}", "phones": "ні"} for n in range(SHOWN_AT_MOST + 7)]
    faults = refused(csv_of(tmp_path, *rows))
    assert len(faults) == SHOWN_AT_MOST + 7
    lines = refusal(faults, "uk").splitlines()
    assert len(lines) == SHOWN_AT_MOST + 1
    assert "7" in lines[-1]


def test_two_rows_of_one_id(tmp_path: Path) -> None:
    """The second is told, and where the first is."""
    (fault,) = refused(csv_of(tmp_path, GOOD, GOOD | {"name_uk": "Інша"}))
    assert (fault.code, fault.where.row, fault.said["other"]) == ("two_ids", 3, "2")


@pytest.mark.parametrize(
    ("heads", "code", "column"),
    [
        ("Код,Телефони,Phones", "two_headers", "Phones"),
        ("Код,Телефoни", "unknown_header", "Телефoни"),
        ("Телефони,Години", "no_headers", ""),
    ],
)
def test_bad_headers(heads: str, code: str, column: str, tmp_path: Path) -> None:
    """A header twice, one with a strange letter, and none for the ID."""
    path = tmp_path / "bad.csv"
    path.write_text(f"{heads}\nua-1547,102,\n", encoding="utf-8")
    fault = refused(path)[0]
    assert (fault.code, fault.where.column) == (code, column)
    if code == "unknown_header":
        assert fault.said["maybe"] == "Телефони"


def test_own_columns_and_empty_ones_are_left_alone(tmp_path: Path) -> None:
    """A column with # is the coordinator's; words below no header are told, because they may be somebody's phone."""
    path = tmp_path / "bad.csv"
    path.write_text("Код,#моє,Телефони,\nua-1547,подзвонити,15-47,\n", encoding="utf-8")
    assert not plan(path, HELD, gazetteer(), today=TODAY, version=1).changes
    path.write_text("Код,#моє,Телефони,\nua-1547,подзвонити,15-47,044 000\n", encoding="utf-8")
    (fault,) = refused(path)
    assert (fault.code, fault.where.row, fault.where.letter) == ("cells_without_header", 2, "D")


def _book(change: Callable[[Any], None], folder: Path) -> Path:
    path = folder / "bad.xlsx"
    book = load_workbook(io.BytesIO(xlsx_bytes(HELD[:3], gazetteer(), "uk")))
    change(book)
    book.save(path)
    return path


def _merge(book: Any) -> None:
    book["Послуги"].merge_cells("B2:B3")


def _formula(book: Any) -> None:
    book["Послуги"]["C3"] = "=A1&A2"


def _no_heads(book: Any) -> None:
    book["Послуги"].delete_rows(1)


@pytest.mark.parametrize(
    ("change", "code", "found"),
    [
        (_merge, "merged", "B2:B3"),
        (_formula, "formula", "=A1&A2"),
        (_no_heads, "wrong_sheet", "Послуги, Пояснення, Списки"),
    ],
)
def test_a_bad_workbook(change: Callable[[Any], None], code: str, found: str, tmp_path: Path) -> None:
    """Merged cells, a formula, and a workbook whose sheets are something else."""
    fault = refused(_book(change, tmp_path))[0]
    assert (fault.code, fault.said["found"]) == (code, found)
    assert ("аркуш «Послуги»" in sentence(fault, "uk")) == (code != "wrong_sheet")


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    """--sheet names the sheets there are."""
    (fault,) = refused(_book(lambda _: None, tmp_path), sheet="Аркуш9")
    assert (fault.code, fault.said["found"]) == ("no_such_sheet", "Послуги, Пояснення, Списки")


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"  \n\n", "empty"),
        ("a.csv", "Код,Телефони\n".encode(), "empty"),
        ("a.csv", b"\x00\x01\x02\x03" * 100, "broken"),
        ("a.csv", 'Код,Назва українською\nua-1547,"незакрита лапка\n'.encode(), "broken"),
        ("a.xlsx", b"PK\x03\x04 and nothing more", "broken"),
        ("a.xlsx", b"not a workbook", "broken"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_or_locked"),
        ("a.ods", _zip(**{"content.xml": b"<office/>"}), "unknown_type"),
        ("a.pdf", b"%PDF-1.7", "unknown_type"),
        ("a.xlsx", _zip(**{"xl__workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}), "broken"),
        ("a.xlsx", _zip(**{"xl__workbook.xml": b"<workbook/>"}), "broken"),
    ],
)
def test_a_file_that_is_no_table(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    """Empty, broken, old, locked or something else: said in one sentence each."""
    path = tmp_path / name
    path.write_bytes(content)
    (fault,) = refused(path)
    assert (fault.code, fault.where.file) == (code, name)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file and a folder."""
    assert refused(tmp_path / "none.csv")[0].code == "missing_file"
    assert refused(tmp_path)[0].code == "unreadable_file"


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its size alone."""
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    (fault,) = refused(path)
    assert (fault.code, fault.said["found"]) == ("too_large", "50")


def test_a_small_file_that_unpacks_to_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook is measured before it is unpacked; too many rows end the reading."""
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(xlsx_bytes(HELD[:5], gazetteer(), "uk"))
    monkeypatch.setattr(xlsx_file, "UNPACKED_AT_MOST", 1000)
    assert refused(path)[0].code == "too_large"
    monkeypatch.setattr(xlsx_file, "UNPACKED_AT_MOST", 10**9)
    monkeypatch.setattr(table, "ROWS_AT_MOST", 3)
    assert refused(path)[0].code == "too_many_rows"


def test_what_may_not_be_taken_out(tmp_path: Path) -> None:
    """A file of two rows with --retire: lines the screens stand on, and whoever lends a number, are named."""
    held = [
        *HELD,
        Service(
            900, "borrower", "other", "Зразок", "Sample", parent="ua-pin", source_url="x", areas=(Area("national"),)
        ),
    ]
    keep = csv_of(
        tmp_path, *({"id": one.slug, "notes_uk": one.notes_uk} for one in held if one.slug not in ("ua-1547", "ua-pin"))
    )
    faults = refused(keep, held, retire=True)
    assert [(fault.code, fault.said["found"]) for fault in faults] == [
        ("retired_needed", "ua-1547"),
        ("retired_parent", "ua-pin"),
    ]


def test_every_fault_has_its_sentences() -> None:
    """Whatever code is raised anywhere has a reason and a remedy in both languages, and fills every blank."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(planning.__file__).parent.glob("*.py"))
    raised = set(
        re.findall(r'(?:CellFault|Fault|wrong|fault)\(\s*(?:row, "\w+", |"\w+", |key, |column, )?"(\w+)"', source)
    )
    assert raised - {"id", "num", "parent", "lat", "lon"} <= set(SENTENCES) | set(_columns())
    said = dict.fromkeys(
        ("found", "maybe", "known", "letter", "right", "other", "near", "oblast", "sheet", "most", "why"), "X"
    )
    for code in SENTENCES:
        for lang in ("uk", "en"):
            text = sentence(Fault(code, Where("a.xlsx", "S", 5, "H", "B"), said), lang)  # type: ignore[arg-type]
            assert "{" not in text
            assert text.count(". ") >= 1


def _columns() -> tuple[str, ...]:
    from db.exchange.columns import COLUMNS  # noqa: PLC0415

    return tuple(column.key for column in COLUMNS)


def test_a_chart_sheet_is_passed_over(tmp_path: Path) -> None:
    """A sheet without cells in front of the services does not stop the reading."""
    book = load_workbook(io.BytesIO(xlsx_bytes(HELD[:3], gazetteer(), "uk")))
    book.create_chartsheet("Графік", 0).add_chart(BarChart())
    book.save(tmp_path / "a.xlsx")
    found = plan(tmp_path / "a.xlsx", HELD, gazetteer(), today=TODAY, version=1)
    assert (found.same, found.changes) == (3, [])
