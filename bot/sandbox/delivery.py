"""Webhook delivery: POST by POST, one person's updates of a kind in turn, others beside them.

As Telegram does it: the secret travels in a header, anything but 2xx is tried again, and the answer's JSON body
may carry one method call. Unlike there, a retry waits fractions of a second and not of a minute.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector

from bot.sandbox.cloud import Cloud, Webhook
from bot.sandbox.entry import Entry

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 5.0  # seconds between attempts, doubling
_TIMEOUT = ClientTimeout(total=60)
_NOT_CARRIED = ("setwebhook", "deletewebhook", "close", "logout")  # nor any get…; Telegram ignores them there


class Delivery:
    """Carries the queue to the webhook while one is set."""

    def __init__(self, cloud: Cloud, carry: Callable[[Mapping[str, Any]], Awaitable[None]]) -> None:
        self._cloud = cloud
        self._carry = carry
        self._lanes: dict[tuple[str, int], deque[Entry]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None
        cloud.on_webhook = self.change

    def change(self, hook: Webhook | None) -> None:
        """A webhook was set, replaced or taken away; deliveries under way to the old one end."""
        for task in self._tasks:
            task.cancel()
        self._lanes.clear()
        if hook is None:
            self._cloud.updates.on_new = None
            return
        if self._session is None:
            self._session = ClientSession(timeout=_TIMEOUT, connector=TCPConnector(limit=0))
        room = asyncio.Semaphore(hook.max_connections)

        def new(entry: Entry) -> None:
            lane = self._lanes.get(entry.lane)
            if lane is not None:
                lane.append(entry)
                return
            lane = self._lanes[entry.lane] = deque((entry,))
            task = asyncio.create_task(self._run(hook, room, entry.lane, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        self._cloud.updates.on_new = new
        for entry in self._cloud.updates.entries:
            new(entry)

    async def stop(self) -> None:
        self._cloud.updates.on_new = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _run(self, hook: Webhook, room: asyncio.Semaphore, name: tuple[str, int], lane: deque[Entry]) -> None:
        wait = 0.0  # the first retry is at once
        while lane:
            entry = lane[0]
            if not self._cloud.updates.live(entry):
                self._cloud.updates.drop(entry)
                lane.popleft()
                continue
            async with room:
                carried = await self._post(hook, entry)
            if carried is None:
                await asyncio.sleep(wait)
                wait = min(max(wait * 2, _FIRST_WAIT), _LONGEST_WAIT)
                continue
            wait = 0.0
            lane.popleft()
            self._cloud.updates.drop(entry)
            if carried:
                await self._carry(carried)
            self._cloud.changes.touch()
        if self._lanes.get(name) is lane:
            del self._lanes[name]

    async def _post(self, hook: Webhook, entry: Entry) -> Mapping[str, Any] | None:
        """The call the answer carries (empty without one), or None when the update was not accepted."""
        if self._session is None:
            return None
        headers = {"Content-Type": "application/json"}
        if hook.secret_token:
            headers[SECRET_HEADER] = hook.secret_token
        try:
            async with self._session.post(hook.url, data=entry.body, headers=headers) as response:
                if response.ok:
                    return await _carried(response)
                reason = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError, OSError):
            reason = "Connection failed"
        hook.last_error_date = self._cloud.clock.unix()
        hook.last_error_message = reason
        self._cloud.changes.touch()
        return None


async def _carried(response: ClientResponse) -> Mapping[str, Any]:
    if response.content_type != "application/json":
        return {}
    try:
        call = json.loads(await response.read())
    except ValueError:
        return {}
    method = call.get("method") if isinstance(call, dict) else None
    if not isinstance(method, str) or method.lower() in _NOT_CARRIED or method.lower().startswith("get"):
        return {}
    return dict(call)
