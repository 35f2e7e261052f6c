"""What is said is kept in its order, sealed, and follows its edits; what became of it is never taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.desk import lines
from db.desk.ending import close
from db.models import case_lines
from db.sealing import Keyring, SealError
from db.store import Store
from tests.conftest import Hands
from tests.db.desk.made_up import ORDER, asked


async def test_lines_keep_their_order(store: Store, keys: Keyring, clock: Hands) -> None:
    """Per case, all or the last few, of chosen sides; a burst within one moment as well."""
    async with store.write() as connection:
        case, other = [(await asked(connection, keys, number, clock())).id for number in (1, 2)]
        for number in range(6):
            side = "visitor" if number % 2 else "note"
            await lines.add_line(connection, keys, case, side, f"рядок {number}", ORDER.next(clock()), clock())
        await lines.add_line(connection, keys, other, "visitor", "чуже", ORDER.next(clock()), clock())
        said = [line.text for line in await lines.lines_of(connection, keys, case)]
        assert said == [f"рядок {number}" for number in range(6)]
        assert [line.text for line in await lines.lines_of(connection, keys, case, last=2)] == said[-2:]
        visible = await lines.lines_of(connection, keys, case, last=2, sides=["visitor", "operator"])
        assert [line.text for line in visible] == ["рядок 3", "рядок 5"]


async def test_lines_stand_sealed(store: Store, keys: Keyring, clock: Hands) -> None:
    """No word is readable without the case's key, and none can be added after the end."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        await lines.add_line(connection, keys, case.id, "visitor", "мій секрет", ORDER.next(clock()), clock())
        sealed = (await connection.execute(select(case_lines.c.sealed))).scalar_one()
        assert "секрет".encode() not in sealed
        await close(connection, keys, case.id, clock())
    with pytest.raises(SealError):
        async with store.write() as connection:
            await lines.add_line(connection, keys, case.id, "visitor", "пізно", ORDER.next(clock()), clock())


async def test_edits_and_withdrawals_find_their_line(store: Store, keys: Keyring, clock: Hands) -> None:
    """By the message it came from; a line is taken back only by the side that said it."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        source = keys.message(1, 50)
        line = await lines.add_line(
            connection, keys, case.id, "visitor", "перше", ORDER.next(clock()), clock(), source=source
        )
        edited = await lines.edit_line(connection, keys, source, "друге")
        assert edited is not None
        assert (edited.id, edited.case, edited.text) == (line.id, case.id, "друге")
        assert [one.text for one in await lines.lines_of(connection, keys, case.id)] == ["друге"]
        assert await lines.edit_line(connection, keys, keys.message(1, 51), "чуже") is None
        assert await lines.withdraw_line(connection, line.id, "operator") == 0
        assert await lines.withdraw_line(connection, line.id, "visitor") == case.id
        assert await lines.lines_of(connection, keys, case.id) == []


async def test_late_news_takes_nothing_back(store: Store, keys: Keyring, clock: Hands) -> None:
    """Opened stays opened when the report of delivery comes late, and is not gone unread. What is gone can be announced
    anew and read."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        line = (await lines.add_line(connection, keys, case.id, "operator", "так", ORDER.next(clock()), clock())).id
        for state in ("delivered", "gone", "delivered", "gone"):
            assert await lines.mark(connection, [line], state) == [line]
        assert await lines.mark(connection, [line], "opened") == [line]
        for state in ("waiting", "delivered", "not_delivered", "gone"):
            assert await lines.mark(connection, [line], state) == []
        assert [one.state for one in await lines.lines_of(connection, keys, case.id)] == ["opened"]


async def test_a_whole_conversation_is_delivered_and_opened(store: Store, keys: Keyring, clock: Hands) -> None:
    """What the operator said, and only that; asked again there is nothing new."""
    async with store.write() as connection:
        case = (await asked(connection, keys, 1, clock())).id
        assert await lines.last_said(connection, keys, case) is None
        for side in ("operator", "operator", "note", "visitor"):
            await lines.add_line(connection, keys, case, side, side, ORDER.next(clock()), clock())  # type: ignore[arg-type]
        assert await lines.delivered(connection, case)
        assert not await lines.delivered(connection, case)
        assert await lines.opened(connection, case)
        assert not await lines.opened(connection, case)
        assert not await lines.delivered(connection, case)
        said = await lines.lines_of(connection, keys, case)
        assert [line.state for line in said] == ["opened", "opened", "waiting", "waiting"]
        assert await lines.last_said(connection, keys, case) == said[1]
