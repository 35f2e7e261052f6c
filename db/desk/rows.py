"""A row of `cases` as a `Case`. What is sealed is not read along, and of the code word only that there is one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Row, select

from db.desk.case import Case, Urgency
from db.desk.naming import PRACTICE
from db.models import cases

SHELL: tuple[Column[Any], ...] = tuple(column for column in cases.c if column.name != "sealed")

SHELLS = select(*SHELL)  # put together once: it is read several times for every word

PRACTISED = cases.c.code.like(f"{PRACTICE}%")  # Case.practice


def shell(row: Row[Any]) -> Case:
    """The case of a row that was selected, or returned, as `SHELL`."""
    cells = dict(row._mapping)
    worded = cells.pop("word") is not None  # SQLite's RETURNING is wrong about expressions like IS NOT NULL
    return Case(**{**cells, "urgency": Urgency(cells["urgency"]), "worded": worded})
