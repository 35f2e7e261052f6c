"""Which steps usually follow in a situation: the most specific rule that fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.directory.referral.situation import Situation
from db.visit import Lang

Cell = frozenset[str]  # the words a column allows; empty: any ("*" in the file)
ANY: Cell = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who is responsible, what they may do, and how to get there.

    kind          the kind of service to look for near the place; empty when the step is only a number.
    line          a service of the directory whose number is shown, with `/2` for its second one.
    source, source_date
                  where it was read (an address or a document) and its day, None when it has none.
    """

    code: str
    body_uk: str
    body_en: str
    does_uk: str
    does_en: str
    kind: str = ""
    line: str = ""
    source: str = ""
    source_date: date | None = None

    def body(self, lang: Lang) -> str:
        """Who is responsible, in the reader's language."""
        return self.body_uk if lang == "uk" else self.body_en

    def does(self, lang: Lang) -> str:
        """What they may do, in the reader's language."""
        return self.does_uk if lang == "uk" else self.does_en


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the file: the situations it is for (a cell a column, in the order of COLUMNS) and the steps."""

    cells: tuple[Cell, ...]
    steps: tuple[Step, ...]
    line: int = 0  # of the file

    def fits(self, situation: Situation) -> bool:
        """Whether every column allows the situation."""
        return all(not cell or word in cell for cell, word in zip(self.cells, situation.words(), strict=True))

    @property
    def weight(self) -> tuple[bool, ...]:
        """Which columns it names: compared from the left, so that danger and place decide first."""
        return tuple(bool(cell) for cell in self.cells)

    def clashes(self, other: Rule) -> bool:
        """Whether both could be the most specific rule for one situation: nobody could say which is meant."""
        if self.weight != other.weight:
            return False
        return all(not mine or mine & theirs for mine, theirs in zip(self.cells, other.cells, strict=True))


class Referrals:
    """A read-only snapshot of the rules. The reader of the files makes sure that one rule fits everything."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.weight, reverse=True))

    def rule(self, situation: Situation) -> Rule:
        """The most specific rule. Raises LookupError when none fits, which a checked file rules out."""
        for rule in self.rules:
            if rule.fits(situation):
                return rule
        raise LookupError("no rule fits: the file lost its row of stars")

    def steps(self, situation: Situation) -> tuple[Step, ...]:
        """What usually happens, in order."""
        return self.rule(situation).steps
