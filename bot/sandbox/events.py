"""Server-sent events: the whole state at once, and again after changes, at most ten times a second."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.state import whole_state

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

_GAP = 0.1  # seconds between two events
_LOOK_AGAIN = 2.0  # seconds after which `inspect` is asked again: the bot's rows change without any call
_BEAT = 15.0  # seconds of silence after which a comment keeps the connection open


class Listeners:
    """Open streams. While there is none, no state is built."""

    def __init__(self) -> None:
        self._closing = asyncio.Event()

    def open(self) -> None:
        """Streams may begin (again)."""
        self._closing.clear()

    def close(self) -> None:
        """Ends every stream."""
        self._closing.set()

    async def stream(self, sandbox: Sandbox, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        shown: dict[str, Any] = {}
        try:
            while not self._closing.is_set():
                version = sandbox.cloud.changes.version
                state = await whole_state(sandbox)
                now = state.pop("now")
                if state != shown:
                    shown = state
                    await response.write(_event({"now": now, **state}))
                else:
                    await response.write(b":\n\n")
                await self._change(sandbox, version)
        except ConnectionError:
            pass  # the page was closed
        return response

    async def _change(self, sandbox: Sandbox, version: int) -> None:
        """Waits for something newer than that version, for a while."""
        changes = sandbox.cloud.changes
        closing = asyncio.ensure_future(self._closing.wait())
        newer = asyncio.ensure_future(changes.until(lambda: changes.version != version))
        patience = _BEAT if sandbox.inspect is None else _LOOK_AGAIN
        try:
            if not self._closing.is_set():
                await asyncio.wait((closing,), timeout=_GAP)
            await asyncio.wait((closing, newer), timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
            newer.cancel()


def _event(state: dict[str, Any]) -> bytes:
    return b"event: state\ndata: " + json.dumps(state).encode() + b"\n\n"
