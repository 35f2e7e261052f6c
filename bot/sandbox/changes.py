"""Tells those who wait that something changed; costs next to nothing while nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_GAP = 0.005  # seconds between two rounds of checks, so that a flood of calls is not slowed by who watches it


class Changes:
    def __init__(self) -> None:
        self.version = 0
        self._watchers: dict[asyncio.Future[None], Callable[[], bool]] = {}
        self._scheduled = False
        self._last_round = 0.0

    def touch(self) -> None:
        self.version += 1
        if not self._watchers or self._scheduled:
            return
        self._scheduled = True
        loop = asyncio.get_running_loop()
        loop.call_at(max(loop.time(), self._last_round + _GAP), self._round)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Returns once `holds()`; it is asked now and after changes. What it raises is raised here."""
        if holds():
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watchers[future] = holds
        try:
            await future
        finally:
            del self._watchers[future]

    def _round(self) -> None:
        self._scheduled = False
        self._last_round = asyncio.get_running_loop().time()
        for future, holds in list(self._watchers.items()):
            if future.done():
                continue
            try:
                held = holds()
            except Exception as error:
                future.set_exception(error)
                continue
            if held:
                future.set_result(None)
