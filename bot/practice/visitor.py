"""A scripted visitor: asks for a person, writes, reads, answers, and leaves without a trace.

They tap and type like anybody; what they were told is read from the case's lines, and only once it was opened on
their phone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from bot.practice.phone import Phone
from db import memory
from db.desk import cases, lines
from db.desk.case import Case, Line
from db.sealing import Keyring
from db.store import Store
from db.visit import Lang
from flows.exchange import words_of
from flows.texts import Catalogue
from flows.training.script import Script
from flows.training.scripts import NUDGE

NUDGED_AFTER = timedelta(minutes=2)  # without an answer
PATIENCE = timedelta(minutes=25)  # then they leave: before their visit fades (IDLE_FADE_MINUTES)
ANSWERED_WITHIN = 30.0  # seconds in which a screen that was asked for has to come
WAY = ("hello.on", "talk.on", "talk.human", "talk.agree", "talk.safe.yes", "talk.who.self")


Seen = TypeVar("Seen")


class Stopped(Exception):  # noqa: N818 (a name for the situation)
    """The bot ends, and the part with it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two looks at the phone, before an answer, and for each character typed."""

    look: float = 0.4
    think: float = 2.0
    sign: float = 0.03


@dataclass(frozen=True, slots=True)
class Part:
    """Who is played: a script, in the language and at the desk of whoever practises."""

    script: Script
    lang: Lang
    desk: str  # its name, as the button says it


class Visitor:
    """One part, played once."""

    def __init__(
        self,
        part: Part,
        phone: Phone,
        store: Store,
        keys: Keyring,
        speak: Callable[[Lang], Catalogue],
        now: Callable[[], datetime],
        pace: Pace,
        random: Random,
        stop: asyncio.Event,
    ) -> None:
        self._script = part.script.dealt(random)
        self._part = part
        self._phone = phone
        self._store = store
        self._keys = keys
        self._t = speak(part.lang)
        self._now = now
        self._pace = pace
        self._stop = stop
        self._said: list[str] = []
        self._read = 0  # the operator's words that were answered

    async def play(self) -> None:
        """From the first word to the exit. Raises Stopped; TimeoutError and OutOfOrder when somebody is away."""
        await self._talk(await self._ask())
        await self._leave()

    async def _ask(self) -> Case:
        await self._phone.write("/start")
        await self._press(self._t.label(f"lang.{self._part.lang}"))
        for key in WAY:
            await self._press(self._t.label(key))
        await self._press(self._part.desk)
        await self._press(self._t.label(self._script.topic))
        await self._press(self._t.label(self._script.when))
        case = await self._awaited(self._case)
        await self._say(self._script.opening)
        return case

    async def _talk(self, case: Case) -> None:
        stirred, before = self._now(), ""
        while (now := await self._case()) is not None and now.id == case.id:
            await self._phone.press(self._t.label("announce.open"))
            told = await self._told(case)
            state = f"{now.state} {now.operator} {len(told)}"
            if state != before:
                stirred, before = self._now(), state
            if len(told) > self._read:
                await self._answer(told)
            elif self._now() - stirred > PATIENCE:
                return
            elif now.operator and self._now() - stirred > NUDGED_AFTER and NUDGE not in self._said:
                await self._say(NUDGE)
            await self._wait(self._pace.look)

    async def _answer(self, told: Sequence[Line]) -> None:
        new = [words_of(line) for line in told[self._read :]]
        self._read = len(told)
        await self._wait(self._pace.think)
        if key := self._script.answer(new, self._said):
            await self._say(key)

    async def _told(self, case: Case) -> list[Line]:
        """The operator's words, as far as they stand on the phone."""
        async with self._store.read() as connection:
            said = await lines.lines_of(connection, self._keys, case.id, sides=["operator"])
        return [line for line in said if line.state == "opened"]

    async def _say(self, key: str) -> None:
        words = self._t.label(key)
        await self._wait(self._pace.sign * len(words))
        self._said.append(key)
        await self._phone.write(words)

    async def _press(self, label: str) -> None:
        await self._awaited(lambda: self._phone.press(label))

    async def _awaited(self, look: Callable[[], Awaitable[Seen | None]]) -> Seen:
        """What a look finds at last."""
        clock = asyncio.get_running_loop().time
        until = clock() + ANSWERED_WITHIN
        while not (seen := await look()):
            if clock() > until:
                raise TimeoutError
            await self._wait(self._pace.look)
        return seen

    async def _wait(self, seconds: float) -> None:
        """A stop is heard here only: never inside a statement, whose connection could not be closed then."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        if self._stop.is_set():
            raise Stopped

    async def _case(self) -> Case | None:
        chat = self._keys.chat(self._phone.chat_id)
        async with self._store.read() as connection:
            return (await cases.case_of(connection, [chat])).get(chat)

    async def _leave(self) -> None:
        """Quick exit, and then the phone is free for the next part."""
        await self._press(self._t.label("frame.exit"))
        await self._awaited(self._forgotten)

    async def _forgotten(self) -> bool:
        chat = self._keys.chat(self._phone.chat_id)
        async with self._store.read() as connection:
            return chat not in await memory.visits_of(connection, self._keys, [chat])
