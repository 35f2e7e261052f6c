"""A file of rules as rows of cells, however a spreadsheet saved it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from db.directory.referral.faults import Fault, ReferralError

Row = tuple[int, dict[str, str]]  # as a spreadsheet counts it, and its cells by column


def rows_of(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows that say something, cells stripped. Comma or semicolon, with a byte order mark or without.

    Raises ReferralError when the file is not a table with these columns.
    """
    text = _text(path)
    table = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]))
    try:
        header, *records = [*table] or [[]]
    except csv.Error as fault:
        raise ReferralError([Fault(path.name, table.line_num, "", "broken")]) from fault
    header = [cell.strip() for cell in header]
    if missing := [column for column in columns if column not in header]:
        raise ReferralError([Fault(path.name, 1, "", "columns", {"value": ", ".join(missing)})])
    for number, cells in enumerate(records, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            raise ReferralError([Fault(path.name, number, "", "cells")])
        given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        yield number, {column: given.get(column, "") for column in columns}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise ReferralError([Fault(path.name, 0, "", "unreadable")]) from fault
    except UnicodeDecodeError as fault:
        raise ReferralError([Fault(path.name, 0, "", "encoding")]) from fault


def _delimiter(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","
