"""Visitors and operators do everything to the desk in any order; what must hold, holds after each step."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from inspect import signature
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import cases, claims, ending, roster
from db.desk.case import Case
from db.desk.claims import HeldBy, Taken
from db.desk.ending import Closed
from db.desk.lines import add_line, lines_of
from db.desk.purge import purge
from db.outbox import Order
from db.sealing import Keyring
from db.store import Store, open_store
from tests.db.desk.made_up import LEASE, hired, opening

CHATS = range(1, 6)
OPERATORS = (1, 2, 3)  # the third supervises
SUPERVISOR = 3

ACTS = (
    "ask", "ask", "ask", "take", "take", "take", "switch", "park", "give_back", "hand", "flag", "close", "close",
    "go_away", "say", "say", "wait", "show_up",
)  # fmt: skip


class Desk(RuleBasedStateMachine):
    """The model remembers who has what and what was flagged; the database must agree."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="stezhka-desk-"))
        shutil.copy(self.template, self.folder / "desk.db")
        self.keys = Keyring(b"not-a-secret-not-a-secret-not-a-secret", self.folder / "keys")
        self.runner = asyncio.Runner()
        self.store: Store = open_store(f"sqlite+aiosqlite:///{self.folder / 'desk.db'}")
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.order, self.random = Order(), Random(5)  # noqa: S311 (names)
        self.holder: dict[int, int] = {}
        self.flagged: set[int] = set()
        self.released: set[int] = set()  # closed by a supervisor
        self.said: dict[int, list[str]] = {}
        for number in OPERATORS:
            role = "supervisor" if number == SUPERVISOR else "operator"
            self.do(lambda c, n=number, r=role: hired(c, self.keys, 500 + n, self.now, role=r))

    def teardown(self) -> None:
        """Closes what was opened."""
        self.runner.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def do(self, act: Callable[[AsyncConnection], Awaitable[Any]]) -> Any:
        """In one transaction, as the bot does."""

        async def go() -> Any:
            async with self.store.write() as connection:
                return await act(connection)

        return self.runner.run(go())

    def one(self, at: int) -> int:
        """One of the open cases, or a number that is none."""
        known: list[Case] = self.do(cases.open_cases)
        return known[at % len(known)].id if known and at else 7

    @rule(
        act=st.sampled_from(ACTS),
        who=st.sampled_from(OPERATORS),
        to=st.sampled_from(OPERATORS),
        at=st.integers(0, 6),
        chat=st.sampled_from(CHATS),
        yes=st.booleans(),
        words=st.sampled_from(["так", "ні", "потім", "дякую"]),
        minutes=st.sampled_from([1, 5, 20, 70, 25 * 60]),
        how=st.sampled_from(["left", "faded", "blocked"]),
    )
    def step(self, act: str, **chosen: Any) -> None:
        """One thing somebody does. One rule and not a dozen: hypothesis would leave some of a dozen out for long."""
        wanted = getattr(self, act)
        wanted(*(chosen[name] for name in signature(wanted).parameters))

    def ask(self, chat: int, at: int) -> None:
        """For a human; mostly now, sometimes for a safe hour."""
        later = {"keep_from": self.now + timedelta(hours=1), "keep_to": self.now + timedelta(hours=2)}
        span = {} if at else later
        wish = opening(self.keys, chat, **span)
        case, new = self.do(lambda c: cases.open_case(c, self.keys, self.order, wish, self.now, self.random))
        assert new == (case.id not in self.said)
        self.said.setdefault(case.id, [])

    def take(self, who: int, at: int) -> None:
        """Whoever is second is told who was first."""
        case = self.one(at)
        answer = self.do(lambda c: claims.take(c, case, who, self.now + LEASE, self.now))
        if isinstance(answer, Taken):
            assert case not in self.holder
            self.holder[case] = who
        elif isinstance(answer, HeldBy):
            assert self.holder[case] == answer.operator

    def switch(self, who: int, at: int) -> None:
        """Only into one's own."""
        case = self.one(at)
        assert self.do(lambda c: claims.switch(c, who, case, self.now)) == (self.holder.get(case) == who)

    def park(self, who: int) -> None:
        """Out of every case."""
        assert self.do(lambda c: claims.switch(c, who, 0, self.now))

    def give_back(self, who: int, at: int) -> None:
        """Only one's own."""
        case = self.one(at)
        back = self.do(lambda c: claims.give_back(c, case, who, self.now))
        assert (back is not None) == (self.holder.get(case) == who)
        if back is not None:
            del self.holder[case]

    def hand(self, who: int, to: int, at: int) -> None:
        """To a colleague."""
        case = self.one(at)
        handed = self.do(lambda c: claims.hand_to(c, case, who, to, self.now + LEASE, self.now))
        assert (handed is not None) == (self.holder.get(case) == who)
        if handed is not None:
            self.holder[case] = to

    def flag(self, at: int) -> None:
        """From now on a supervisor's."""
        case = self.one(at)
        if self.do(lambda c: cases.flag(c, case)):
            self.flagged.add(case)

    def close(self, who: int, at: int, yes: bool, to: int) -> None:
        """By its operator or a supervisor; a commit that fails changes nothing."""
        case = self.one(at)

        async def end(connection: AsyncConnection) -> Any:
            ended = await ending.close(
                connection, self.keys, case, self.now, operator=who, supervisor=who == SUPERVISOR
            )
            if yes and to == SUPERVISOR:  # now and then
                raise InterruptedError
            return ended

        try:
            ended = self.do(end)
        except InterruptedError:
            return
        if isinstance(ended, Closed):
            assert who == SUPERVISOR or (self.holder.get(case) == who and case not in self.flagged)
            self.released.add(case)
            self.holder.pop(case, None)

    def go_away(self, chat: int, how: str) -> None:
        """Vanish, fall idle, block the bot."""
        hashed = [self.keys.chat(chat)]
        if how == "left":
            for case in self.do(lambda c: ending.left(c, self.keys, hashed, self.now)):
                self.said[case.id] = []
            assert self.do(lambda c: cases.case_of(c, hashed)) == {}
        else:
            self.do(lambda c: getattr(ending, how)(c, hashed))

    def say(self, chat: int, words: str) -> None:
        """Something, in the open case."""

        async def write(connection: AsyncConnection) -> None:
            for case in (await cases.case_of(connection, [self.keys.chat(chat)])).values():
                await add_line(connection, self.keys, case.id, "visitor", words, self.order.next(self.now), self.now)
                await cases.wrote(connection, case.id, "visitor", self.now)
                self.said[case.id].append(words)

        self.do(write)

    def wait(self, minutes: int) -> None:
        """Time passes, and the clock does what it does."""
        self.now += timedelta(minutes=minutes)
        for case, who in self.do(lambda c: claims.lapsed(c, self.now)):
            assert self.holder.pop(case.id) == who
        self.do(lambda c: ending.wake(c, self.now))
        for case in self.do(lambda c: purge(c, self.keys, self.now)):
            self.said[case.id] = []
            if not case.flagged:
                self.holder.pop(case.id, None)

    def show_up(self, who: int) -> None:
        """An operator is there: what they hold stays theirs."""
        self.do(lambda c: claims.renew_leases(c, who, self.now + LEASE))

    @invariant()
    def holds(self) -> None:
        """Everything that must."""
        self.do(self._holds)

    async def _holds(self, connection: AsyncConnection) -> None:
        opened = await cases.open_cases(connection)
        assert {case.id: case.operator for case in opened if case.operator} == self.holder
        for number in OPERATORS:
            who = await roster.operator(connection, self.keys, number)
            taken = [case.id for case in opened if case.operator == number and case.state == "taken"]
            assert who is not None
            assert taken == ([who.active] if who.active else [])
        assert self.flagged - self.released <= {case.id for case in opened}
        alive = {case.id for case in opened if case.chat is not None}
        assert self.keys.cases.held() == alive
        for case in opened:
            said = [line.text for line in await lines_of(connection, self.keys, case.id)]
            assert said == (self.said[case.id] if case.id in alive else [])
        left = text('SELECT count(*) FROM case_lines WHERE "case" NOT IN (SELECT id FROM cases WHERE chat IS NOT NULL)')
        assert (await connection.execute(left)).scalar() == 0
        talking = text("SELECT count(*) FROM duties WHERE kind = 'talk' AND ended_at IS NULL")
        active = text("SELECT count(*) FROM operators WHERE active <> 0")
        assert (await connection.execute(talking)).scalar() == (await connection.execute(active)).scalar()


def test_whatever_is_done_the_desk_holds(sqlite_templates: dict[str, Path]) -> None:
    """Exactly one holder, keys for the living only, every line where it belongs, the flagged never closed alone."""
    machine = type("OneDesk", (Desk,), {"template": sqlite_templates["migrated"]})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=60))  # type: ignore[no-untyped-call]
