"""`stezhka directory import`, `export`, `template`, `undo` as commands, beside a database that others use."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli.directory import directory
from bot.cli.exchange_words import WORDS, own_language
from bot.cli.faults import CannotBeDone

DATABASE = Path("var/stezhka.db")
HOTLINE = "116 123; 0 800 500 335"


def run(*words: str, said: str = "") -> Result:
    """One call of the command line."""
    return CliRunner().invoke(directory, words, input=said, env={"COLUMNS": "160", "LC_ALL": "uk_UA.UTF-8"})


def done(*words: str, said: str = "") -> str:
    """A call that goes well; what it says."""
    result = run(*words, said=said)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def numbers() -> str:
    """The phones of one line, as an export has them."""
    result = run("export", "--format", "csv", "--lang", "en")
    rows = csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig")), delimiter=";")
    return next(row["Phones"] for row in rows if row["ID"] == "ua-lastrada-116123")


def edited(old: str, new: str) -> Path:
    """An export with one text changed."""
    done("export", "a.csv")
    path = Path("a.csv")
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    return path


def test_export_needs_no_database() -> None:
    """Before the first start the project's own rows are exported, in each format, and no database is made."""
    assert "148" in done("export", "a.csv")
    assert "148" in done("export", "a.xlsx", "--lang", "en")
    assert "148" in done("export", "a.json")
    assert load_workbook("a.xlsx").sheetnames[0] == "Services"
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["total_items"] == 148
    assert not DATABASE.exists()


def test_a_look_an_answer_and_the_way_back() -> None:
    """Dry run, a no, a yes, an undo: the directory changes once and comes back."""
    file = str(edited("0 800 500 335", "0 800 500 336"))
    looked = done("import", file, "--dry-run")
    assert "ua-lastrada-116123" in looked
    assert "0 800 500 336" in looked
    refused = run("import", file, said="n\n")
    assert (refused.exit_code, numbers()) == (1, HOTLINE)
    assert WORDS["uk"]["left"] in refused.output
    silent = run("import", file)
    assert (silent.exit_code, numbers()) == (1, HOTLINE)
    assert "№ 1" in done("import", file, said="так\n")
    assert numbers() == HOTLINE.replace("335", "336")
    assert "ua-lastrada-116123" in done("undo", "--yes")
    assert numbers() == HOTLINE
    nothing = run("undo", "--yes")
    assert isinstance(nothing.exception, CannotBeDone)


def test_nothing_to_change_asks_nothing() -> None:
    """A file that says what is there already ends well at once."""
    done("export", "a.xlsx")
    assert "148" in done("import", "a.xlsx", "--lang", "en")
    assert isinstance(run("undo", "--yes").exception, CannotBeDone)


@pytest.mark.parametrize(
    ("lang", "words"), [("uk", ("рядок 2", "стовпець «Телефони»")), ("en", ("row 2", "column “Телефони”"))]
)
def test_faults_are_told_in_the_person_s_language(lang: str, words: tuple[str, ...]) -> None:
    """Every fault on standard error, one line each, and the directory as it was."""
    Path("bad.csv").write_text("Код;Телефони\nua-1547;ні\nua-1545;теж ні\n", encoding="utf-8")
    result = run("import", "bad.csv", "--yes", "--lang", lang)
    assert isinstance(result.exception, CannotBeDone)
    assert "2" in str(result.exception)
    assert len(result.stderr.strip().splitlines()) == 2
    assert all(word in result.stderr for word in words)
    assert result.stdout == ""


def test_missing_rows_and_twins_are_shown() -> None:
    """What the file lacks is named and kept; a new row like an old one is pointed at."""
    Path("new.csv").write_text(
        "Код;Вид;Назва українською;Назва англійською;Область;Населений пункт;Телефони;Джерело\n"
        "new-one;денний центр;Зразок;Sample;Волинська область;Луцьк;0 800 400 334;телефоном\n",
        encoding="utf-8",
    )
    said = done("import", "new.csv", "--yes")
    assert f"{WORDS['uk']['missing']}: 148" in said
    assert "lutsk-daycentre" in said
    assert "149" in done("export", "b.csv")


def test_taking_out_and_bringing_back() -> None:
    """--retire takes a row out, with its areas; undo brings it back whole."""
    done("export", "a.csv")
    lines = Path("a.csv").read_text(encoding="utf-8-sig").splitlines()
    Path("b.csv").write_text("\n".join(line for line in lines if not line.startswith("ua-ffr;")), encoding="utf-8")
    assert "ua-ffr" in done("import", "b.csv", "--retire", "--yes")
    assert "147" in done("export", "c.csv")
    done("undo", "--yes")
    done("export", "d.csv")
    assert Path("d.csv").read_bytes() == Path("a.csv").read_bytes()


def test_the_template() -> None:
    """An empty workbook in the language asked for; a folder that is not there is said in one line."""
    assert "t.xlsx" in done("template", "t.xlsx", "--lang", "en")
    assert load_workbook("t.xlsx").sheetnames == ["Services", "How to", "Lists"]
    result = run("template", "nowhere/t.xlsx")
    assert isinstance(result.exception, CannotBeDone)


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "a.csv", "--by", "Леся Вигадана"),
        ("import", "a.csv", "--lang", "fr"),
        ("export", "a.pdf"),
        ("export", "--format", "ods"),
        ("undo", "--by", "nobody"),
    ],
)
def test_wrong_usage_is_two(words: tuple[str, ...]) -> None:
    """A word that cannot be meant ends with 2, and no database is made."""
    assert run(*words).exit_code == 2
    assert not DATABASE.exists()


@pytest.mark.parametrize(
    ("settings", "lang"),
    [
        ({"LANG": "uk_UA.UTF-8"}, "uk"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "uk_UA.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "uk"),
        ({}, "uk"),
    ],
)
def test_the_language_of_the_shell(settings: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """English when the shell says so, else Ukrainian."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert own_language() == lang


def test_both_languages_say_the_same() -> None:
    """Every sentence of the commands is there in both, with the same blanks."""
    from string import Formatter  # noqa: PLC0415

    assert WORDS["uk"].keys() == WORDS["en"].keys()
    for code, text in WORDS["uk"].items():
        blanks = [{name for _, name, _, _ in Formatter().parse(said) if name} for said in (text, WORDS["en"][code])]
        assert blanks[0] == blanks[1], code
