"""A file as rows of cells, whatever it was before: the common ground of CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import isfinite

from rapidfuzz import fuzz, process

from db.exchange.columns import COLUMNS, COMMENT, Column, column_of
from db.exchange.faults import CellFault, Fault, Refused, Where

ROWS_AT_MOST = 150_000
HEADER_WITHIN = 10  # rows: above the headers there may be a title
ALIKE = 70  # of 100, rapidfuzz: from here on a wrong word is likely to be meant as a known one

Value = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes; its text."""

    text: str


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell such as #REF!."""

    text: str


Cell = Value | Formula | ErrorValue


@dataclass(frozen=True, slots=True)
class Heads:
    """The recognised columns of a sheet: position → column and its header as written."""

    row: int
    columns: dict[int, tuple[Column, str]]
    own: frozenset[int]  # positions of the coordinator's own columns


@dataclass(frozen=True, slots=True)
class Row:
    """A row with anything in it. `cells` has text for every recognised column of the file."""

    number: int
    cells: dict[str, str]


def find_heads(rows: Sequence[Sequence[Cell]], where: Where) -> Heads | None:
    """The first row with an ID header among the given first rows, None when there is none.

    Raises Refused on double or unknown headers.
    """
    for number, cells in enumerate(rows, 1):
        heads = [" ".join(str(cell).split()) if isinstance(cell, str) else "" for cell in cells]
        known = {at: column for at, head in enumerate(heads) if head and (column := column_of(head))}
        if "id" in {column.key for column in known.values()}:
            return _heads(number, heads, known, where)
    return None


def _heads(number: int, heads: list[str], known: dict[int, Column], where: Where) -> Heads:
    faults, seen = [], set()
    for at, head in enumerate(heads):
        place = Where(where.file, where.sheet, number, head, letter_of(at))
        column = known.get(at)
        if column is None and head and not head.startswith(COMMENT):
            faults.append(Fault("unknown_header", place, {"found": head, "maybe": _like(head)}))
        elif column is not None and column.key in seen:
            faults.append(Fault("two_headers", place, {"found": head}))
        elif column is not None:
            seen.add(column.key)
    if faults:
        raise Refused(faults)
    own = frozenset(at for at, head in enumerate(heads) if head.startswith(COMMENT))
    return Heads(number, {at: (column, heads[at]) for at, column in known.items()}, own)


def read_rows(
    rows: Iterable[tuple[int, Sequence[Cell]]], heads: Heads, where: Where, faults: list[Fault]
) -> Iterator[Row]:
    """The rows below the headers that have anything in them; what cannot be text becomes a fault.

    Raises Refused when there are too many.
    """
    count = 0
    for number, cells in rows:
        texts: dict[str, str] = {}
        for at, cell in enumerate(cells):
            if cell is None or cell == "" or at in heads.own:
                continue
            column, head = heads.columns.get(at, (None, ""))
            place = Where(where.file, where.sheet, number, head, letter_of(at))
            try:
                text = text_of(cell, column)
            except CellFault as fault:
                faults.append(Fault(fault.code, place, fault.said))
                texts.setdefault("", "fault")
                continue
            if column is None and text:
                faults.append(Fault("cells_without_header", place, {"found": text}))
            elif column is not None:
                texts[column.key] = text
        if any(texts.values()):
            count += 1
            if count > ROWS_AT_MOST:
                raise Refused([Fault("too_many_rows", where, {"most": str(ROWS_AT_MOST)})])
            texts.pop("", None)
            yield Row(number, {column.key: texts.get(column.key, "") for column, _ in heads.columns.values()})


def text_of(cell: Cell, column: Column | None) -> str:
    """A cell as the text a person would have typed. Raises CellFault."""
    if isinstance(cell, Formula):
        raise CellFault("formula", found=cell.text)
    if isinstance(cell, ErrorValue):
        raise CellFault("error_value", found=cell.text)
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, float):
        return _number(cell)
    return typed(str(cell or "") if not isinstance(cell, int) else str(cell), column)


def _number(number: float) -> str:
    if not isfinite(number):
        raise CellFault("number", found=str(number))
    return str(int(number)) if number.is_integer() else repr(number)


def typed(text: str, column: Column | None = None) -> str:
    """Typed text: trimmed, line ends made one kind, the sign that keeps a cell from being a formula taken off.

    Raises CellFault on a formula and on characters that no text has.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()
    if text.startswith("=") and column is not None:
        raise CellFault("formula", found=text)
    if any(ord(sign) < ord(" ") and sign not in "\n\t" for sign in text) or "\ufffe" in text or "\uffff" in text:
        raise CellFault("control", found="")
    return unguarded(text)


STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # what spreadsheets may take for the start of a formula
GUARD = "'"


def guarded(text: str) -> str:
    """For a cell: never the start of a formula. `unguarded` takes it back."""
    return GUARD + text if text.lstrip(GUARD).startswith(STARTS) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and text.lstrip(GUARD).startswith(STARTS) else text


def letter_of(at: int) -> str:
    """A, B, … Z, AA …"""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _like(head: str) -> str:
    names = [name for column in COLUMNS for name in (column.uk, column.en)]
    found = process.extractOne(head, names, scorer=fuzz.WRatio, score_cutoff=ALIKE)
    return found[0] if found else ""
