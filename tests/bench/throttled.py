"""A Bot API that keeps Telegram's limits and has bad days: for what exits and fades cost everybody else.

Visitors of two kinds: those who tap and see their screen redrawn, and those who leave. As in `fast_api`, it is a
process of its own, told what to do under /bench/, and ends when its standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import uvloop

from tests.bench.chats import NO_KEYBOARD
from tests.bench.fast_api import ASKED_OF_US, HOST, NONE_NEW, QUIETLY_DONE, TRUE
from tests.bench.parameters import parameters
from tests.bench.updates import message, tap_update
from tests.bench.wire import Call, Wire

LIVE = 10  # id of everybody's live message; what a leaver wrote and was sent comes after it
TAPS = ("1/sos", "1/home")  # each shows another screen than the one before
EXIT = "1/exit"
RATE, BURST = 30.0, 30.0  # calls a second, Bot API FAQ; as the sandbox counts
RETRY_AFTER = 1  # seconds; Telegram knows no shorter
METERED = frozenset(("sendMessage", "editMessageText"))
_TOO_MANY = (
    b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}'
)
_TICK = 0.005


@dataclass(slots=True)
class Tapper:
    """One who stays: when the waiting tap was made, 0 when none waits."""

    chat: int
    step: int = 0
    made: float = 0.0


@dataclass(slots=True)
class Leaver:
    """One who leaves: what happened when. `left` holds the messages that are still in the chat."""

    chat: int
    left: set[int]
    tapped: float = 0.0
    handed: float = 0.0
    called: float = 0.0  # the first call for the exit arrived, whether or not it was refused
    covered: float = 0.0
    wiped: float = 0.0

    @property
    def gone(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.covered and self.wiped)


@dataclass
class Play:
    """What is being played, and what came of it."""

    tappers: dict[int, Tapper] = field(default_factory=dict)
    leavers: dict[int, Leaver] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)  # seconds from a tap to its screen
    again: bool = False  # whoever sees a screen taps at once
    rate: float = 0.0  # otherwise: taps a second, over all
    every: float = 0.0  # seconds between two exits
    refuse: float = 0.0  # share of calls answered 429
    until: float = 0.0
    next_tap: float = 0.0
    next_exit: float = 0.0
    served: list[int] = field(default_factory=list)  # chats in the order of their redraws
    faded: int = 0  # covers of chats that are neither


class Throttled:
    """The methods a bot calls, and under /bench/ the ones the bench calls."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.play = Play()
        self.first_poll: float | None = None
        self._random = Random(7)  # noqa: S311 (repeatable, no secret)
        self._whole_at = 0.0
        self._number = int(100 * time.time())  # of updates: a bot that is started again must not know them
        self._updates: deque[tuple[int, bytes, Leaver | None]] = deque()
        self._poll: Call | None = None
        self._poll_ends: asyncio.TimerHandle | None = None

    # --- the bot ---

    def serve(self, call: Call) -> None:
        """Answers one call."""
        _, first, method = call.path.partition(b"?")[0].decode().split("/", 2)
        if first == "bench":
            call.answer(self._told(method, json.loads(call.body or b"{}")))
            return
        known = parameters(call)
        if method == "getUpdates":
            self._get_updates(call, int(known.get("offset") or 0), float(known.get("timeout") or 0))
        elif method in ASKED_OF_US or method in QUIETLY_DONE or method.startswith("set"):
            call.answer(ASKED_OF_US.get(method, TRUE))
        else:
            self._note(method, known)
            if self._refused(method):
                call.answer(_TOO_MANY, 429)
            else:
                call.answer(self._done(method, known))

    def _refused(self, method: str) -> bool:
        """Telegram's limit, and the bad day."""
        if self.play.refuse and self._random.random() < self.play.refuse:
            return True
        if method not in METERED:
            return False
        now = self.clock()
        whole = max(self._whole_at, now) + 1 / RATE
        if whole - now > BURST / RATE:
            return True
        self._whole_at = whole
        return False

    def _note(self, method: str, known: dict[str, Any]) -> None:
        leaver = self.play.leavers.get(int(known.get("chat_id") or 0))
        if leaver and leaver.tapped and method != "answerCallbackQuery" and not leaver.called:
            leaver.called = self.clock()

    def _done(self, method: str, known: dict[str, Any]) -> bytes:
        chat = int(known.get("chat_id") or 0)
        match method:
            case "editMessageText":
                self._edited(chat)
                return b'{"ok":true,"result":%s}' % message(chat, LIVE, NO_KEYBOARD).encode()
            case "deleteMessage" | "deleteMessages":
                ids = known.get("message_ids") or [known["message_id"]]
                self._deleted(chat, set(map(int, json.loads(ids) if isinstance(ids, str) else ids)))
        return TRUE

    def _edited(self, chat: int) -> None:
        now, play = self.clock(), self.play
        if leaver := play.leavers.get(chat):
            leaver.covered = leaver.covered or now
        elif (tapper := play.tappers.get(chat)) is None:
            play.faded += 1
        elif tapper.made:
            play.waits.append(now - tapper.made)
            play.served.append(chat)
            tapper.made = 0.0
            if play.again and now < play.until:
                self._tap(tapper)

    def _deleted(self, chat: int, ids: set[int]) -> None:
        if leaver := self.play.leavers.get(chat):
            leaver.left -= ids
            if not leaver.left:
                leaver.wiped = leaver.wiped or self.clock()

    # --- the visitors ---

    def _tap(self, tapper: Tapper) -> None:
        tapper.made = self.clock()
        tapper.step += 1
        self._push(tapper.chat, TAPS[tapper.step % len(TAPS)])

    def _push(self, chat: int, data: str, leaver: Leaver | None = None) -> None:
        self._number += 1
        self._updates.append((self._number, tap_update(self._number, chat, LIVE, data, NO_KEYBOARD), leaver))
        asyncio.get_running_loop().call_soon(self._give)

    def tick(self) -> None:
        """Time has passed: whoever is due taps or leaves."""
        now, play = self.clock(), self.play
        if now >= play.until:
            return
        while play.rate and now >= play.next_tap:
            play.next_tap = max(play.next_tap + 1 / play.rate, now - 0.1)
            if idle := [one for one in play.tappers.values() if not one.made]:
                self._tap(idle[self._random.randrange(len(idle))])
        if play.every and now >= play.next_exit:
            play.next_exit = now + play.every
            if leaver := next((one for one in play.leavers.values() if not one.tapped), None):
                leaver.tapped = now
                self._push(leaver.chat, EXIT, leaver)

    # --- getUpdates ---

    def _get_updates(self, call: Call, offset: int, seconds: float) -> None:
        if self.first_poll is None:
            self.first_poll = self.clock()
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        self._poll = call
        self._give()
        if self._poll is not None:
            self._poll_ends = asyncio.get_running_loop().call_later(seconds, self._end, NONE_NEW)

    def _give(self) -> None:
        if self._poll is None or not self._updates:
            return
        some = [self._updates[number] for number in range(min(100, len(self._updates)))]
        now = self.clock()
        for _, _, leaver in some:
            if leaver and not leaver.handed:
                leaver.handed = now
        self._end(b'{"ok":true,"result":[%s]}' % b",".join(body for _, body, _ in some))

    def _end(self, body: bytes) -> None:
        if self._poll is None:
            return
        call, self._poll = self._poll, None
        if self._poll_ends is not None:
            self._poll_ends.cancel()
            self._poll_ends = None
        call.answer(body)

    # --- the bench's own calls ---

    def _told(self, order: str, told: dict[str, Any]) -> bytes:
        match order:
            case "await":
                self.first_poll = None
            case "play":
                self._begin(**told)
        return json.dumps(self.state()).encode()

    def _begin(
        self,
        seconds: float,
        tappers: tuple[int, int] = (0, 0),
        leavers: tuple[int, int] = (0, 0),
        messages: int = 0,
        **how: Any,
    ) -> None:
        """Chats `first`, `first + 1`, … of each kind; `how` is the rest of a `Play`."""
        now = self.clock()
        self.play = Play(
            {chat: Tapper(chat) for chat in range(tappers[0], sum(tappers))},
            {chat: Leaver(chat, set(range(LIVE + 1, LIVE + 1 + messages))) for chat in range(leavers[0], sum(leavers))},
            until=now + seconds,
            next_tap=now,
            next_exit=now + how.pop("after", 0.0),
            **how,
        )
        if self.play.again:
            for tapper in self.play.tappers.values():
                self._tap(tapper)

    def state(self) -> dict[str, Any]:
        """What came of it so far."""
        play, now = self.play, self.clock()
        left = [one for one in play.leavers.values() if one.tapped]
        over = now >= play.until
        return {
            "first_poll": self.first_poll,
            "over": over,
            "waits": play.waits if over else [],
            "served": play.served if over else [],
            "waiting": sum(bool(one.made) for one in play.tappers.values()),
            "longest": max((now - one.made for one in play.tappers.values() if one.made), default=0.0),
            "exits": len(left),
            "handed": [one.handed - one.tapped for one in left if one.handed] if over else [],
            "first": [(one.called or now) - (one.handed or one.tapped) for one in left] if over else [],
            "felt": [(one.called or now) - one.tapped for one in left] if over else [],
            "wiped": [(max(one.covered, one.wiped) if one.gone else now) - one.tapped for one in left] if over else [],
            "unfinished": sum(not one.gone for one in left),
            "faded": play.faded,
        }

    async def keep_time(self) -> None:
        """Lets the visitors see time pass, for as long as it runs."""
        while True:
            self.tick()
            await asyncio.sleep(_TICK)


async def run() -> None:
    """Serves on a free port, which is written to standard output, until standard input closes."""
    api = Throttled(time.monotonic)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Wire(api.serve), HOST, 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ticking = asyncio.create_task(api.keep_time())
    await loop.run_in_executor(None, sys.stdin.read)
    ticking.cancel()
    server.close()


if __name__ == "__main__":
    uvloop.run(run())
