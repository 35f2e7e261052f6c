"""Ready words are complete, short, in order, and every fault in an edited file is told with its row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db.desk.canned import DATA, MOMENTS, REPLIES, RISKS, SCRIPT, CannedError, read_canned, starting_canned
from db.visit import LANGS
from flows.desk.scan import checked, ready_words

GOOD = "hello,welcome,Вітаю,Hello,,\n"
HEAD = "code,moment,uk,en,source,source_date\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project's own files, to be spoilt."""
    for name in (REPLIES, RISKS, SCRIPT):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def test_every_moment_has_its_words() -> None:
    """Thirty and more, for each moment of a talk, told apart by their beginnings, fit to leave."""
    canned = ready_words()
    assert len(canned.replies) >= 30
    assert {one.moment for one in canned.replies} == set(MOMENTS)
    for lang in LANGS:
        beginnings = [one.text(lang)[:40] for one in canned.replies]
        assert len(set(beginnings)) == len(beginnings)
    assert canned.reply("hello") is not None
    assert canned.reply("nothing") is None


def test_prompts_stand_in_their_order() -> None:
    """Checklist 48: throat, weapon, threats, separation, escalation, pregnancy, sex, stalking, suicide, children."""
    assert [one.code for one in starting_canned().risks] == [
        "throat", "weapon", "threats", "leaving", "worse",
        "pregnancy", "forced", "following", "his-suicide", "children",
    ]  # fmt: skip


def test_the_script_names_numbers_by_reference() -> None:
    """The numbers come from the directory; the police first."""
    said = " ".join(one.text(lang) for one in starting_canned().script for lang in LANGS)
    assert said.count("{tel:ua-police-102}") == 2
    assert "102" not in said.replace("{tel:ua-police-102}", "")


@pytest.mark.parametrize(
    ("rows", "row", "reason"),
    [
        ("hello,welcome,,Hello,,\n", 2, "must not be empty"),
        (GOOD + "hello,welcome,Так,Yes,,\n", 3, "is in row 2 already"),
        ("HELLO THERE,welcome,Так,Yes,,\n", 2, "no short name"),
        ("hello,lunch,Так,Yes,,\n", 2, "not known"),
        ("hello,welcome,Дзвоніть 116 123,Yes,,\n", 2, "phone number"),
        ("hello,welcome,Див. https://example.org,Yes,,\n", 2, "a link"),
        ("hello,welcome,Так {name},Yes,,\n", 2, "braces"),
        ("hello,welcome,Так {,Yes,,\n", 2, "braces"),
        (f"hello,welcome,{'а' * 301},Yes,,\n", 2, "301 characters"),
    ],
)
def test_a_fault_is_told_with_its_row(folder: Path, rows: str, row: int, reason: str) -> None:
    """File, row and what to do, in both languages."""
    (folder / REPLIES).write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(CannedError) as caught:
        read_canned(folder)
    told = caught.value.faults[0].told("en")
    assert told.startswith(f"{REPLIES}, row {row}")
    assert reason in told
    assert caught.value.faults[0].told("uk").startswith(f"{REPLIES}, рядок {row}")


def test_a_beginning_that_tells_is_refused(folder: Path) -> None:
    """Also when a coordinator wrote it: a start does not take it."""
    (folder / REPLIES).write_text(HEAD + "hello,welcome,Поліція їде,Yes,,\n", encoding="utf-8")
    with pytest.raises(CannedError, match="locked screen, and says “Поліція”"):
        checked(read_canned(folder))


def test_a_screen_that_does_not_fit_is_refused(folder: Path) -> None:
    """The script must be readable at one glance."""
    with (folder / SCRIPT).open("a", encoding="utf-8") as file:
        file.write(f"more,{'а' * 200},{'a' * 200},,\n")
    with pytest.raises(CannedError, match="characters together"):
        read_canned(folder)


def test_a_missing_file_is_one_line(folder: Path) -> None:
    """No traceback for the person who deploys."""
    (folder / RISKS).unlink()
    with pytest.raises(CannedError, match="cannot be opened"):
        read_canned(folder)
