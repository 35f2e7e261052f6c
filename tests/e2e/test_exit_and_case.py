"""An open case is told when its visitor vanishes or fades; nothing leads to who has vanished."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from db import because, outbox
from db.because import Because, FirstContactError
from db.desk import cases as case_queries
from db.models import cases
from tests.conftest import Hands
from tests.e2e.test_announcement import fade, in_conversation, lines
from tests.operator_double import Operator
from tests.stage import Stage, stage


async def row_of(at: Stage, operator: Operator) -> dict[str, object]:
    """What the table says of the case."""
    async with at.app.store.read() as connection:
        found = (await connection.execute(select(cases).where(cases.c.id == operator.case))).one()
    return dict(found._mapping)


@pytest.mark.parametrize("by", ["word", "tap"])
async def test_an_exit_cuts_the_way_to_the_visitor(database_url: str, tmp_path: Path, clock: Hands, by: str) -> None:
    """The operator keeps a case that says "left" and leads to no chat; an answer to it is refused."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        if by == "word":
            anna.send("вихід")
        else:
            anna.tap(at.live(anna).message_id, "Вихід")
        await at.settled()
        row = await row_of(at, olha)
        assert (row["visitor"], row["state"]) == ("left", "taken")
        assert (row["chat"], row["sealed"], row["word"]) == (None, None, None)
        with pytest.raises(FirstContactError):
            await olha.answers()
        assert lines(anna) == []
        assert not any((await at.held(anna)).values())


async def test_whoever_comes_back_is_a_stranger(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The next visit from that phone is no part of the case, and the case not of it."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        anna.send("вихід")
        await at.settled()
        await at.say(anna, "/start")
        visit = await olha.visit()
        assert visit
        assert visit.case == 0
        async with at.app.store.read() as connection:
            assert await case_queries.case_of(connection, [at.app.keys.chat(anna.chat_id)]) == {}


async def test_a_fade_leaves_the_case_its_way(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Idle for half an hour: the case goes on, marked, and its answer still finds the chat."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        await fade(at)
        row = await row_of(at, olha)
        assert (row["visitor"], row["state"]) == ("faded", "taken")
        assert row["chat"] == at.app.keys.chat(anna.chat_id)
        await olha.answers()
        assert len(lines(anna)) == 1


async def test_an_announcement_that_waits_is_dropped_by_an_exit(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """The reason of what waits ends with the exit that drops it: a restart finds neither."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        olha = await in_conversation(at, anna)
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.tap(at.live(anna).message_id, "Екстрені номери")
        await gate.arrived.wait()
        ledger = await olha.answers(settle=False)
        (row,) = ledger.rows
        anna.send("вихід")
        await at.until(lambda: not at.sandbox.pending)
        async with at.app.store.read() as connection:
            assert not await outbox.holds(connection, row)
            assert not await because.still_holds(connection, row)
        assert row.because == Because.case(olha.case)
        gate.release()
        await at.settled()
        assert lines(anna) == []
