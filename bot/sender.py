"""The sender: takes rows that are committed, lane by lane, and has Telegram accept them.

Memory mirrors the outbox; after a restart it is filled from it. A place in flight is given back only when the
outbox knows that the row is done, so what a crash can repeat is at most what was in flight.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

import structlog

from bot import metrics
from bot.delivery import Delivery, Outcome
from bot.ledger import Ledger
from bot.lines import Line, Lines
from bot.pace import MESSAGES, Pace
from bot.refusals import Refusal
from db import memory, outbox
from db.outbox import Kind, Lane, Row
from db.store import STORE_FAULTS, Store

log = structlog.get_logger()

IN_FLIGHT = 100  # calls at once …
EXITS_IN_FLIGHT = 40  # … and this many more for exits
BACKOFF = (0.5, 1, 2, 4, 8, 15, 30)  # seconds after a broken connection or a 5xx, by attempts
STORM_CHATS = 4  # so many chats refused in a row within STORM_SECONDS: the limit is the bot's, not a chat's
STORM_SECONDS = 1.0
STORE_PAUSE = 0.5  # seconds before a failed write is tried again
SETTLE_WINDOW = 0.03  # seconds in which what is done is gathered for one write …
SETTLE_AT_ONCE = 50  # … unless so many come together earlier: places in flight must not run out
DRAIN_SECONDS = 20  # how long a stop waits for the calls in flight


class Sender:
    """Sends what waits. `time` is a monotonic clock in seconds."""

    def __init__(
        self, delivery: Delivery, store: Store, pace: Pace, now: Callable[[], datetime], time: Callable[[], float]
    ) -> None:
        self.lines = Lines()
        self._delivery = delivery
        self._store = store
        self._pace = pace
        self._now = now
        self._time = time
        self._awake = asyncio.Event()
        self._settling: asyncio.Event | None = None
        self._writing: set[asyncio.Task[None]] = set()
        self._many = asyncio.Event()
        self._flying: set[asyncio.Task[None]] = set()
        self._flying_exits = 0
        self._settled: list[tuple[int, list[bytes]]] = []
        self._tried: list[int] = []
        self._unreachable: list[bytes] = []
        self._storm: deque[tuple[float, bytes]] = deque()
        self._paused_until = 0.0
        self._stopping = False
        self.exits_settled = True  # whether an exit may have ended since the WAL was last emptied; a crash hides one

    @property
    def busy(self) -> int:
        """How many rows wait or are in flight."""
        return self.lines.waiting + len(self._flying)

    def announced(self) -> set[int]:
        """Cases whose answers have reached their visitor's chat since this was last asked."""
        found, self._delivery.announced = self._delivery.announced, set()
        return found

    def groups(self) -> dict[bytes, bool]:
        """Which desks' groups took a message, or refuse the bot, since this was last asked."""
        found, self._delivery.groups = self._delivery.groups, {}
        return found

    def accept(self, ledger: Ledger) -> None:
        """Takes over what a batch has committed."""
        fading = [chat for chat, (_, _, lane) in ledger.left.items() if lane is Lane.BACKGROUND]
        self.lines.fade(fading)
        lifted = self.lines.leave(ledger.left.keys() - set(fading))
        if ledger.replaced:
            self.lines.replace(ledger.replaced, {row.chat for row in ledger.rows})
        self.add([*ledger.rows, *lifted])

    def add(self, rows: Iterable[Row]) -> None:
        """More rows to send; they are in the outbox already."""
        for row in rows:
            self.lines.add(row)
        self._awake.set()

    async def run(self) -> None:
        """Works until `stop`."""
        while not self._stopping:
            self._awake.clear()
            wait = self._start_what_may_go()
            metrics.WAITING.set(self.lines.waiting)
            try:
                async with asyncio.timeout(wait):
                    await self._awake.wait()
            except TimeoutError:
                continue
        if self._flying:
            await asyncio.wait(self._flying, timeout=DRAIN_SECONDS)

    def stop(self) -> None:
        """No new calls; those in flight are awaited by `run`. What waits stays in the outbox."""
        self._stopping = True
        self._many.set()
        self._awake.set()

    # --- choosing ---

    def _start_what_may_go(self) -> float | None:
        """Starts every row that may go now; seconds until another may, None when only an event can tell."""
        now = self._time()
        self.lines.wake(now)
        waits = [self._start_lane(lane, now) for lane in Lane]
        due = self.lines.next_wake()
        waits.append(None if due is None else max(0.0, due - now))
        return min((wait for wait in waits if wait is not None), default=None)

    def _start_lane(self, lane: Lane, now: float) -> float | None:
        if lane is not Lane.EXIT and now < self._paused_until:
            return self._paused_until - now
        for line, row in self.lines.ready(lane, now):
            wait = self._pace.lane_delay(lane, now)
            if wait or not self._place_for(lane):
                self.lines.give_back(line)
                return wait or None
            if wait := self._pace.chat_delay(row, now):
                self.lines.put_off(line, now + wait)
                continue
            self._start(line, row)
        return None

    def _place_for(self, lane: Lane) -> bool:
        if lane is Lane.EXIT:
            return self._flying_exits < EXITS_IN_FLIGHT
        return len(self._flying) - self._flying_exits < IN_FLIGHT

    def _start(self, line: Line, row: Row) -> None:
        self.lines.take(line, row)
        if row.lane is Lane.EXIT:
            self._flying_exits += 1
            self._awake.set()  # its wipe may go at once, too
        self._pace.spend(row, self._time())
        task = asyncio.create_task(self._carry(line, row))
        self._flying.add(task)
        task.add_done_callback(lambda landed: self._landed(landed, row))

    # --- carrying ---

    async def _carry(self, line: Line, row: Row) -> None:
        try:
            outcome = await self._delivery.carry(row)
        except STORE_FAULTS as fault:  # the store is away: the row waits as after a broken connection
            log.error("store_failed", fault=type(fault).__name__)
            outcome = Outcome(done=False, refusal=Refusal.UNKNOWN)
        except Exception as fault:
            log.error("row_failed", kind=row.kind.value, fault=type(fault).__name__)
            outcome = Outcome(refusal=Refusal.BROKEN)
        if outcome.rows:
            self.add(outcome.rows)
        if row.kind is Kind.REDRAW:
            self.lines.seat(line, row)
        if outcome.done:
            await self._finish(line, row, outcome)
        else:
            self._retry(line, row, outcome)

    def _landed(self, task: asyncio.Task[None], row: Row) -> None:
        """The place is free, and only now may the next be told so: not from inside the task that still has it."""
        self._flying.discard(task)
        self._flying_exits -= row.lane is Lane.EXIT
        self._awake.set()

    async def _finish(self, line: Line, row: Row, outcome: Outcome) -> None:
        if outcome.refusal is Refusal.UNREACHABLE:
            self.lines.drop(row.chat)
            self._unreachable.append(row.chat)
        if outcome.refusal is None and row.kind in MESSAGES:
            self._storm.clear()
        settled = self.lines.finish(line, row)
        self._settled.extend((one.id, outcome.erased) for one in settled)
        if row.lane is Lane.EXIT and row.kind is Kind.REDRAW:
            metrics.EXIT_SECONDS.observe(max(0.0, (self._now() - row.made_at).total_seconds()))
        self._awake.set()
        await self._settle().wait()
        self.exits_settled |= row.lane in (Lane.EXIT, Lane.BACKGROUND)  # not earlier: its row was in the outbox still

    def _retry(self, line: Line, row: Row, outcome: Outcome) -> None:
        now = self._time()
        wait = outcome.wait
        if outcome.refusal is Refusal.WAIT:
            self._note_storm(row, now, wait)
        elif outcome.refusal is Refusal.UNKNOWN:
            wait = BACKOFF[min(row.attempts, len(BACKOFF) - 1)]
        row.attempts += 1
        self._tried.append(row.id)
        self.lines.retry(line, row, now + wait)

    def _note_storm(self, row: Row, now: float, wait: float) -> None:
        """A 429 pauses its chat; when several chats are refused one after the other, with no message accepted in
        between, it is the bot's own limit, and the ordinary lanes pause. Exits go on: their first call is worth a
        try."""
        self._storm.append((now, row.chat))
        while self._storm and self._storm[0][0] < now - STORM_SECONDS:
            self._storm.popleft()
        if len({chat for _, chat in self._storm}) >= STORM_CHATS:
            self._paused_until = max(self._paused_until, now + wait)
            log.warning("telegram_asks_to_wait", seconds=wait)

    # --- settling ---

    def _settle(self) -> asyncio.Event:
        """Set when what is done by now is recorded: the first to come begins the write, the others join."""
        if self._settling is None:
            self._settling = asyncio.Event()
            task = asyncio.create_task(self._settle_together(self._settling))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)
        if len(self._settled) >= SETTLE_AT_ONCE:
            self._many.set()
        return self._settling

    async def _settle_together(self, recorded: asyncio.Event) -> None:
        """Removes what is done from the outbox, a moment later or as soon as many are done or the bot stops."""
        if not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(SETTLE_WINDOW):
                    await self._many.wait()
        self._many.clear()
        self._settling = None
        done, tried, gone = self._settled, self._tried, self._unreachable
        self._settled, self._tried, self._unreachable = [], [], []
        try:
            await self._record(done, tried, gone)
        finally:
            recorded.set()

    async def _record(self, done: list[tuple[int, list[bytes]]], tried: list[int], gone: list[bytes]) -> None:
        while True:
            try:
                async with self._store.write() as connection:
                    await outbox.drop_all(connection, gone)  # nobody can be reached there: nothing waits,
                    await memory.forget(connection, gone)  # nothing is remembered
                    await outbox.drop(connection, [number for number, _ in done])
                    await memory.drop_traces(connection, [one for _, erased in done for one in erased])
                    await outbox.tried(connection, tried)
            except STORE_FAULTS as fault:
                log.error("store_failed", fault=type(fault).__name__)
                await asyncio.sleep(STORE_PAUSE)
            else:
                return
