"""`stezhka nearest` and `stezhka directory confirm` as commands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli.directory import directory
from bot.cli.faults import CannotBeDone
from bot.cli.nearest import nearest

KYIV = ("--lat", "50.45", "--lon", "30.52")
DATABASE = "var/stezhka.db"

app = typer.Typer()
app.command()(nearest)
app.add_typer(directory, name="directory")


def run(*words: str) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(app, words)


def found(*words: str) -> list[dict[str, Any]]:
    """What `nearest --json` prints."""
    result = run("nearest", *words, "--json")
    assert result.exit_code == 0, result.output
    objects: list[dict[str, Any]] = json.loads(result.stdout)
    return objects


def test_json_is_one_array_of_services() -> None:
    """Each object has the fields that others read; the list ends with a round-the-clock line."""
    objects = found(*KYIV, "--kind", "day_center")
    wanted = {"slug", "kind", "name_uk", "name_en", "km", "covers", "phones", "verified"}
    assert all(set(one) == wanted for one in objects)
    assert objects[0]["slug"] == "kyiv-daycentre-raiduzhna"
    assert objects[-1]["slug"] == "ua-1547"
    assert not Path(DATABASE).exists()


def test_the_limit_keeps_the_closing_line() -> None:
    """A short list still ends where somebody answers; a list of one is the best."""
    assert [one["slug"] for one in found(*KYIV, "--limit", "3")][-1] == "ua-1547"
    assert len(found(*KYIV, "--limit", "3")) == 3
    assert found(*KYIV, "--limit", "1")[0]["slug"] != "ua-1547"


def test_hidden_services_have_no_distance() -> None:
    """Not even the staff's command line tells how far a shelter is."""
    objects = found(*KYIV, "--kind", "shelter", "--limit", "10")
    assert objects[0]["slug"] == "kyiv-shelter"
    assert {one["km"] for one in objects} == {None}


def test_only_what_was_wished_for() -> None:
    """Who is admitted, language, open now and round the clock narrow the list; its last line stays."""
    everyone = found(*KYIV, "--limit", "50")
    for wish in (("--for", "men"), ("--language", "pl"), ("--open-now",), ("--round-the-clock",)):
        narrowed = found(*KYIV, "--limit", "50", *wish)
        assert narrowed[-1]["slug"] == "ua-1547"
        assert len(narrowed) < len(everyone)
    shelters = {one["slug"] for one in found(*KYIV, "--kind", "shelter", "--for", "men", "--limit", "50")}
    assert "kyiv-shelter" not in shelters


def test_lines_for_reading() -> None:
    """Without --json: one service a line, with its numbers as people read them."""
    result = run("nearest", "--lat", "50.26", "--lon", "28.66", "--kind", "mobile_team", "--limit", "2")
    assert result.exit_code == 0
    assert "050 527 56 87" in result.stdout
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--lat", "50.45"),
        ("--lat", "91", "--lon", "30"),
        ("--lat", "north", "--lon", "30"),
        (*KYIV, "--kind", "castle"),
        (*KYIV, "--limit", "0"),
        (*KYIV, "--for", "cats"),
    ],
)
def test_wrong_usage_is_two(words: tuple[str, ...]) -> None:
    """A word that cannot be meant ends with 2 and nothing on standard output."""
    result = run("nearest", *words)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_far_from_ukraine_is_said_in_one_line() -> None:
    """A point in the sea cannot be answered."""
    result = run("nearest", "--lat", "0", "--lon", "0")
    assert isinstance(result.exception, CannotBeDone)
    assert "\n" not in str(result.exception)


def test_a_database_that_cannot_be_read_is_said_in_one_line() -> None:
    """A file that is no database of ours: what to run is named, no traceback's words."""
    Path("var").mkdir()
    Path(DATABASE).write_text("this is not a database")
    result = run("nearest", *KYIV)
    assert isinstance(result.exception, CannotBeDone)
    assert "stezhka migrate" in str(result.exception)
    assert "\n" not in str(result.exception)


def test_confirming_is_seen_by_nearest() -> None:
    """On a fresh machine lines are confirmed before the first start; the day shows and what still waits is named."""
    result = run("directory", "confirm", "ua-1547", "kyiv-1500", "--by", "coordinator", "--on", "01.11.2026")
    assert result.exit_code == 0, result.output
    assert "ua-lastrada-116123" in result.stdout
    assert "ua-1547" not in result.stdout.splitlines()[1]
    confirmed = {one["slug"]: one["verified"] for one in found(*KYIV, "--kind", "helpline", "--limit", "20")}
    assert (confirmed["ua-1547"], confirmed["kyiv-1500"]) == ("2026-11-01", "2026-11-01")
    assert confirmed["ua-men-2345"] is None


@pytest.mark.parametrize(("lang", "said"), [("uk", "такого в довіднику немає"), ("en", "not in the directory")])
def test_an_unknown_service_cannot_be_confirmed(lang: str, said: str) -> None:
    """One line in the coordinator's language names what is not known and what is like it; nothing is written."""
    result = run("directory", "confirm", "ua-1547", "ua-1574", "--by", "coordinator", "--lang", lang)
    assert isinstance(result.exception, CannotBeDone)
    assert str(result.exception).startswith(f"{said}: ua-1574. ")
    assert "ua-1547" in str(result.exception)
    assert found(*KYIV, "--limit", "2")[-1]["verified"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("ua-1547",),
        ("--by", "coordinator"),
        ("ua-1547", "--by", "Леся Вигадана"),
        ("ua-1547", "--by", "coordinator", "--on", "yesterday"),
        ("ua-1547", "--by", "coordinator", "--on", str(date.max)),
    ],
)
def test_a_confirmation_needs_a_role_and_a_day_that_has_come(words: tuple[str, ...]) -> None:
    """No role, a person's name, or a day ahead: wrong usage, and no database is made."""
    assert run("directory", "confirm", *words).exit_code == 2
    assert not Path(DATABASE).exists()
