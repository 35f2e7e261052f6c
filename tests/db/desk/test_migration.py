"""Revision 0004: the desk's tables come with their rules and go without taking anything else along."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from db import migrations
from tests.db.test_migrations import empty_url, look  # noqa: F401 (a fixture)

CASE = (
    "INSERT INTO cases (id, chat, code, desk, kind, lang, topic, who, urgency, state, operator, opened_at,"
    " waiting_since, visitor, word, sealed) VALUES (:id, :chat, :code, 1, 'chat', 'uk', 'home', 'self', 1, :state,"
    " :operator, 1, 1, :visitor, :word, :sealed)"
)


def case(number: int, **changes: Any) -> dict[str, Any]:
    """The cells of a waiting case."""
    cells = {
        "id": number, "chat": bytes([number]) * 16, "code": f"code {number}", "state": "waiting", "operator": 0,
        "visitor": "here", "word": None, "sealed": b"sealed",
    }  # fmt: skip
    return cells | changes


OVER = {"chat": None, "sealed": None, "word": None}


async def test_the_desk_comes_and_goes(empty_url: str) -> None:  # noqa: F811
    """A visit and a count outlive the desk; the desk's own rows go with it, and it can come back."""
    await migrations.upgrade(empty_url, "0004")

    def fill(connection: Connection) -> None:
        connection.execute(text("INSERT INTO tallies VALUES ('2026-11-01', 'case', 'chat', 7)"))
        connection.execute(text(CASE), case(1))
        connection.execute(
            text(
                'INSERT INTO case_lines (id, "case", side, sealed, made_at, state)'
                " VALUES (5, 1, 'visitor', :s, 1, 'waiting')"
            ),
            {"s": b"sealed"},
        )
        connection.execute(text("INSERT INTO operators (num, name, desk, role, since) VALUES (1, 'Оля', 1, 'x', 1)"))

    def left(connection: Connection) -> list[Any]:
        queries = (
            "SELECT count(*) FROM tallies",
            "SELECT count(*) FROM cases",
            "SELECT count(*) FROM case_lines",
            "SELECT count(*) FROM operators",
        )
        return [connection.execute(text(query)).scalar() for query in queries]

    await look(empty_url, fill)
    assert await look(empty_url, left) == [1, 1, 1, 1]
    await migrations.downgrade(empty_url, "0002")
    await migrations.upgrade(empty_url, "0004")
    assert await look(empty_url, left) == [1, 0, 0, 0]


@pytest.mark.parametrize(
    "cells",
    [
        case(2, state="closed"),  # a closed case that leads to somebody
        case(2, **OVER | {"word": b"w" * 16}, state="closed"),
        case(2, visitor="left", state="taken", operator=1),  # somebody left, and could still be found
        case(2, operator=3),  # waiting, and somebody's
        case(2, state="taken"),  # taken by nobody
        case(2, chat=bytes([1]) * 16),  # a second open case of one chat
        case(2, code="code 1"),  # a second open case of one name
    ],
)
async def test_the_database_refuses_what_must_not_be(empty_url: str, cells: dict[str, Any]) -> None:  # noqa: F811
    """Whatever a mistake in the code would write: no trace after the end, one holder, one case a chat, one name."""
    await migrations.upgrade(empty_url, "0004")
    await look(empty_url, lambda connection: connection.execute(text(CASE), case(1)))
    with pytest.raises(IntegrityError):
        await look(empty_url, lambda connection: connection.execute(text(CASE), cells))


async def test_closed_cases_give_their_names_back(empty_url: str) -> None:  # noqa: F811
    """A name is unique among the open; any number of closed shells may bear it, and none of them has a chat."""
    await migrations.upgrade(empty_url, "0004")

    def fill(connection: Connection) -> None:
        for number in (1, 2):
            connection.execute(text(CASE), case(number, **OVER, state="closed", code="same"))
        connection.execute(text(CASE), case(3, code="same"))

    await look(empty_url, fill)
    assert (
        await look(empty_url, lambda connection: connection.execute(text("SELECT count(*) FROM cases")).scalar()) == 3
    )


async def test_counting_tries_and_back_loses_no_case(empty_url: str) -> None:  # noqa: F811
    """Revision 0006 up and down: a case and its line stay, and so do the rules that SQLite copies with the table."""
    await migrations.upgrade(empty_url, "0005")

    def fill(connection: Connection) -> None:
        connection.execute(text(CASE), case(1))
        line = "INSERT INTO case_lines VALUES (5, 1, 'note', :s, 1, 'waiting', NULL)"
        connection.execute(text(line), {"s": b"sealed"})

    def kept(connection: Connection) -> list[Any]:
        queries = ("SELECT code FROM cases", 'SELECT "case" FROM case_lines')
        return [connection.execute(text(query)).scalar() for query in queries]

    await look(empty_url, fill)
    await migrations.upgrade(empty_url, "0006")
    assert await look(empty_url, kept) == ["code 1", 1]
    await migrations.downgrade(empty_url, "0005")
    assert await look(empty_url, kept) == ["code 1", 1]
    for cells in (case(2, code="code 1"), case(2, state="closed")):
        with pytest.raises(IntegrityError):
            await look(empty_url, lambda connection, cells=cells: connection.execute(text(CASE), cells))
    await look(
        empty_url, lambda connection: connection.execute(text(CASE), case(2, **OVER, state="closed", code="code 1"))
    )
