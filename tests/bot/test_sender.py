"""The sender: who goes next, what a refusal costs whom, and what becomes of a row when something else fails."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import sender as sender_module
from bot.delivery import Delivery, Outcome
from bot.pace import Pace
from bot.refusals import Refusal
from bot.sender import BACKOFF, EXITS_IN_FLIGHT, IN_FLIGHT, STORM_CHATS, STORM_SECONDS, Sender
from db import memory, models, outbox
from db.memory import TRACE_LIFE, Trace
from db.outbox import Kind, Lane, Order, Row
from db.sealing import Keyring
from db.store import Store
from db.visit import Visit
from tests.conftest import Hands

WAIT = Refusal.WAIT


def locked() -> OperationalError:
    """What a database that cannot be written now raises."""
    return OperationalError("INSERT", {}, Exception("database is locked"))


class Carrier:
    """Stands in for Telegram: notes every try, and answers what a test has laid out for the chat."""

    def __init__(self) -> None:
        self.tries: list[Row] = []
        self.flying: set[Row] = set()
        self.most = 0
        self.answers: dict[bytes, list[Outcome | Exception]] = defaultdict(list)
        self.open = asyncio.Event()
        self.open.set()

    async def carry(self, row: Row) -> Outcome:
        """As `Delivery.carry`."""
        self.tries.append(row)
        self.flying.add(row)
        self.most = max(self.most, len(self.flying))
        await self.open.wait()
        self.flying.discard(row)
        answer = self.answers[row.chat].pop(0) if self.answers[row.chat] else Outcome()
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def tried(self) -> list[bytes]:
        """The chats in the order of the tries."""
        return [row.chat for row in self.tries]


class Desk:
    """A sender at work on a carrier; its monotonic clock is moved by hand."""

    def __init__(self, store: Store, keys: Keyring, clock: Hands, rate: float) -> None:
        self.store, self.keys, self.clock = store, keys, clock
        self.carrier, self.order = Carrier(), Order()
        self.seconds = 1000.0
        self.sender = Sender(cast(Delivery, self.carrier), store, Pace(rate), clock, lambda: self.seconds)

    def row(self, chat: int, lane: Lane = Lane.REPLY, kind: Kind = Kind.REDRAW) -> Row:
        """A row that is not in the outbox yet."""
        now = self.clock()
        return Row(self.order.next(now), lane, self.keys.chat(chat), kind, 1, {}, now, now + TRACE_LIFE)

    async def post(self, *rows: Row) -> None:
        """Rows committed and handed over, as a batch does it."""
        async with self.store.write() as connection:
            await outbox.put(connection, self.keys, rows)
        self.sender.add(rows)

    def pass_time(self, seconds: float) -> None:
        """Time goes on, and the sender looks up."""
        self.seconds += seconds
        self.sender._awake.set()

    async def until(self, holds: Callable[[], Any]) -> None:
        """Waits until something holds; fails when it does not."""
        async with asyncio.timeout(10):
            while not holds():
                await asyncio.sleep(0.001)

    async def waiting(self) -> int:
        """Rows in the outbox."""
        async with self.store.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(models.outbox))).scalar_one())

    async def empty(self) -> None:
        """Waits until nothing is left to do."""
        await self.until(lambda: not self.sender.busy)
        assert await self.waiting() == 0


@asynccontextmanager
async def desk(store: Store, keys: Keyring, clock: Hands, rate: float = 0) -> AsyncIterator[Desk]:
    """Starts and stops it."""
    at = Desk(store, keys, clock, rate)
    task = asyncio.create_task(at.sender.run())
    try:
        yield at
    finally:
        at.carrier.open.set()
        at.sender.stop()
        await task


def refused(seconds: float) -> Outcome:
    """429 with `retry_after`."""
    return Outcome(done=False, refusal=WAIT, wait=seconds)


async def test_chats_refused_in_a_row_pause_everybody_but_exits(store: Store, keys: Keyring, clock: Hands) -> None:
    """So many 429 in a row mean the bot's own limit: ordinary lanes wait as long as told, an exit goes at once."""
    refused_ones = list(range(1, STORM_CHATS + 1))
    many = len(refused_ones)
    async with desk(store, keys, clock) as at:
        for chat in refused_ones:
            at.carrier.answers[keys.chat(chat)] = [refused(5)]
        await at.post(*(at.row(chat) for chat in refused_ones))
        await at.until(lambda: len(at.carrier.tries) == many and not at.carrier.flying)
        await at.post(at.row(14), at.row(15, Lane.URGENT), at.row(16, Lane.BACKGROUND), at.row(17, Lane.EXIT))
        await at.until(lambda: len(at.carrier.tries) == many + 1)
        assert at.carrier.tried[many] == keys.chat(17)
        at.pass_time(4.9)
        await at.post(at.row(18, Lane.EXIT))
        await at.until(lambda: len(at.carrier.tries) == many + 2)
        assert at.carrier.tried[many + 1] == keys.chat(18)
        at.pass_time(0.2)
        await at.empty()
        rest = at.carrier.tried[many + 2 :]
        assert sorted(rest) == sorted(keys.chat(chat) for chat in (*refused_ones, 14, 15, 16))
        assert rest[0] == keys.chat(15)


async def test_refusals_among_messages_that_are_accepted_are_no_storm(
    store: Store, keys: Keyring, clock: Hands
) -> None:
    """On a bad day, when every second chat is refused, the others are served all the same."""
    async with desk(store, keys, clock) as at:
        for chat in range(1, 40):
            at.carrier.answers[keys.chat(chat)] = [refused(60)] if chat % 2 else []
            await at.post(at.row(chat))
            await at.until(lambda chat=chat: len(at.carrier.tries) == chat and not at.carrier.flying)
        at.pass_time(60)
        await at.empty()


async def test_two_chats_refused_pause_only_themselves(store: Store, keys: Keyring, clock: Hands) -> None:
    """A 429 that concerns a chat leaves everybody else alone, however often that chat is refused."""
    async with desk(store, keys, clock) as at:
        for chat in (1, 2):
            at.carrier.answers[keys.chat(chat)] = [refused(5), refused(5)]
        await at.post(at.row(1), at.row(2), at.row(1, kind=Kind.OTHER), at.row(2, kind=Kind.OTHER))
        await at.until(lambda: len(at.carrier.tries) == 4 and not at.carrier.flying)
        await at.post(at.row(3))
        await at.until(lambda: keys.chat(3) in at.carrier.tried)
        assert len(at.carrier.tries) == 5
        at.pass_time(5.1)
        await at.empty()


async def test_refusals_far_apart_are_no_storm(store: Store, keys: Keyring, clock: Hands) -> None:
    """Chats refused one after another, more than a second apart, pause nobody else."""
    last = STORM_CHATS + 1
    async with desk(store, keys, clock) as at:
        for chat in range(1, last):
            at.carrier.answers[keys.chat(chat)] = [refused(60)]
            await at.post(at.row(chat))
            await at.until(lambda chat=chat: len(at.carrier.tries) == chat and not at.carrier.flying)
            at.pass_time(STORM_SECONDS + 0.1)
        await at.post(at.row(last))
        await at.until(lambda: keys.chat(last) in at.carrier.tried)
        at.pass_time(60)
        await at.empty()


async def test_a_broken_call_is_tried_again_ever_later(store: Store, keys: Keyring, clock: Hands) -> None:
    """After 5xx and dropped connections the pauses grow; the row stays in the outbox until it is accepted."""
    async with desk(store, keys, clock) as at:
        unknown = Outcome(done=False, refusal=Refusal.UNKNOWN)
        at.carrier.answers[keys.chat(1)] = [unknown, unknown, unknown]
        await at.post(at.row(1))
        for attempt, seconds in enumerate(BACKOFF[:3], 1):
            await at.until(lambda attempt=attempt: len(at.carrier.tries) == attempt and not at.carrier.flying)
            at.pass_time(seconds - 0.01)
            await at.post(at.row(100 + attempt))
            await at.until(lambda attempt=attempt: keys.chat(100 + attempt) in at.carrier.tried)
            at.carrier.tries[:] = [row for row in at.carrier.tries if row.chat == keys.chat(1)]
            assert len(at.carrier.tries) == attempt
            assert await at.waiting() >= 1
            at.pass_time(0.02)
        await at.empty()
        assert len(at.carrier.tries) == 4


@pytest.mark.parametrize("fault", [locked(), ConnectionRefusedError(), OSError(28, "No space left on device")])
async def test_a_row_waits_while_the_database_is_away(
    store: Store, keys: Keyring, clock: Hands, fault: Exception
) -> None:
    """A row whose delivery needs the database (a new message's id) is tried again, not given up."""
    async with desk(store, keys, clock) as at:
        at.carrier.answers[keys.chat(1)] = [fault]
        await at.post(at.row(1))
        await at.until(lambda: len(at.carrier.tries) == 1 and not at.carrier.flying)
        assert await at.waiting() == 1
        at.pass_time(BACKOFF[0])
        await at.empty()
        assert len(at.carrier.tries) == 2


async def test_a_defect_of_ours_stops_one_row_only(store: Store, keys: Keyring, clock: Hands) -> None:
    """A row that cannot be carried at all is given up; its chat's next row and everybody else go on."""
    async with desk(store, keys, clock) as at:
        at.carrier.answers[keys.chat(1)] = [KeyError("fields")]
        await at.post(at.row(1), at.row(1, kind=Kind.DELETE), at.row(2))
        await at.empty()
        assert sorted(at.carrier.tried) == sorted([keys.chat(1), keys.chat(1), keys.chat(2)])


async def test_exits_have_places_of_their_own(store: Store, keys: Keyring, clock: Hands) -> None:
    """With every ordinary place in flight an exit still starts at once; nobody takes more places than there are."""
    async with desk(store, keys, clock) as at:
        at.carrier.open.clear()
        await at.post(*(at.row(chat) for chat in range(1, IN_FLIGHT + 51)))
        await at.until(lambda: len(at.carrier.tries) == IN_FLIGHT)
        exits = [at.row(1000 + number, Lane.EXIT) for number in range(EXITS_IN_FLIGHT + 5)]
        await at.post(*exits)
        await at.until(lambda: len(at.carrier.tries) == IN_FLIGHT + EXITS_IN_FLIGHT)
        assert at.carrier.tries[IN_FLIGHT:] == exits[:EXITS_IN_FLIGHT]
        at.carrier.open.set()
        await at.empty()
        assert at.carrier.most == IN_FLIGHT + EXITS_IN_FLIGHT


async def test_an_exit_goes_before_everything_that_waits(store: Store, keys: Keyring, clock: Hands) -> None:
    """Our own limit holds back hundreds of replies; the exit that comes last is the next call all the same."""
    async with desk(store, keys, clock, rate=30) as at:
        await at.post(*(at.row(chat) for chat in range(1, 201)))
        await at.until(lambda: at.carrier.tries and not at.carrier.flying)
        before = len(at.carrier.tries)
        await at.post(at.row(999, Lane.EXIT))
        await at.until(lambda: len(at.carrier.tries) > before)
        assert at.carrier.tried[before] == keys.chat(999)
        assert at.sender.lines.waiting > 150


async def test_whoever_is_here_goes_before_all_that_fades(store: Store, keys: Keyring, clock: Hands) -> None:
    """Hundreds of visits fade and use up what Telegram takes; the screen for a tap is the next call, at once."""
    async with desk(store, keys, clock, rate=30) as at:
        await at.post(*(at.row(chat, Lane.BACKGROUND) for chat in range(1, 201)))
        await at.until(lambda: at.carrier.tries and not at.carrier.flying)
        for number in range(10):
            before = len(at.carrier.tries)
            await at.post(at.row(1000 + number))
            await at.until(lambda before=before: len(at.carrier.tries) > before)
            assert at.carrier.tried[before] == keys.chat(1000 + number)
            at.pass_time(1)
            await at.until(lambda before=before: len(at.carrier.tries) > before + 1 and not at.carrier.flying)
        assert at.sender.lines.waiting > 150


async def test_after_a_rush_of_exits_the_next_room_is_an_exits(store: Store, keys: Keyring, clock: Hands) -> None:
    """So many leave at once that Telegram's whole limit is used up: not one reply goes before the last of them."""
    async with desk(store, keys, clock, rate=30) as at:
        await at.post(*(at.row(chat) for chat in range(1, 101)))
        await at.until(lambda: at.carrier.tries and not at.carrier.flying)
        before = len(at.carrier.tries)
        exits = [at.row(1000 + number, Lane.EXIT) for number in range(20)]
        await at.post(*exits)
        await at.until(lambda: at.pass_time(0.034) or len(at.carrier.tries) > before + 20)
        assert at.carrier.tries[before : before + 20] == exits


async def test_a_place_is_given_back_when_the_outbox_knows(
    store: Store, keys: Keyring, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While what is done cannot be written down it is tried again, and its place stays taken: a crash could
    repeat no more than what is in flight."""
    monkeypatch.setattr(sender_module, "STORE_PAUSE", 0.01)
    failing, refusals = asyncio.Event(), 0
    drop = outbox.drop

    async def away(connection: AsyncConnection, ids: list[int]) -> None:
        nonlocal refusals
        if ids and not failing.is_set():
            refusals += 1
            raise locked()
        await drop(connection, ids)

    monkeypatch.setattr(outbox, "drop", away)
    async with desk(store, keys, clock) as at:
        await at.post(*(at.row(chat) for chat in range(1, IN_FLIGHT + 11)))
        await at.until(lambda: refusals >= 3)
        assert len(at.carrier.tries) == IN_FLIGHT
        assert await at.waiting() == IN_FLIGHT + 10
        failing.set()
        await at.empty()
        assert len(at.carrier.tries) == len(set(at.carrier.tries)) == IN_FLIGHT + 10


async def test_who_cannot_be_reached_is_forgotten(
    store: Store, keys: Keyring, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a 403 nothing waits for that chat and nothing is remembered of it, even when the database is away
    at first; the chat beside it keeps everything."""
    monkeypatch.setattr(sender_module, "STORE_PAUSE", 0.01)
    failures, forget = [locked(), ConnectionRefusedError()], memory.forget

    async def away(connection: AsyncConnection, chats: list[bytes]) -> None:
        if chats and failures:
            raise failures.pop()
        await forget(connection, chats)

    async with store.write() as connection:
        for chat in (1, 2):
            await memory.keep_visits(connection, keys, {keys.chat(chat): Visit(chat, 1)}, clock())
            await memory.add_traces(connection, keys, [Trace(chat, 5, clock())])
    monkeypatch.setattr(memory, "forget", away)
    async with desk(store, keys, clock) as at:
        at.carrier.answers[keys.chat(1)] = [Outcome(refusal=Refusal.UNREACHABLE)]
        await at.post(at.row(1), at.row(1, kind=Kind.DELETE), at.row(1, Lane.EXIT, Kind.DELETE), at.row(2))
        await at.empty()
    async with store.read() as connection:
        assert not any((await memory.holdings(connection, keys, 1)).values())
        assert (await memory.holdings(connection, keys, 2))["visits"] == 1
    assert failures == []


async def test_a_stop_awaits_what_is_in_flight_and_starts_nothing(store: Store, keys: Keyring, clock: Hands) -> None:
    """A drain: the call under way is heard to its end and recorded; what waits stays in the outbox."""
    at = Desk(store, keys, clock, 0)
    task = asyncio.create_task(at.sender.run())
    at.carrier.open.clear()
    await at.post(at.row(1), at.row(1, kind=Kind.DELETE))
    await at.until(lambda: at.carrier.flying)
    at.sender.stop()
    await asyncio.sleep(0)
    assert not task.done()
    at.carrier.open.set()
    await asyncio.wait_for(task, 5)
    assert len(at.carrier.tries) == 1
    assert await at.waiting() == 1
