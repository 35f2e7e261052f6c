"""`stezhka where`: texts in, one JSON object a line out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.where import lines, printable, where

APP = typer.Typer()
APP.command()(where)


@pytest.fixture(autouse=True)
def _empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither settings nor a database: the project's own data answers."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "BOT_TOKEN", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


def said(*words: str, typed: bytes = b"") -> list[dict[str, Any]]:
    """What the command prints."""
    result = CliRunner().invoke(APP, words, input=typed)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_word_is_a_text() -> None:
    """A line for each text, with the query and the candidates as promised."""
    first, second = said("odesa tairova", "мир")
    assert first["query"] == "odesa tairova"
    assert set(first["candidates"][0]) == {"name_uk", "name_en", "oblast_uk", "lat", "lon", "score"}
    assert first["candidates"][0]["oblast_uk"] == "Одеська область"
    assert second == {"query": "мир", "candidates": []}


def test_standard_input_is_read_by_lines() -> None:
    """Empty lines and bytes that are no text get their line too, so that lines can be counted."""
    found = said(typed="ми зараз у трускавці\r\n\n".encode() + b"\xff\xfe\n" + "Новоселівка".encode())
    assert [line["query"] for line in found] == ["ми зараз у трускавці", "", "\ufffd\ufffd", "Новоселівка"]
    assert [len(line["candidates"]) for line in found] == [1, 0, 0, 6]
    assert found[0]["candidates"][0]["name_uk"] == "Трускавець"


def test_odd_bytes_can_be_printed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command's word with half a character in it comes out readable."""
    assert printable("Ки\udcd1їв").encode() == "Ки\ufffdїв".encode()
    assert printable("львів 🙏") == "львів 🙏"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xd0\n")))
    assert list(lines()) == ["\ufffd"]
