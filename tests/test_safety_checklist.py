"""The checklist names tests: each of them exists, and each of the sixty items has an answer or says that it is open."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "safety-checklist.md"
ITEMS = 60
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_ROW = re.compile(r"^\| (\d+) \| ([PR]) \| (.+?) \| (.+) \|$", re.MULTILINE)


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of a file's tests; none when there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_test_that_is_named_exists() -> None:
    """A promise whose test was renamed or removed is found out here."""
    named = _NAMED.findall(PAGE.read_text("utf-8"))
    assert len(named) > ITEMS
    assert [f"{file}::{test}" for file, test in named if test not in names_in(file)] == []


def test_every_item_has_an_answer_or_says_that_it_is_open() -> None:
    """All sixty, in order; a row that names neither test, nor page, nor review says "open"."""
    rows = _ROW.findall(PAGE.read_text("utf-8"))
    assert [int(number) for number, *_ in rows] == list(range(1, ITEMS + 1))
    for number, _, _, answer in rows:
        assert _NAMED.search(answer) or "](" in answer or re.search(r"\bopen\b", answer, re.IGNORECASE), number
