"""`stezhka directory gaps` as a command: a table, one place, JSON, a picture."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.directory import directory
from bot.cli.faults import CannotBeDone
from bot.cli.gaps import MARKS, STATE_NAMES
from bot.cli.heat_table import COLOURS
from db.directory.gaps import STATES
from db.directory.service import KINDS


def run(*words: str) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(directory, ["gaps", *words])


def test_all_oblasts_fit_a_usual_terminal() -> None:
    """27 rows of 17 marks, the meaning of each mark, and how many oblasts have a contact of each kind."""
    result = run()
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(1 for line in lines if "область" in line or "м. " in line) >= 26
    assert "Мобільна бригада: є контакт у 5 з 27 областей" in result.stdout
    assert all(f"{MARKS[state]} {STATE_NAMES['uk'][state]}" in result.stdout for state in STATES)


def test_one_place_names_what_it_has() -> None:
    """Kremenchuk: a day centre that exists without a contact, no mobile team."""
    result = run("--place", "Кременчук", "--lang", "en")
    lines = result.stdout.splitlines()
    assert "Kremenchuk" in lines[0]
    assert next(line for line in lines if "Day centre" in line).startswith("? ")
    assert "kremenchuk-daycentre" in result.stdout
    assert next(line for line in lines if "Mobile team" in line).startswith("· ")


def test_json_has_a_row_for_each_oblast_and_kind() -> None:
    """One array; a state of the known ones; hidden services without a distance."""
    rows = json.loads(run("--json").stdout)
    assert len(rows) == 27 * len(KINDS)
    assert {row["state"] for row in rows} <= set(STATES)
    kyiv = next(row for row in rows if row["place"] == 12 and row["kind"] == "shelter")
    assert kyiv["found"][0] == {"slug": "kyiv-shelter", "km": None, "covers": True}


def test_the_same_place_in_json() -> None:
    """Seventeen kinds of one town, in the order of kinds."""
    rows = json.loads(run("--place", "Kremenchuk", "--json").stdout)
    assert [row["kind"] for row in rows] == list(KINDS)
    assert {row["place_uk"] for row in rows} == {"Кременчук"}


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    """A PNG wide enough for 17 columns and higher for 27 rows than for one."""
    all_, one = tmp_path / "all.png", tmp_path / "one.png"
    assert run("--picture", str(all_)).exit_code == 0
    assert run("--place", "Київ", "--picture", str(one)).exit_code == 0
    sizes = [struct.unpack(">II", file.read_bytes()[16:24]) for file in (all_, one)]
    assert all_.read_bytes().startswith(b"\x89PNG")
    assert min(width for width, _ in sizes) > 800
    assert sizes[0][1] > 2 * sizes[1][1]


def test_every_state_has_its_mark_its_colour_and_its_name() -> None:
    """No state is told by its colour alone."""
    assert set(MARKS) == set(COLOURS) == set(STATES)
    assert len(set(MARKS.values())) == len(set(COLOURS.values())) == len(STATES)
    assert {lang: set(names) for lang, names in STATE_NAMES.items()} == {"uk": set(STATES), "en": set(STATES)}


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The picture is an extra; the table is not."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    result = run("--picture", str(tmp_path / "a.png"))
    assert isinstance(result.exception, CannotBeDone)
    assert "stezhka[report]" in str(result.exception)
    assert run().exit_code == 0


def test_a_picture_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    """A folder that is not there."""
    result = run("--picture", str(tmp_path / "nowhere" / "a.png"))
    assert isinstance(result.exception, CannotBeDone)
    assert "a.png" in str(result.exception)
    assert "\n" not in str(result.exception)


def test_an_unknown_place_or_language_is_told() -> None:
    """A name that nothing bears cannot be answered; a language we do not speak is wrong usage."""
    assert isinstance(run("--place", "Вигадівка-Неіснуюча").exception, CannotBeDone)
    assert run("--lang", "fr").exit_code == 2
