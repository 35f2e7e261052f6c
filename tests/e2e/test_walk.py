"""Ten thousand random steps of many visitors at once through the real bot, in both languages, on both databases.

Hypothesis chooses the steps and, when a promise breaks, shortens the walk to the steps that break it.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import delete, func, select

from bot.logs import configure
from db.models import outbox, seen_updates, traces, visits
from db.store import open_store
from tests.conftest import Hands
from tests.e2e.promises import Promises
from tests.e2e.walkers import KINDS, Walker
from tests.flows.village import without_a_desk
from tests.stage import Stage, stage

VISITORS = 24  # at once in one walk, half of them in each language
ROUND = 40  # steps before all of them are waited for: most visitors take one or two, some three in one breath
STEPS = {"sqlite": 10_000, "postgresql": 1_000}

Step = tuple[int, str, int]  # who, what, and a number that chooses what exactly
# Kinds of screens that may be missed: some places and services have them, most have not, and a short walk sees less.
SELDOM = {"sqlite": 5, "postgresql": 20}
ABOUT_VISITORS = (visits, traces, outbox)
_STEP = st.tuples(st.integers(0, VISITORS - 1), st.sampled_from(KINDS), st.integers(0, 2**16 - 1))


class Land:
    """A stage of its own for one walk: what one walk breaks must not be found by the next."""

    def __init__(self, url: str, folder: Path) -> None:
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._said = io.StringIO()
        self._calls = 0
        configure("WARNING", self._said)
        self.clock = Hands()
        self.wait(_empty(url))
        self.at: Stage = self.wait(self._stack.enter_async_context(stage(url, folder, self.clock)))
        self.promises = Promises(self.at.app.knowledge.world())

    def wait(self, coming: Coroutine[Any, Any, Any]) -> Any:
        """Runs the stage until it has come."""
        return self._runner.run(coming)

    async def rest(self, walkers: list[Walker]) -> None:
        """Waits until everything is answered, then holds what was said and what is left against the promises."""
        await self.at.settled()
        faults = [json.loads(line) for line in self._said.getvalue().splitlines()]
        assert [one for one in faults if one["level"] in ("error", "critical")] == []
        calls = self.at.sandbox.calls
        for call in calls[self._calls :]:
            self.promises.call(call)
        self._calls = len(calls)
        for walker in walkers:
            self.promises.chat(walker)
            if walker.gone:
                assert not any((await self.at.held(walker.person)).values()), "something is held after an exit"

    async def rows(self) -> int:
        """How many rows about anybody the database holds."""
        async with self.at.app.store.read() as connection:
            return sum([await connection.scalar(select(func.count()).select_from(one)) for one in ABOUT_VISITORS])

    def close(self) -> None:
        """The end of the walk."""
        try:
            self.wait(self._stack.aclose())
        finally:
            self._runner.close()
            configure("INFO")


async def _empty(url: str) -> None:
    store = open_store(url)
    async with store.write() as connection:
        for table in (*ABOUT_VISITORS, seen_updates):
            await connection.execute(delete(table))
    await store.close()


class Walk(RuleBasedStateMachine):
    """Two dozen visitors who start, go anywhere, and at the end leave."""

    def __init__(self, url: str, folder: Path, taken: Counter[str], tapped: set[str]) -> None:
        super().__init__()
        self.land = Land(url, folder)
        self.taken = taken
        self.tapped = tapped
        people = [self.land.at.sandbox.person() for _ in range(VISITORS)]
        world = self.land.at.app.knowledge.world()
        self.walkers = [Walker(self.land.at.sandbox, person, world) for person in people]

    @initialize()
    def arrive(self) -> None:
        """/start; then Ukrainian or English."""
        self._all(lambda number: (number, "start", 0))
        self._all(lambda number: (number, "tap", number % 2))

    @rule(steps=st.lists(_STEP, min_size=ROUND, max_size=ROUND))
    def go(self, steps: list[Step]) -> None:
        """Each step by whoever takes it; nobody waits for an answer before all have gone."""
        self.land.clock.move(seconds=2)
        for number, kind, choice in steps:
            self.taken[kind] += self.walkers[number].act(kind, choice)
        moved = sorted({number for number, _, _ in steps})
        self.land.wait(self.land.rest([self.walkers[number] for number in moved]))

    def _all(self, step: Callable[[int], Step]) -> None:
        self.go([step(number) for number in range(VISITORS)])

    def teardown(self) -> None:
        """Everybody leaves; nothing of anybody is left."""
        try:
            self._all(lambda number: (number, "write_exit", 0))
            assert self.land.wait(self.land.rows()) == 0
            for walker in self.walkers:
                self.land.promises.lock_screen(walker)
                self.tapped |= walker.tapped
        finally:
            self.land.close()


@pytest.mark.untraced
def test_a_random_walk_breaks_no_promise(database_url: str, tmp_path: Path) -> None:
    """Wherever visitors go and however fast: no fault, every screen framed, short and neutral, one live message,
    and after an exit the cover or nothing, and not a row."""
    wanted = STEPS[database_url.partition("+")[0]]
    rounds = 24
    chosen = settings(
        max_examples=wanted * 9 // (8 * rounds * ROUND) + 2,  # the first is the shortest; not every step can be done
        stateful_step_count=rounds,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    taken, tapped = Counter[str](), set[str]()
    run_state_machine_as_test(lambda: Walk(database_url, tmp_path, taken, tapped), settings=chosen)
    assert sum(taken.values()) >= wanted
    assert {kind for kind in taken if taken[kind]} == set(KINDS) - {"rest"}
    assert len(without_a_desk() - tapped) <= SELDOM[database_url.partition("+")[0]]
