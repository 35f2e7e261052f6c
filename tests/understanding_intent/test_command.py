"""`stezhka understand`: the contract that is checked from outside."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.understand import understand


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> typer.Typer:
    """The verb by itself, away from any database."""
    monkeypatch.chdir(tmp_path_factory.mktemp("away"))
    app = typer.Typer()
    app.command()(understand)
    return app


def test_each_argument_is_a_text(command: typer.Typer) -> None:
    """One JSON object for each, with intent, kind and candidates."""
    result = CliRunner().invoke(command, ["юрист у Львові", "he hits me", "вихід"])
    assert result.exit_code == 0
    lawyer, danger, out = map(json.loads, result.output.splitlines())
    assert (lawyer["intent"], lawyer["kind"], lawyer["candidates"][0]["name_uk"]) == ("service", "legal_aid", "Львів")
    assert (danger["query"], danger["intent"], danger["kind"], danger["candidates"]) == (
        "he hits me",
        "danger",
        "now",
        [],
    )
    assert (out["intent"], out["kind"]) == ("exit", None)


def test_without_arguments_lines_are_read(command: typer.Typer) -> None:
    """A line in, a line out, whatever bytes it holds."""
    result = CliRunner().invoke(command, [], input="привіт\n\nКиїв\n".encode() + b"\xff\xfe\n")
    assert result.exit_code == 0
    assert [json.loads(line)["intent"] for line in result.output.splitlines()] == ["greeting", "none", "place", "none"]
