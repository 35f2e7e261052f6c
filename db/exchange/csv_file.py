"""A CSV file: UTF-8 with or without its mark, UTF-16 or cp1251; commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from db.exchange.columns import column_of
from db.exchange.faults import Fault, Refused, Where
from db.exchange.table import HEADER_WITHIN, Cell, Formula, Heads, Row, find_heads, read_rows

DELIMITERS = ",;\t"
FIELD_AT_MOST = 131_072  # characters; csv's own default, said here because a test relies on it


def read_csv(content: bytes, where: Where, faults: list[Fault]) -> tuple[Heads, Iterator[Row]]:
    """The headers and the rows. Raises Refused."""
    text = decoded(content, where)
    delimiter = _delimiter(text)
    first = []
    for _, cells in _lines(text, delimiter, where):
        first.append(cells)
        if len(first) == HEADER_WITHIN:
            break
    heads = find_heads(first, where)
    if heads is None:
        raise Refused([Fault("no_headers" if any(map(any, first)) else "empty", where)])
    rows = ((number, cells) for at, (number, cells) in enumerate(_lines(text, delimiter, where), 1) if at > heads.row)
    return heads, read_rows(rows, heads, where, faults)


def decoded(content: bytes, where: Where) -> str:
    """The text of the file, whichever alphabet it was saved in. Raises Refused when it is no text."""
    encodings = ("utf-8-sig", "cp1251")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16", "utf-16")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused([Fault("broken", where)])


def _delimiter(text: str) -> str:
    """The sign that makes the most headers of the first lines."""
    lines = text.splitlines()[:HEADER_WITHIN]

    def heads(delimiter: str) -> int:
        return max(
            (sum(bool(column_of(cell.strip('" '))) for cell in line.split(delimiter)) for line in lines), default=0
        )

    return max(DELIMITERS, key=heads)


def _lines(text: str, delimiter: str, where: Where) -> Iterator[tuple[int, list[Cell]]]:
    """Each record with the number of its line as a spreadsheet would count it: one record, one row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused([Fault("broken", Where(where.file, row=number + 1))]) from None
        number += 1
        yield number, [Formula(cell.strip()) if cell.lstrip().startswith("=") else cell for cell in cells]
