"""Long polling: nothing is acknowledged before it is safe, and a bad day at Telegram is waited out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
import pytest_asyncio
from telegram import Bot

from bot import polling
from bot.ingest import Ingest, StoreAway
from bot.polling import NEWCOMER_SECONDS, Poller, Refused
from bot.sandbox.faults import Faults
from bot.sandbox.server import Sandbox
from bot.transport import call, client

TOKEN = "42:not_a_real_token"


class Ears:
    """Stands in for ingest: notes what it is given, and can be told to wait or to fail."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.fails = 0
        self.open = asyncio.Event()
        self.open.set()
        self.asked = asyncio.Event()

    async def take(self, updates: Sequence[Any]) -> dict[int, Any]:
        """As `Ingest.take`."""
        self.asked.set()
        await self.open.wait()
        if self.fails:
            self.fails -= 1
            raise StoreAway("OperationalError")
        self.heard += [update["update_id"] for update in updates]
        return {}


class Moment:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram without limits."""
    running = Sandbox(TOKEN)
    running.limits = running.limits.off()
    await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """Our client of it."""
    ours = client(TOKEN, sandbox.url)
    await ours.initialize()
    yield ours
    await ours.shutdown()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses as in life, a hundred times shorter."""
    monkeypatch.setattr(polling, "BACKOFF", tuple(seconds / 100 for seconds in polling.BACKOFF))
    monkeypatch.setattr(polling, "CONFLICT_PAUSE", polling.CONFLICT_PAUSE / 100)


@asynccontextmanager
async def listening(bot: Bot, ears: Ears, time: Callable[[], float]) -> AsyncIterator[Poller]:
    """A poller at work; stopped, and its end awaited, afterwards."""
    poller = Poller(bot, cast(Ingest, ears), time)
    task = asyncio.create_task(poller.run())
    try:
        yield poller
    finally:
        poller.stop()
        await task


def polls(sandbox: Sandbox) -> list[dict[str, Any]]:
    """What was asked of getUpdates so far."""
    return [one.params for one in sandbox.calls if one.method == "getUpdates"]


async def test_an_update_is_acknowledged_after_it_was_taken(sandbox: Sandbox, bot: Bot) -> None:
    """While a batch is being handled Telegram still keeps all of it; afterwards it is let go."""
    ears, anna = Ears(), sandbox.person()
    ears.open.clear()
    async with listening(bot, ears, Moment()):
        anna.send("/start")
        anna.send("Київ")
        await asyncio.wait_for(ears.asked.wait(), 5)
        assert sandbox.pending == 2
        ears.open.set()
        await sandbox.wait(lambda at: at.pending == 0)
    assert len(ears.heard) == len(set(ears.heard)) == 2


async def test_what_could_not_be_written_comes_again(
    sandbox: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away twice: nothing is acknowledged meanwhile, and each update is taken once in the end."""
    monkeypatch.setattr(polling, "STORE_PAUSE", 0.01)
    ears, anna = Ears(), sandbox.person()
    ears.fails = 2
    async with listening(bot, ears, Moment()):
        anna.send("/start")
        await sandbox.wait(lambda at: at.pending == 0)
    assert len(ears.heard) == 1
    assert [poll.get("offset", 0) for poll in polls(sandbox)[:3]] == [0, 0, 0]


async def test_a_bad_start_is_waited_out(sandbox: Sandbox, bot: Bot) -> None:
    """Telegram answers 5xx to the first calls of all: the poller asks again instead of ending."""
    ears, anna = Ears(), sandbox.person()
    anna.send("/start")
    sandbox.faults = Faults(rate_5xx=1)
    async with listening(bot, ears, Moment()):
        await sandbox.wait(lambda at: sum(one.error_code is not None for one in at.calls) >= 2)
        assert ears.heard == []
        sandbox.faults = Faults()
        await sandbox.wait(lambda at: at.pending == 0)
    assert len(ears.heard) == 1


async def test_a_webhook_of_before_is_taken_away(sandbox: Sandbox, bot: Bot) -> None:
    """Somebody used a webhook until now: the poller removes it and keeps what waited there."""
    ears, anna = Ears(), sandbox.person()
    anna.send("/start")
    await call(bot, "setWebhook", {"url": "http://127.0.0.1:9/away"})
    async with listening(bot, ears, Moment()):
        await sandbox.wait(lambda at: at.pending == 0)
    assert sandbox.cloud.webhook is None
    assert len(ears.heard) == 1


async def test_faults_between_polls_cost_time_and_no_update(sandbox: Sandbox, bot: Bot) -> None:
    """Half of the polls are dropped or refused; every update arrives, and none is skipped."""
    ears, anna = Ears(), sandbox.person()
    sandbox.faults = Faults(rate_5xx=0.25, rate_drop=0.25, methods=frozenset({"getUpdates"}))
    async with listening(bot, ears, Moment()):
        for number in range(30):
            anna.send(f"слово {number}")
            await sandbox.wait(lambda at: at.pending == 0)
        sandbox.faults = Faults()
    assert sorted(set(ears.heard)) == list(range(min(ears.heard), min(ears.heard) + 30))


async def test_telegram_asks_to_wait(sandbox: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 429 on the poll itself is obeyed for as long as it says, and then the updates come."""
    pauses: list[float] = []

    async def pause(_: Poller, seconds: float) -> None:
        pauses.append(seconds)
        sandbox.faults = Faults()

    monkeypatch.setattr(Poller, "_pause", pause)
    ears, anna = Ears(), sandbox.person()
    sandbox.faults = Faults(rate_429=1, retry_after=7, methods=frozenset({"getUpdates"}))
    anna.send("/start")
    async with listening(bot, ears, Moment()):
        await sandbox.wait(lambda at: at.pending == 0)
    assert pauses == [7]
    assert len(ears.heard) == 1


async def test_a_newcomer_gives_up(sandbox: Sandbox, bot: Bot) -> None:
    """Another process polls with the same token: who has just started ends, with one line that says what to do."""
    poller = Poller(bot, cast(Ingest, Ears()), Moment())
    task = asyncio.create_task(poller.run())
    await sandbox.wait(lambda _: bool(polls(sandbox)))
    await call(bot, "getUpdates", {"offset": 0, "timeout": 0})
    with pytest.raises(Refused, match=r"^BOT_TOKEN: another process already works with it"):
        await asyncio.wait_for(task, 5)


async def test_the_incumbent_goes_on(sandbox: Sandbox, bot: Bot) -> None:
    """Who has been here for a while is not driven out by a newcomer: it pauses, asks again and serves."""
    ears, time, anna = Ears(), Moment(), sandbox.person()
    async with listening(bot, ears, time):
        await sandbox.wait(lambda _: bool(polls(sandbox)))
        time.seconds += NEWCOMER_SECONDS + 1
        await call(bot, "getUpdates", {"offset": 0, "timeout": 0})
        await sandbox.wait(lambda _: len(polls(sandbox)) == 3)
        anna.send("/start")
        await sandbox.wait(lambda at: at.pending == 0)
    assert len(ears.heard) == 1


async def test_a_token_taken_back_ends_the_bot(sandbox: Sandbox, bot: Bot) -> None:
    """@BotFather revoked the token while we were at work: the bot ends and names the setting."""
    poller = Poller(bot, cast(Ingest, Ears()), Moment())
    task = asyncio.create_task(poller.run())
    await sandbox.wait(lambda _: bool(polls(sandbox)))
    sandbox.token = "42:another_token"
    sandbox.person().send("/start")
    with pytest.raises(Refused, match=r"^BOT_TOKEN: Telegram does not accept it"):
        await asyncio.wait_for(task, 5)


async def test_a_stop_ends_a_quiet_poll_and_acknowledges(sandbox: Sandbox, bot: Bot) -> None:
    """A stop does not wait for the long poll; what was handled is acknowledged, so the next start need not drop it."""
    ears, anna = Ears(), sandbox.person()
    ears.open.clear()
    async with listening(bot, ears, Moment()) as poller:
        anna.send("/start")
        await asyncio.wait_for(ears.asked.wait(), 5)
        poller.stop()
        ears.open.set()
        await sandbox.wait(lambda at: at.pending == 0)
    assert polls(sandbox)[-1] == {"offset": ears.heard[-1] + 1, "limit": 1, "timeout": 0}

    async with asyncio.timeout(5), listening(bot, Ears(), Moment()):
        await sandbox.wait(lambda _: polls(sandbox)[-1].get("timeout") == polling.POLL_SECONDS)


async def test_a_quiet_poll_is_a_sign_of_life(sandbox: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """No update for a while is not silence: each empty answer counts as Telegram being there."""
    monkeypatch.setattr(polling, "POLL_SECONDS", 0)
    time = Moment()
    async with listening(bot, Ears(), time) as poller:
        await sandbox.wait(lambda _: bool(polls(sandbox)))
        time.seconds += 100
        seen = len(polls(sandbox))
        await sandbox.wait(lambda _: len(polls(sandbox)) > seen + 2)
        assert poller.alive_at == time.seconds
