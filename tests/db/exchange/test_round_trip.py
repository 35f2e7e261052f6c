"""What goes out comes back: every field of every service, through CSV and XLSX, in both languages."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from db.directory.service import Service
from db.directory.starting import starting_services
from db.exchange.plan import plan
from db.exchange.table import STARTS, guarded, unguarded
from db.exchange.vocabulary import Lang
from db.exchange.workbook import xlsx_bytes
from db.exchange.writing import csv_bytes

from .made_up import TODAY, directory, gazetteer

EASY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LANGS: tuple[Lang, Lang] = ("uk", "en")


def back(content: bytes, name: str, folder: Path) -> list[Service]:
    """What an empty directory would hold after the file."""
    path = folder / name
    path.write_bytes(content)
    found = plan(path, [], gazetteer(), today=TODAY, version=1)
    return [change.after for change in found.added if change.after]


def by_area(services: list[Service]) -> list[Service]:
    """As the tables would give them: areas in their own order."""
    from dataclasses import replace  # noqa: PLC0415

    return [
        replace(one, areas=tuple(sorted(one.areas, key=lambda area: (area.kind, area.place_id)))) for one in services
    ]


@pytest.mark.untraced
@settings(EASY, max_examples=2000)
@given(seed=st.integers(0, 2**48), lang=st.sampled_from(LANGS))
def test_csv_brings_everything_back(seed: int, lang: Lang, tmp_path: Path) -> None:
    """A generated directory is the same after CSV, formulas, quotes, line ends and namesakes included."""
    services = directory(seed)
    assert back(csv_bytes(services, gazetteer(), lang), "a.csv", tmp_path) == by_area(services)


@pytest.mark.untraced
@settings(EASY, max_examples=500)
@given(seed=st.integers(0, 2**48), lang=st.sampled_from(LANGS))
def test_xlsx_brings_everything_back(seed: int, lang: Lang, tmp_path: Path) -> None:
    """The same through a workbook."""
    services = directory(seed)
    assert back(xlsx_bytes(services, gazetteer(), lang), "a.xlsx", tmp_path) == by_area(services)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_starting_directory_is_its_own_export(lang: Lang, form: str, tmp_path: Path) -> None:
    """Every row the project comes with passes its own checks and changes nothing."""
    services = starting_services()
    path = tmp_path / f"a.{form}"
    path.write_bytes((csv_bytes if form == "csv" else xlsx_bytes)(services, gazetteer(), lang))
    found = plan(path, services, gazetteer(), today=TODAY, version=1)
    assert (found.changes, found.same, found.missing) == ([], len(services), [])
    assert back(path.read_bytes(), f"b.{form}", tmp_path) == services


@given(st.text())
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    """Whatever a cell says, it never starts a formula, and the guard is taken off again."""
    assert not guarded(text).startswith(STARTS)
    assert unguarded(guarded(text)) == text


@settings(EASY, max_examples=60)
@given(seed=st.integers(0, 2**48), lang=st.sampled_from(LANGS))
def test_no_exported_cell_starts_a_formula(seed: int, lang: Lang) -> None:
    """Neither in CSV, which programs read as they like, nor in a workbook."""
    services = directory(seed)
    rows = csv.reader(io.StringIO(csv_bytes(services, gazetteer(), lang).decode("utf-8-sig")), delimiter=";")
    assert not [cell for row in rows for cell in row if cell.startswith(STARTS)]
    book = load_workbook(io.BytesIO(xlsx_bytes(services, gazetteer(), lang)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type in ("f", "e")]
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(STARTS)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_way_a_spreadsheet_saves_csv(encoding: str, delimiter: str, tmp_path: Path) -> None:
    """UTF-8 with or without its mark, cp1251 and UTF-16; commas, semicolons and tabs: the same rows."""
    services = starting_services()[:60]
    rows = csv.reader(io.StringIO(csv_bytes(services, gazetteer(), "uk").decode("utf-8-sig")), delimiter=";")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert back(out.getvalue().encode(encoding), "a.csv", tmp_path) == services


def test_dates_and_numbers_as_text_or_as_values(tmp_path: Path) -> None:
    """A workbook may hold dates as dates or as text, phones as numbers or as text: the same row."""
    from openpyxl import Workbook  # noqa: PLC0415

    heads = ["id", "kind", "name_uk", "name_en", "phones", "source_url", "source_date", "oblast", "lat", "lon"]
    found = []
    for phone, day, lat, lon in (
        (442721500, date(2026, 11, 1), 50.45, 30.52),
        ("044 272-15-00", "01.11.2026", "50,45", "30.52"),
        (380442721500.0, "2026-11-01", "50.45", "30,52"),
    ):
        book = Workbook()
        book.active.append(heads)
        book.active.append(["sample", "other", "Зразок", "Sample", phone, "телефоном", day, "м. Київ", lat, lon])
        book.save(tmp_path / "a.xlsx")
        found += back((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", tmp_path)
    assert len(found) == 3
    assert found[0] == found[1] == found[2]
    assert (found[0].phones, found[0].source_date) == (("+380442721500",), date(2026, 11, 1))
