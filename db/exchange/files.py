"""A file on the disk, opened as what it is and not as what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from db.exchange.csv_file import read_csv
from db.exchange.faults import Fault, Refused, Where
from db.exchange.table import Heads, Row
from db.exchange.xlsx_file import read_xlsx

LARGEST_MB = 30  # 100,000 services as CSV are about 50 MB: bring those in parts


def read_file(path: Path, where: Where, sheet: str, faults: list[Fault]) -> tuple[Heads, Iterable[Row], Where]:
    """The rows of a CSV or XLSX file, known by its contents and not by its name. Raises Refused."""
    try:
        size = path.stat().st_size
        if size > LARGEST_MB * 1_000_000:
            said = {"found": str(round(size / 1_000_000)), "most": str(LARGEST_MB)}
            raise Refused([Fault("too_large", where, said)])
        content = path.read_bytes()
    except FileNotFoundError:
        raise Refused([Fault("missing_file", where)]) from None
    except OSError:
        raise Refused([Fault("unreadable_file", where)]) from None
    if not content.strip():
        raise Refused([Fault("empty", where)])
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return read_xlsx(content, where, sheet, faults)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise Refused([Fault("broken", where)])
    if path.suffix.lower() not in (".csv", ".txt", ".tsv", ""):
        raise Refused([Fault("unknown_type", where, {"found": path.suffix.lstrip(".")})])
    heads, rows = read_csv(content, where, faults)
    return heads, rows, where
