"""One row on its way to a service: its cells read one by one, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from db.exchange.faults import CellFault, Fault, Where
from db.exchange.gazetteer import Gazetteer
from db.exchange.table import Heads, Row, letter_of

T = TypeVar("T")


class Sheet:
    """Where the rows come from, and what they are read with. `today` is Kyiv's."""

    def __init__(self, gazetteer: Gazetteer, today: date, heads: Heads, where: Where) -> None:
        self.gazetteer = gazetteer
        self.today = today
        self._where = where
        self._heads = {column.key: (head, letter_of(at)) for at, (column, head) in heads.columns.items()}

    def fault(self, row: Row, column: str, code: str, **said: str) -> Fault:
        """A fault of one cell of a row."""
        head, letter = self._heads.get(column, ("", ""))
        return Fault(code, Where(self._where.file, self._where.sheet, row.number, head, letter), said)


class Line:
    """A row being read."""

    def __init__(self, sheet: Sheet, row: Row) -> None:
        self.sheet = sheet
        self.cells = row.cells
        self.faults: list[Fault] = []
        self._row = row

    def read(self, key: str, reader: Callable[[str], T], otherwise: T) -> T:
        """A cell's value; `otherwise` when the file has no such column or the cell cannot be read."""
        if key not in self.cells:
            return otherwise
        try:
            return reader(self.cells[key])
        except CellFault as fault:
            self.wrong(key, fault.code, **fault.said)
            return otherwise

    def wrong(self, column: str, code: str, **said: str) -> None:
        """Notes a fault of one cell."""
        self.faults.append(self.sheet.fault(self._row, column, code, **said))
