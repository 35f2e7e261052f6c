"""An XLSX workbook, read row by row: a big one needs no more memory than a small one."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no stubs

from db.exchange.faults import Fault, Refused, Where
from db.exchange.table import HEADER_WITHIN, Cell, ErrorValue, Formula, Heads, Row, find_heads, read_rows

UNPACKED_AT_MOST = 400_000_000  # bytes: a small file that unpacks to more is no table
LOOK = 1 << 16  # bytes read at a time when looking for merged cells
_UNZIPPABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"')


def read_xlsx(content: bytes, where: Where, sheet: str, faults: list[Fault]) -> tuple[Heads, Iterator[Row], Where]:
    """The headers and the rows of the sheet that has the directory's headers (or of the one named).

    Raises Refused.
    """
    _check_parts(content, where)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of styles it does not keep
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            names = list(book.sheetnames)
            heads, page, name = None, None, ""
            for name in [one for one in names if sheet in ("", one)]:
                heads, page = _heads(book[name], Where(where.file, name))
                if heads is not None:
                    break
    except Refused:
        raise
    except Exception as fault:  # whatever the library stumbles over in a broken file
        raise Refused([Fault("broken", where)]) from fault
    here = Where(where.file, name)
    if sheet and sheet not in names:
        raise Refused([Fault("no_such_sheet", where, {"sheet": sheet, "found": ", ".join(names)})])
    if heads is None:
        raise Refused([Fault("wrong_sheet", where, {"found": ", ".join(names)})])
    if merged := _merged(content, page):
        raise Refused([Fault("merged", here, {"found": ", ".join(merged)})])
    return heads, read_rows(_lines(page, heads, here), heads, here, faults), here


def _heads(page: Any, where: Where) -> tuple[Heads | None, Any]:
    if not hasattr(page, "iter_rows"):  # a chart on a sheet of its own
        return None, page
    page.reset_dimensions()  # what a file says of its own size is often wrong
    first = [_cells(row) for row in page.iter_rows(max_row=HEADER_WITHIN)]
    return find_heads(first, where), page


def _lines(page: Any, heads: Heads, where: Where) -> Iterator[tuple[int, Sequence[Cell]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # e.g. a date out of range, which becomes an error value
            for at, row in enumerate(page.iter_rows(min_row=heads.row + 1), heads.row + 1):
                yield at, _cells(row)
    except (GeneratorExit, Refused):
        raise
    except Exception as fault:  # as above: the file breaks off in the middle
        raise Refused([Fault("broken", where)]) from fault


def _cells(row: Sequence[Any]) -> list[Cell]:
    return [_cell(cell) for cell in row]


def _cell(cell: Any) -> Cell:
    kind, value = getattr(cell, "data_type", None), cell.value
    if value is None:
        return None
    if kind == "f":
        return Formula(str(getattr(value, "text", None) or value))
    if kind == "e":
        return ErrorValue(str(value))
    known: Cell = value if isinstance(value, (str, int, float, bool)) or hasattr(value, "isoformat") else str(value)
    return known


def _check_parts(content: bytes, where: Where) -> None:
    """The file is a workbook, and unpacks to something sensible. Raises Refused."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused([Fault("old_or_locked", where)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if "xl/workbook.xml" not in {info.filename for info in infos}:
                found = "ODS" if any(info.filename == "content.xml" for info in infos) else "ZIP"
                raise Refused([Fault("unknown_type", where, {"found": found})])
            size = sum(info.file_size for info in infos)
            if size > UNPACKED_AT_MOST:
                said = {"found": str(size // 1_000_000), "most": str(UNPACKED_AT_MOST // 1_000_000)}
                raise Refused([Fault("too_large", where, said)])
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and b"<!" in _start(parts, info):
                    raise Refused([Fault("broken", where)])  # entities: no spreadsheet writes them, attackers do
    except _UNZIPPABLE as fault:
        raise Refused([Fault("broken", where)]) from fault


def _start(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with parts.open(info) as part:
        return part.read(512).replace(b"<!--", b"")


def _merged(content: bytes, page: Any) -> list[str]:
    """Ranges of merged cells, which a workbook read row by row does not tell; at most five."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open(page._worksheet_path.lstrip("/")) as part:
        tail = b""
        while chunk := part.read(LOOK):
            tail += chunk
            found += [match.group(1).decode() for match in _MERGED.finditer(tail)]
            tail = tail[-200:] if not _MERGED.search(tail[-200:]) else b""
    return sorted(set(found))[:5]
