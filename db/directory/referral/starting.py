"""The rules as they come with the project, read from `db/data` and checked whole."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from db.directory.referral.faults import Fault, ReferralError
from db.directory.referral.rules import ANY, Cell, Referrals, Rule, Step
from db.directory.referral.situation import COLUMNS
from db.directory.referral.tables import rows_of
from db.directory.service import KINDS

DATA = Path(__file__).resolve().parents[2] / "data"
RULES, STEPS = "referrals.csv", "referral_steps.csv"
RULE_COLUMNS = (*COLUMNS, "steps")
STEP_COLUMNS = (
    "step", "body_uk", "body_en", "does_uk", "does_en", "kind", "line", "24_7", "source", "source_date",
)  # fmt: skip
STEPS_AT_MOST = 5
LETTERS_AT_MOST = 560  # of a rule's steps in one language; with its frame the screen stays under 900

_NUMBER = re.compile(r"\+?\d[\d -]*\d{2}|\b\d-\d|\b\d{3,}")
_LINE = re.compile(r"[a-z0-9-]+(?:/[1-9])?\Z")
_TEXTS = ("body_uk", "body_en", "does_uk", "does_en")


@lru_cache(maxsize=1)
def starting_referrals() -> Referrals:
    """The project's own rules, read once. Raises ReferralError."""
    return read_referrals(DATA)


def read_referrals(folder: Path) -> Referrals:
    """The rules of a folder. Raises ReferralError with everything that is wrong."""
    faults: list[Fault] = []
    steps, always = _steps(folder / STEPS, faults)
    rules: list[Rule] = []
    for number, row in rows_of(folder / RULES, RULE_COLUMNS):
        cells = tuple(_cell(number, column, row[column], faults) for column in COLUMNS)
        chosen = _chosen(number, row["steps"], steps, always, faults)
        rule = Rule(cells, chosen, number)
        if other := next((known for known in rules if known.clashes(rule)), None):
            faults.append(Fault(RULES, number, "", "clash", {"other": other.line}))
        rules.append(rule)
    if not any(all(cell == ANY for cell in rule.cells) for rule in rules):
        faults.append(Fault(RULES, 0, "", "rest"))
    if faults:
        raise ReferralError(faults)
    return Referrals(rules)


def _cell(number: int, column: str, text: str, faults: list[Fault]) -> Cell:
    """The words of a cell: `*` is any, `child|teen` either."""
    if text == "*":
        return ANY
    known = COLUMNS[column]
    words = [word.strip() for word in text.split("|")] if text else []
    if not words:
        faults.append(Fault(RULES, number, column, "empty"))
    for word in words:
        if word not in known:
            faults.append(Fault(RULES, number, column, "word", {"value": word, "known": ", ".join(known)}))
    return frozenset(words)


def _chosen(number: int, text: str, steps: dict[str, Step], always: set[str], faults: list[Fault]) -> tuple[Step, ...]:
    codes = [code.strip() for code in text.split("|") if code.strip()]
    found = []
    for code in codes:
        if code in steps:
            found.append(steps[code])
        else:
            faults.append(Fault(RULES, number, "steps", "step", {"value": code, "file": STEPS}))
    if not 1 <= len(codes) <= STEPS_AT_MOST:
        faults.append(Fault(RULES, number, "steps", "steps", {"value": len(codes), "most": STEPS_AT_MOST}))
    if again := next((code for code in codes if codes.count(code) > 1), ""):
        faults.append(Fault(RULES, number, "steps", "twice", {"value": again}))
    longest = max(sum(len(step.body(lang) + step.does(lang)) for step in found) for lang in ("uk", "en"))
    if longest > LETTERS_AT_MOST:
        faults.append(Fault(RULES, number, "steps", "long", {"value": longest, "most": LETTERS_AT_MOST}))
    if codes and always.isdisjoint(codes):
        faults.append(Fault(RULES, number, "steps", "nobody"))
    return tuple(found)


def _steps(path: Path, faults: list[Fault]) -> tuple[dict[str, Step], set[str]]:
    """The steps by their code, and which of them are lines that answer at any hour."""
    steps: dict[str, Step] = {}
    always: set[str] = set()
    at: dict[str, int] = {}
    for number, row in rows_of(path, STEP_COLUMNS):
        code = row["step"]
        faults += _step_faults(number, row)
        if code in at:
            faults.append(Fault(STEPS, number, "step", "again", {"value": code, "other": at[code]}))
        at[code] = number
        steps[code] = Step(
            code, row["body_uk"], row["body_en"], row["does_uk"], row["does_en"], row["kind"], row["line"],
            row["source"], _day(row["source_date"]),
        )  # fmt: skip
        if row["24_7"] == "1" and row["line"]:
            always.add(code)
    return steps, always


def _step_faults(number: int, row: dict[str, str]) -> list[Fault]:
    faults = [Fault(STEPS, number, column, "empty") for column in ("step", *_TEXTS, "source") if not row[column]]
    if row["kind"] and row["kind"] not in KINDS:
        faults.append(Fault(STEPS, number, "kind", "word", {"value": row["kind"], "known": ", ".join(KINDS)}))
    if not row["kind"] and not row["line"]:
        faults.append(Fault(STEPS, number, "kind", "reach"))
    if row["line"] and not _LINE.match(row["line"]):
        faults.append(Fault(STEPS, number, "line", "line", {"value": row["line"]}))
    for column in _TEXTS:
        if digits := _NUMBER.search(row[column]):
            faults.append(Fault(STEPS, number, column, "number", {"value": digits.group()}))
    if row["source_date"] and _day(row["source_date"]) is None:
        faults.append(Fault(STEPS, number, "source_date", "date", {"value": row["source_date"]}))
    return faults


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
