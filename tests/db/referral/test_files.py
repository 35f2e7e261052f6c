"""A file of rules is read however a spreadsheet saved it, and what is wrong in it is told by row and column."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.directory.referral.faults import REASONS, Fault, ReferralError
from db.directory.referral.rules import Rule
from db.directory.referral.starting import DATA, RULES, STEPS, read_referrals, starting_referrals
from db.visit import LANGS

Edit = Callable[[list[list[str]]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's own files."""
    for name in (RULES, STEPS):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    return tmp_path


def edit(folder: Path, name: str, change: Edit, *, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """Changes a file's rows and saves it as a spreadsheet would."""
    with (folder / name).open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table))
    change(rows)
    with (folder / name).open("w", encoding=encoding, newline="") as table:
        csv.writer(table, delimiter=delimiter).writerows(rows)


def put(row: int, column: str, text: str) -> Edit:
    """Sets one cell; rows as a spreadsheet counts them."""

    def change(rows: list[list[str]]) -> None:
        rows[row - 1][rows[0].index(column)] = text

    return change


def mirror(rows: list[list[str]]) -> None:
    """The columns in another order."""
    for row in rows:
        row.reverse()


def drop_last(rows: list[list[str]]) -> None:
    """The row of stars is the last one."""
    rows.pop()


def faults(folder: Path) -> list[Fault]:
    """What the reader says is wrong. Fails when it says nothing."""
    with pytest.raises(ReferralError) as caught:
        read_referrals(folder)
    return list(caught.value.faults)


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8"), (";", "utf-8-sig")])
def test_files_are_read_as_spreadsheets_save_them(folder: Path, delimiter: str, encoding: str) -> None:
    """Comma or semicolon, byte order mark or none, empty rows and sorted columns: the same rules."""
    edit(folder, RULES, lambda rows: rows.insert(3, [""] * len(rows[0])), delimiter=delimiter, encoding=encoding)
    edit(folder, STEPS, mirror, delimiter=delimiter, encoding=encoding)
    read = read_referrals(folder)
    assert [(rule.cells, rule.steps) for rule in read.rules] == [
        (rule.cells, rule.steps) for rule in starting_referrals().rules
    ]


@pytest.mark.parametrize(
    ("name", "row", "column", "text", "reason"),
    [
        (RULES, 2, "place", "moon", "word"),
        (RULES, 3, "age", "child|ten", "word"),
        (RULES, 3, "need", "", "empty"),
        (RULES, 4, "steps", "police_now|dragon|line", "step"),
        (RULES, 4, "steps", "", "steps"),
        (RULES, 4, "steps", "line|line|line|line|line|line", "steps"),
        (RULES, 4, "steps", "line|court|line", "twice"),
        (RULES, 4, "steps", "police_now|hospital", "nobody"),
        (STEPS, 3, "body_en", "", "empty"),
        (STEPS, 3, "source", "", "empty"),
        (STEPS, 3, "kind", "castle", "word"),
        (STEPS, 3, "line", "call me", "line"),
        (STEPS, 3, "does_uk", "дзвоніть на 116 123", "number"),
        (STEPS, 3, "does_en", "call 15-47", "number"),
        (STEPS, 3, "source_date", "yesterday", "date"),
    ],
)
def test_a_wrong_cell_is_told_by_file_row_and_column(
    folder: Path, name: str, row: int, column: str, text: str, reason: str
) -> None:
    """Where, what, and what to do, in both languages."""
    edit(folder, name, put(row, column, text))
    found = faults(folder)
    assert (name, row, column, reason) in [(one.file, one.row, one.column, one.reason) for one in found]
    for lang in LANGS:
        assert all(one.file in one.told(lang) for one in found)
        assert not [one for one in found if "{" in one.told(lang)]


def test_steps_that_no_screen_holds_are_refused(folder: Path) -> None:
    """Every rule that uses the step is named."""
    edit(folder, STEPS, put(5, "does_uk", "слово " * 100))
    found = faults(folder)
    assert {one.reason for one in found} == {"long"}
    assert {one.row for one in found} == {rule.line for rule in starting_referrals().rules if "line" in names(rule)}


def names(rule: Rule) -> list[str]:
    """A rule's steps."""
    return [step.code for step in rule.steps]


def test_two_rows_for_the_same_case_are_refused(folder: Path) -> None:
    """Nobody could say which is meant: both rows are named."""
    edit(folder, RULES, lambda rows: rows.append(["*", "occupied|abroad", "*", "*", "*", "line", ""]))
    (clash,) = faults(folder)[:1]
    rules = {rule.line: rule for rule in starting_referrals().rules}
    assert (clash.reason, clash.row) == ("clash", max(rules) + 1)
    assert rules[int(str(clash.params["other"]))].cells[1] == frozenset({"occupied"})


def test_the_row_for_everything_cannot_be_lost(folder: Path) -> None:
    """Without it some case would have no steps."""
    edit(folder, RULES, drop_last)
    assert [one.reason for one in faults(folder)] == ["rest"]


def test_a_step_that_leads_nowhere_or_stands_twice_is_refused(folder: Path) -> None:
    """Neither kind nor line; the same name again."""
    edit(folder, STEPS, put(9, "kind", ""))
    edit(folder, STEPS, lambda rows: rows.append(rows[1]))
    reasons = {one.reason for one in faults(folder)}
    assert {"reach", "again"} <= reasons


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "unreadable"),
        ("Поліція,де\n".encode("cp1251"), "encoding"),
        (b"", "columns"),
        (b"urgency,place,age,who,need\n", "columns"),
        (b"urgency,place,age,who,need,steps\n*,*,*,*,*,line,,oops\n", "cells"),
        (b'urgency,place,age,who,need,steps\n*,*,*,*,*,"' + b"x" * 140_000 + b'"\n', "broken"),
    ],
)
def test_a_file_that_is_no_table_is_told_in_one_line(folder: Path, content: bytes | None, reason: str) -> None:
    """Missing, in another alphabet's code, without its columns, with loose commas, or absurd."""
    (folder / RULES).unlink()
    if content is not None:
        (folder / RULES).write_bytes(content)
    (only,) = faults(folder)
    assert (only.file, only.reason) == (RULES, reason)
    assert "\n" not in only.told("uk") + only.told("en")


def test_everything_wrong_is_told_at_once(folder: Path) -> None:
    """The message is the first fault, says how many more there are, and which command lists them."""
    edit(folder, RULES, put(2, "place", "moon"))
    edit(folder, RULES, put(3, "age", "ten"))
    with pytest.raises(ReferralError, match=r"row 2, column place.*\(and 1 more: stezhka directory check\)") as caught:
        read_referrals(folder)
    assert len(caught.value.faults) == 2


def test_reasons_are_told_in_both_languages() -> None:
    """A reason without Ukrainian words is no designed one."""
    assert {tuple(sorted(words)) for words in REASONS.values()} == {("en", "uk")}
    assert all(words["uk"] != words["en"] for words in REASONS.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), name=st.sampled_from([RULES, STEPS]), whole=st.booleans())
def test_no_bytes_end_otherwise_than_in_a_designed_message(folder: Path, data: bytes, name: str, whole: bool) -> None:
    """Junk as a whole file or after the header: rules, or a list of faults, never another error."""
    header = (DATA / name).read_bytes().split(b"\n")[0] + b"\n"
    (folder / name).write_bytes(data if whole else header + data)
    told = []
    with suppress(ReferralError):
        read_referrals(folder)
        told.append("rules")
    if not told:
        told = [one.told("uk") for one in faults(folder)]
    (folder / name).write_bytes((DATA / name).read_bytes())
    assert told
    assert all(told)
