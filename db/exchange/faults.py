"""What can be wrong with a file, and where. Each fault has a name; `db.exchange.wording` has its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

SHOWN_AT_MOST = 50  # faults of one file; a file with more has one mistake many times


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file; 0 and "" where it does not apply. `column` is the header as it is written in the file."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    letter: str = ""  # the spreadsheet's name of the column: A, B, … AA


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `said` fills the sentence: what was found, what would do."""

    code: str
    where: Where
    said: dict[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 (a name for the situation)
    """The file cannot be taken as it is; nothing was changed. Carries every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.code} in row {fault.where.row}" for fault in self.faults[:SHOWN_AT_MOST]))


class CellFault(Exception):  # noqa: N818 (a name for the situation)
    """One cell cannot be read. Caught by the reader of the row, which knows where the cell is."""

    def __init__(self, code: str, **said: str) -> None:
        self.code = code
        self.said = said
        super().__init__(code)
