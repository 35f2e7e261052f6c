"""A workbook that went through LibreOffice Calc says what was typed into it and nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from db.directory.starting import starting_services
from db.exchange.gazetteer import Gazetteer
from db.exchange.plan import plan
from db.exchange.workbook import xlsx_bytes
from db.places.places import Places
from db.places.starting import starting_places
from db.visit import LANGS, Lang
from tests.e2e.coordinators import ADDED, EDITED, TEXTS, in_calc

UNO = Path("/usr/lib/python3/dist-packages/uno.py")
HERE = all((shutil.which("soffice"), shutil.which("pdftoppm"), UNO.exists()))


@pytest.mark.processes
@pytest.mark.skipif(not HERE, reason="needs Debian's libreoffice-calc, python3-uno and poppler-utils")
@pytest.mark.parametrize("lang", LANGS)
async def test_what_calc_saves_is_what_was_typed(lang: Lang, tmp_path: Path) -> None:
    """One row changed in two columns, one row new, 147 as they were: phones, dates and points survive the program."""
    held, gazetteer = starting_services(), Gazetteer(Places(starting_places()))
    file = tmp_path / "directory.xlsx"
    file.write_bytes(xlsx_bytes(held, gazetteer, lang))
    await in_calc(tmp_path, TEXTS[lang], lang, tmp_path / "sheet.png")
    found = plan(file, held, gazetteer, today=date(2026, 11, 23), version=1)
    assert (found.same, found.missing, found.retired) == (len(held) - 1, [], [])
    assert [(one.slug, set(one.fields())) for one in found.changed] == [(EDITED, {"phones", "hours"})]
    (new,) = [one.after for one in found.added if one.after]
    assert (new.slug, new.phones, new.hours) == (ADDED, ("+380505550101",), "24/7")
    assert (new.entry, new.access, new.shelter_on_site) == ({"own_request"}, {"step_free", "lift"}, True)
    assert (tmp_path / "sheet.png").stat().st_size > 0
