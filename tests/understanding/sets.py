"""The evaluation sets as they lie in the tables beside this file (README.md there says how lines are judged)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
VERDICTS = HERE / "verdict.tsv"
EXAMPLES = HERE.parent / "understanding_intent" / "examples.tsv"

Part = Literal["tuning", "heldback", "blind"]
PARTS: tuple[Part, ...] = ("tuning", "heldback")  # of what we wrote; other people wrote the rest, seeing nothing of it
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

    def labels(self) -> list[str]:
        """What the models call it: several labels where several kinds are right."""
        return [f"{self.intent} {kind}".strip() for kind in self.kinds or ("",)]


def places(part: Part) -> list[PlaceLine]:
    """The place utterances of a part."""
    return [
        PlaceLine(text, _ids(expected.removeprefix("?")), expected.startswith("?"), cut)
        for text, expected, cut in _rows(HERE / f"places.{part}.tsv")
    ]


def intents(part: Part) -> list[IntentLine]:
    """The intent utterances of a part."""
    return lines_of(HERE / f"intents.{part}.tsv")


def lines_of(file: Path) -> list[IntentLine]:
    """The intent utterances of a table. Raises ValueError for a row that is none."""
    return [
        IntentLine(text, intent, tuple(kinds.split("|")) if kinds else (), cut)
        for text, intent, kinds, cut in _rows(file)
    ]


def taught() -> list[IntentLine]:
    """What the model is taught with: the tuning part and the examples, each text once. No exits: they are words."""
    lines: dict[str, IntentLine] = {}
    for file in taught_files():
        for text, intent, kinds, *cut in _rows(file):
            known = tuple(filter(None, kinds.split("|")))
            if intent != "exit" and (known or intent not in ("danger", "service")):
                lines.setdefault(text.casefold(), IntentLine(text, intent, known, "".join(cut)))
    return list(lines.values())


def verdicts() -> list[IntentLine]:
    """What the verdict is taught with: never what `taught` has. No exits: they are words."""
    return [line for line in lines_of(VERDICTS) if line.intent != "exit"]


def known_to_rules() -> frozenset[str]:
    """The texts, in small letters, that the rules were made from and checked against: on these they never err."""
    return frozenset(row[0].casefold() for file in (HERE / "intents.tuning.tsv", EXAMPLES) for row in _rows(file))


def taught_files() -> list[Path]:
    """The tables that `taught` reads."""
    return [HERE / "intents.tuning.tsv", *sorted((HERE / "examples").glob("*.tsv")), EXAMPLES]


def folded(text: str) -> str:
    """The text as two people would call it the same: small letters and digits, single spaces."""
    plain = re.sub(r"[^\w ]|_", "", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.split()) or text


def _rows(file: Path) -> Iterator[tuple[str, ...]]:
    """The lines of a table below its heads. Raises ValueError when one has another number of columns."""
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    columns = len(first.split("\t"))
    for number, line in enumerate(lines, start=2):
        cells = tuple(line.split("\t"))
        if len(cells) != columns:
            raise ValueError(f"{file.name}, line {number}: {len(cells)} columns instead of {columns}")
        yield cells


def _ids(joined: str) -> tuple[int, ...]:
    return tuple(map(int, joined.split("|"))) if joined else ()
