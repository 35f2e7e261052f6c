"""Figures: whole months, only of cases, and nothing that could be somebody."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import memory
from db.desk.report import LEAST, Cell, case_figures, told
from db.store import Store


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


async def test_months_are_summed_and_small_counts_left_out(store: Store) -> None:
    """October does not count into November; a single small cell takes the next one with it."""
    async with store.write() as connection:
        for day in (1, 15, 30):
            counts = {("asked", "law"): 4, ("asked", "fear"): 2, ("asked", "home"): 1, ("start", ""): 50}
            await memory.count(connection, counts, on(11, day))
        await memory.count(connection, {("asked", "law"): 100, ("case_result", "talked"): 9}, on(10, 31))
        november = await case_figures(connection, date(2026, 11, 1), date(2026, 12, 1))
        both = await case_figures(connection, date(2026, 10, 1), date(2026, 12, 1))
    assert november == [Cell("asked", "law", 12), Cell("asked", "fear", None), Cell("asked", "home", None)]
    assert both[0] == Cell("asked", "law", 112)
    assert both[-1] == Cell("case_result", "talked", 9)


@pytest.mark.parametrize("days", [(date(2026, 11, 2), date(2026, 12, 1)), (date(2026, 11, 1), date(2026, 11, 1))])
async def test_only_whole_months_are_told(store: Store, days: tuple[date, date]) -> None:
    """Otherwise the difference of two reports would be one day's count."""
    async with store.read() as connection:
        with pytest.raises(ValueError, match="whole months"):
            await case_figures(connection, *days)


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 30), max_size=8))
def test_no_small_count_can_be_worked_out(counts: dict[str, int]) -> None:
    """Never one hidden cell alone beside told ones, never a told one under five; nothing is lost."""
    cells = told("asked", counts)
    assert {cell.label for cell in cells} == set(counts)
    hidden = [cell for cell in cells if cell.count is None]
    assert all(cell.count is None or cell.count >= LEAST for cell in cells)
    assert len(hidden) != 1 or len(cells) == 1
