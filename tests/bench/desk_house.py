"""A desk written into a bot's database beforehand, and what the database says of it afterwards."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from db import migrations
from db.desk import cases, desks, queue, roster
from db.desk.case import Case
from db.desk.lines import PURPOSE
from db.desk.staff import Desk, Seat
from db.models import audit, case_lines
from db.models import cases as table
from db.sealing import Keyring
from db.store import Store, open_store
from tests.bench.desk_api import FIRST_OPERATOR, GROUP
from tests.bench.seeded import SECRET


def _opened(folder: Path) -> tuple[Store, Keyring]:
    keys = Keyring(SECRET.encode(), folder / "var" / "keys")
    return open_store(f"sqlite+aiosqlite:///{folder}/stezhka.db"), keys


def furnish(folder: Path, operators: int) -> None:
    """One desk with its group, and so many operators on duty, in the database of a bot that runs in `folder`."""
    asyncio.run(_furnish(folder, operators))


async def _furnish(folder: Path, operators: int) -> None:
    await migrations.upgrade(f"sqlite+aiosqlite:///{folder}/stezhka.db")
    store, keys = _opened(folder)
    await open_desk(store, keys, operators)
    await store.close()


async def open_desk(store: Store, keys: Keyring, operators: int) -> None:
    """One desk with its group, and so many operators on duty."""
    now = datetime.now(UTC)
    async with store.write() as connection:
        desk = await desks.save_desk(connection, keys, Desk("bench", "Стійка", "Desk", group=GROUP))
        for number in range(operators):
            seat = Seat(FIRST_OPERATOR + number, 0)
            one = await roster.enlist(connection, keys, seat, f"Ім'я-{number}", "operator", desk.num, now)
            await roster.set_state(connection, one.num, "on", now)


@dataclass(frozen=True, slots=True)
class Books:
    """What the database says."""

    cases: list[Case]
    taken: list[str]  # names of cases in the order of the takes, by the audit
    lines: dict[int, list[str]]  # open case → its visitor's words, in their order

    @property
    def in_order(self) -> list[str]:
        """The names of all cases in the order of the queue, as if none had been taken."""
        waiting = [Case(**{**_cells(one), "state": "waiting", "operator": 0}) for one in self.cases]
        return [one.code for one in queue.order(waiting, max(one.opened_at for one in waiting))]

    @property
    def claims(self) -> Counter[str]:
        """How often each case was taken."""
        return Counter(self.taken)

    def faults(self) -> tuple[int, int]:
        """Words that are missing between a case's first and last, and words that stand twice or out of order."""
        missing = scrambled = 0
        for said in self.lines.values():
            numbers = [int(found[1]) for one in said if (found := re.match(r"w\d+-(\d+)$", one))]
            scrambled += sum(later <= earlier for earlier, later in pairwise(numbers))
            missing += len(set(range(max(numbers, default=-1) + 1)) - set(numbers))
        return missing, scrambled


def _cells(case: Case) -> dict[str, object]:
    return {name: getattr(case, name) for name in case.__dataclass_fields__}


def read(folder: Path) -> Books:
    """The books of a bot that runs, or ran, in `folder`."""
    return asyncio.run(_read(folder))


async def _read(folder: Path) -> Books:
    store, keys = _opened(folder)
    async with store.read() as connection:
        found = await cases.cases_by_id(connection, (await connection.execute(select(table.c.id))).scalars().all())
        taken = select(audit.c.code).where(audit.c.action == "take").order_by(audit.c.id)
        lines: dict[int, list[str]] = {}
        said = select(case_lines).where(case_lines.c.side == "visitor").order_by(case_lines.c.id)
        for row in await connection.execute(said):
            lines.setdefault(row.case, []).append(keys.cases.unseal(row.case, PURPOSE, row.sealed).decode())
        books = Books(list(found.values()), list((await connection.execute(taken)).scalars()), lines)
    await store.close()
    return books
