"""`kill -9` at any moment loses nothing (promise 3): the bot as a real process, dying over and over."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from bot.sandbox.faults import Faults
from bot.sandbox.server import Sandbox
from bot.sender import EXITS_IN_FLIGHT, IN_FLIGHT
from db.sealing import Keyring
from db.store import Store
from tests.chaos.crowd import Crowd, knowledge
from tests.chaos.process import SECRET, Process, bot, telegram
from tests.chaos.repeats import out_of_order, repeats, screens_of, sends_that_are_not_shells
from tests.chaos.settled import count, held, tallied, unanswered

pytestmark = pytest.mark.processes

SETTLE_SECONDS = 60.0
BEHIND = 300  # updates; further behind on a slow machine, taps grow older than 150 s, and Telegram drops those
# A Telegram some milliseconds away, so that calls are truly under way when the end comes.
FAR = Faults(
    delay=(0.002, 0.02),
    methods=frozenset({"sendMessage", "editMessageText", "deleteMessage", "deleteMessages", "answerCallbackQuery"}),
)


@dataclass(frozen=True)
class Plan:
    """How often it dies, how much comes in, from how many."""

    kills: int
    updates: int
    people: int
    seed: int = 7


PLANS = {"sqlite": Plan(50, 2000, 200), "postgresql": Plan(6, 240, 40)}


def under_way(sandbox: Sandbox) -> int:
    """Calls Telegram has received and not answered yet."""
    return sum(call.ok is None and call.method != "getUpdates" for call in sandbox.calls[-300:])


async def pour(crowd: Crowd, updates: int, random: Random) -> None:
    """So many updates, in fits and starts."""
    for _ in range(updates):
        crowd.act()
        await asyncio.sleep(random.random() * 0.01)


async def die(process: Process, random: Random) -> int:
    """Once in a while while it still starts, else soon after it has begun to serve. How many calls were under way."""
    if random.random() < 0.1:
        await asyncio.sleep(random.random())
    else:
        await process.serves()
        while process.sandbox.pending > BEHIND:
            await asyncio.sleep(0.01)
        await asyncio.sleep(random.random() ** 3)  # most of them in the rush of what had waited
    flying = under_way(process.sandbox)
    assert await process.end(signal.SIGKILL) == -signal.SIGKILL
    return flying


async def quiet(sandbox: Sandbox, store: Store) -> None:
    """Waits until every update is confirmed and every row is sent."""
    async with asyncio.timeout(SETTLE_SECONDS):
        calm = 0
        while calm < 3:
            calm = 0 if sandbox.pending or under_way(sandbox) or await count(store, "outbox") else calm + 1
            await asyncio.sleep(0.02)


def told(kills: int, calls: int, flying: Sequence[int], again: Counter[str], orphans: int) -> str:
    """The line that is printed."""
    what = ", ".join(f"{method} {number}" for method, number in sorted(again.items()) if number) or "no call"
    return (
        f"{kills} kills, {calls} calls, up to {max(flying)} under way at a kill ({sum(flying)} in all); "
        f"said again: {what}; messages left behind: {orphans}; {(again.total() + orphans) / kills:.0f} a kill, "
        f"of at most {IN_FLIGHT + EXITS_IN_FLIGHT} calls in flight or not yet recorded"
    )


async def test_kill_at_any_moment(
    database_url: str, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed again and again while updates pour in, the bot in the end has done what each of them asked, once: every
    chat shows its person's last screen or the cover, nothing typed is left, who left is forgotten, every count is
    exact. What was said twice is no more than what was in flight, and harmless."""
    plan = PLANS[database_url.partition("+")[0]]
    random = Random(plan.seed)  # noqa: S311 (repeatable, no secret)
    folder, flying, starts = tmp_path / "bot", [0], list[int]()
    async with telegram() as sandbox:
        sandbox.faults = FAR
        crowd = Crowd(sandbox, *await knowledge(store), random, plan.people)
        for _ in range(plan.kills):
            starts.append(len(sandbox.calls))
            pouring = asyncio.create_task(pour(crowd, plan.updates // plan.kills, random))
            async with bot(folder, sandbox, database_url) as process:
                flying.append(await die(process, random))
            await pouring
        starts.append(len(sandbox.calls))
        async with bot(folder, sandbox, database_url) as process:
            await process.serves()
            await quiet(sandbox, store)
            assert await process.end(signal.SIGTERM) == 0

        again, orphans = repeats(sandbox.calls), crowd.orphans()
        with capsys.disabled():
            print(f"\n{told(plan.kills, len(sandbox.calls), flying, again, orphans)}")  # noqa: T201 (a figure to be seen)
        assert crowd.acted == plan.updates == await count(store, "seen_updates")
        assert await tallied(store) == crowd.counts
        assert [wrong for member in crowd.members if (wrong := crowd.wrong(member))] == []
        assert await held(crowd, store, Keyring(SECRET.encode(), folder / "keys")) == []
        assert unanswered(crowd, sandbox) == []
        assert sends_that_are_not_shells(sandbox.calls) == []
        lives = [screens_of(sandbox.calls[first:last]) for first, last in pairwise((*starts, None))]
        assert [
            wrong
            for one in crowd.members
            if (wrong := out_of_order([seen[one.person.chat_id] for seen in lives], one.screens))
        ] == []
        assert again.total() + orphans <= plan.kills * (IN_FLIGHT + EXITS_IN_FLIGHT)
        words = (folder / "log").read_text()
        for event in ("Traceback", "flow_failed", "batch_failed", "row_failed", "call_refused"):
            assert event not in words
