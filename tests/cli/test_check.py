"""`stezhka directory check` as a command: what to do, and an exit code that others can act on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.check import WORDS
from bot.cli.directory import directory
from db.directory.check import CODES
from db.directory.referral import starting
from db.directory.referral.starting import DATA, RULES, STEPS, starting_referrals


def run(*words: str) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(directory, ["check", *words])


@pytest.fixture
def broken_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's rules with two mistakes in them, in place of its own."""
    for name in (RULES, STEPS):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    rules = tmp_path / RULES
    rules.write_text(rules.read_text(encoding="utf-8").replace("|survivor,", "|") + "x,*,*,*,*,dragon,\n", "utf-8")
    monkeypatch.setattr(starting, "DATA", tmp_path)
    starting_referrals.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def fresh_rules() -> None:
    """Rules read by an earlier test are read again."""
    starting_referrals.cache_clear()


def test_what_needs_doing_ends_with_one() -> None:
    """Today's directory: nothing was called yet; the lines of a public start come first."""
    result = run()
    assert result.exit_code == 1
    heads = [line for line in result.stdout.splitlines() if " → " in line]
    assert heads[0].startswith("без цієї лінії бот не вийде на публіку (4)")
    assert "ще ніхто не перевірив" in heads[-1]
    assert "Потребують уваги: 145 з 148." in result.stdout


def test_nothing_of_a_kind_ends_with_nought() -> None:
    """Only what was asked for counts for the exit code."""
    assert run("--only", "overdue").exit_code == 0
    assert "Усе гаразд" in run("--only", "overdue").stdout
    assert run("--only", "borrowed").exit_code == 1


def test_what_is_confirmed_waits_for_nobody_and_may_be_overdue_later() -> None:
    """A confirmation takes the line from the list."""
    done = CliRunner().invoke(directory, ["confirm", "ua-1547", "--by", "coordinator", "--on", "2026-11-01"])
    assert done.exit_code == 0
    waiting = [row["about"] for row in json.loads(run("--json", "--only", "launch").stdout)]
    assert "ua-1547" not in waiting
    assert len(waiting) == 3


def test_json_says_what_was_seen_and_what_to_do() -> None:
    """One array, the same findings, in the language asked for."""
    rows = json.loads(run("--json", "--lang", "en").stdout)
    assert all(set(row) == {"code", "about", "seen", "what", "do"} for row in rows)
    borrowed = next(row for row in rows if row["about"] == "mykolaiv-shelter" and row["code"] == "borrowed")
    assert (borrowed["seen"], borrowed["do"]) == ("102", WORDS["en"]["borrowed"][1])


def test_the_list_of_the_uncalled_is_cut_unless_asked_for() -> None:
    """141 names are no reading; --only shows them."""
    assert "--only unconfirmed" in run().stdout
    assert "zhytomyr-mobile" not in run().stdout.split("ще ніхто")[1]
    assert "zhytomyr-mobile" in run("--only", "unconfirmed").stdout


@pytest.mark.usefixtures("broken_rules")
def test_broken_rules_are_listed_with_row_and_column() -> None:
    """Every fault of the file, in the reader's language, and the services' findings too."""
    rows = json.loads(run("--json").stdout)
    told = [row["seen"] for row in rows if row["code"] == "rule"]
    assert any("referrals.csv, рядок" in seen and "urgency" in seen for seen in told)
    assert any("dragon" in seen for seen in told)
    assert len(rows) > len(told)


def test_every_finding_has_words_in_both_languages() -> None:
    """What it is and what to do, for each code."""
    assert set(WORDS["uk"]) == set(WORDS["en"]) == set(CODES)
    assert not [code for code in CODES if WORDS["uk"][code] == WORDS["en"][code]]


@pytest.mark.parametrize("words", [("--on", "yesterday"), ("--only", "dragons"), ("--lang", "fr")])
def test_wrong_usage_is_two(words: tuple[str, ...]) -> None:
    """A word that cannot be meant."""
    assert run(*words).exit_code == 2
