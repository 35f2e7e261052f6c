"""The evaluation sets as they lie in the tables beside this file (README.md there says how lines are judged)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent

Part = Literal["tuning", "heldback"]
PARTS: tuple[Part, ...] = ("tuning", "heldback")
INTENTS = ("danger", "exit", "place", "service", "human", "relative", "greeting", "none")
CAUSES = ("now", "weapon", "choking", "threat", "rape", "locked", "child", "suicide")


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A text and the ids of the places it names; several bearers of one name when `ambiguous`."""

    text: str
    expected: tuple[int, ...]
    ambiguous: bool
    slice: str


@dataclass(frozen=True, slots=True)
class IntentLine:
    """A text, what it is for, and the causes of danger or kinds of service that count as right."""

    text: str
    intent: str
    kinds: tuple[str, ...]
    slice: str


def places(part: Part) -> list[PlaceLine]:
    """The place utterances of a part."""
    return [
        PlaceLine(text, _ids(expected.removeprefix("?")), expected.startswith("?"), cut)
        for text, expected, cut in _rows(f"places.{part}.tsv", ("text", "expected", "slice"))
    ]


def intents(part: Part) -> list[IntentLine]:
    """The intent utterances of a part."""
    return [
        IntentLine(text, intent, tuple(kinds.split("|")) if kinds else (), cut)
        for text, intent, kinds, cut in _rows(f"intents.{part}.tsv", ("text", "intent", "kind_or_cause", "slice"))
    ]


def folded(text: str) -> str:
    """The text as two people would call it the same: small letters and digits, single spaces."""
    plain = re.sub(r"[^\w ]|_", "", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.split()) or text


def _rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The lines of a table. Raises ValueError when one has the wrong columns."""
    first, *lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    if tuple(first.split("\t")) != columns:
        raise ValueError(f"{name}: the columns are {columns}")
    for number, line in enumerate(lines, start=2):
        cells = tuple(line.split("\t"))
        if len(cells) != len(columns):
            raise ValueError(f"{name}, line {number}: {len(cells)} columns instead of {len(columns)}")
        yield cells


def _ids(joined: str) -> tuple[int, ...]:
    return tuple(map(int, joined.split("|"))) if joined else ()
