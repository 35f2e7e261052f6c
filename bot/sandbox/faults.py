"""Bad days: answers of 429 and 5xx, delays, dropped connections, and calls held in flight on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.calls import Call


class Fate(Enum):
    """What becomes of a call."""

    ANSWERED = "answered"
    TOO_MANY = "429"
    SERVER_ERROR = "5xx"
    DROPPED_BEFORE = "connection dropped before the effect"
    DROPPED_AFTER = "connection dropped after the effect"


@dataclass
class Faults:
    """Shares of calls (0..1) that meet each fault. 429 and 5xx have no effect; a drop may come on either side
    of it. `methods` narrows the faults to those methods (None means all of them, getUpdates included), `chats` to
    calls that concern those chats."""

    rate_429: float = 0.0
    rate_5xx: float = 0.0
    rate_drop: float = 0.0
    delay: tuple[float, float] = (0.0, 0.0)  # seconds, shortest and longest
    retry_after: int = 1  # seconds
    methods: frozenset[str] | None = None
    chats: frozenset[int] | None = None

    def concern(self, method: str, chat_id: int | None = None) -> bool:
        """Whether a call to this method, about this chat, meets them."""
        return (self.methods is None or method in self.methods) and (self.chats is None or chat_id in self.chats)

    def fate(self, random: Random) -> Fate:
        draw = random.random()
        if draw < self.rate_429:
            return Fate.TOO_MANY
        if draw < self.rate_429 + self.rate_5xx:
            return Fate.SERVER_ERROR
        if draw < self.rate_429 + self.rate_5xx + self.rate_drop:
            return random.choice((Fate.DROPPED_BEFORE, Fate.DROPPED_AFTER))
        return Fate.ANSWERED


@dataclass(eq=False)
class Gate:
    """Holds the next matching call. `arrived` is set when it is here; nothing more happens until `release`."""

    method: str
    chat_id: int | None
    on_release: Callable[[], None]
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    call: Call | None = None
    fate: Fate = Fate.ANSWERED
    _open: asyncio.Event = field(default_factory=asyncio.Event)

    def matches(self, call: Call) -> bool:
        return call.method == self.method and self.chat_id in (None, call.chat_id)

    def release(self, fate: Fate = Fate.ANSWERED) -> None:
        """Lets the call go on, to the given fate. Releasing a gate nothing arrived at takes it away."""
        self.fate = fate
        self._open.set()
        self.on_release()

    def drop(self) -> None:
        """Lets the call go, its connection cut: without an effect, or with one when only the answer is held."""
        self.release(Fate.DROPPED_BEFORE)

    async def pass_through(self, call: Call) -> Fate:
        self.call = call
        self.arrived.set()
        await self._open.wait()
        return self.fate


class Gates:
    """The gates that are waiting for a call, and those that hold one."""

    def __init__(self) -> None:
        self._waiting: list[Gate] = []
        self._holding: list[Gate] = []

    def add(self, method: str, chat_id: int | None) -> Gate:
        gate = Gate(method, chat_id, lambda: self._forget(gate))
        self._waiting.append(gate)
        return gate

    def claim(self, call: Call) -> Gate | None:
        """The gate that holds this call, which then holds no other."""
        if not self._waiting:
            return None
        gate = next((gate for gate in self._waiting if gate.matches(call)), None)
        if gate is not None:
            self._waiting.remove(gate)
            self._holding.append(gate)
        return gate

    def open_all(self, fate: Fate) -> None:
        for gate in (*self._waiting, *self._holding):
            gate.release(fate)

    def _forget(self, gate: Gate) -> None:
        for gates in (self._waiting, self._holding):
            if gate in gates:
                gates.remove(gate)
