"""Who practises now, with which scripted visitor. In the sandbox only, and only as long as this process lives: the
sandbox forgets everybody with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from random import Random

import structlog
from aiohttp import ClientSession, ClientTimeout

from bot.practice.phone import Phone
from bot.practice.visitor import Pace, Part, Stopped, Visitor
from db.sealing import Keyring
from db.store import Store
from flows.engine import World
from flows.training.scripts import WHO

log = structlog.get_logger()

ORDER_SECONDS = 10  # the sandbox is on this machine


class Practice:
    """The scripted visitors. `base`: where the sandbox listens."""

    def __init__(
        self,
        base: str,
        store: Store,
        keys: Keyring,
        world: Callable[[], World],
        now: Callable[[], datetime],
        random: Random,
    ) -> None:
        self._base = base
        self._store = store
        self._keys = keys
        self._world = world
        self._now = now
        self._random = random
        self._http: ClientSession | None = None
        self._running: dict[int, asyncio.Task[None]] = {}  # by operator
        self._parts: dict[bytes, Part] = {}  # by chat, from before the first word until after the exit
        self._phones: list[Phone] = []  # put down, to be used again
        self._stop = asyncio.Event()
        self.pace = Pace()

    def part(self, chat: bytes) -> Part | None:
        """What is played in that chat; None for a visitor who is none of ours."""
        return self._parts.get(chat)

    def busy(self, operator: int) -> bool:
        """Whether this operator practises already."""
        return operator in self._running

    def start(self, operator: int, part: Part) -> None:
        """The visitor sets off, in the background."""
        if self.busy(operator):
            return
        self._running[operator] = task = asyncio.create_task(self._play(part))
        task.add_done_callback(lambda _: self._running.pop(operator, None))

    async def close(self) -> None:
        """Nobody practises any more."""
        self._stop.set()
        await asyncio.gather(*self._running.values())
        if self._http is not None:
            await self._http.close()

    async def _play(self, part: Part) -> None:
        speak = self._world().speak
        phone = None
        try:
            phone = await self._phone(speak(part.lang).label(WHO), part.lang)
            self._parts[self._keys.chat(phone.chat_id)] = part
            visitor = Visitor(
                part, phone, self._store, self._keys, speak, self._now, self.pace, self._random, self._stop
            )
            await visitor.play()
        except Stopped:
            return
        except Exception as fault:  # the bot or the sandbox is away: the operator begins anew
            log.warning("practice_broken_off", fault=type(fault).__name__)
        finally:
            if phone is not None:
                self._parts.pop(self._keys.chat(phone.chat_id), None)
                self._phones.append(phone)

    async def _phone(self, name: str, lang: str) -> Phone:
        if self._phones:
            return self._phones.pop()
        if self._http is None:
            self._http = ClientSession(timeout=ClientTimeout(total=ORDER_SECONDS))
        return await Phone.new(self._http, self._base, name, lang)
