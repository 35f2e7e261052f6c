"""The queue of updates a bot has not confirmed yet, and long polling.

Updates are kept 24 hours, button taps 150 seconds (Telegram's own Bot API server adds a callback query to the
queue with a lifetime of 150). Anything may be pushed, malformed or repeated: what no offset can ever confirm is
handed out once and then dropped, or it would come back for ever.

Left out are the brakes of the real server on hasty pollers (3 s before a repeated 409; waiting, or a single update,
when the same offset is asked again within moments): they would only make tests slow.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.entry import Entry, kind_of, lane_of
from bot.sandbox.refusal import Refusal

LIFETIME = 86_400  # seconds
TAP_LIFETIME = 150  # seconds
LONGEST_POLL = 50  # seconds
BATCH = 100  # updates in one answer
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
UNDER_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Updates:
    def __init__(self, clock: Clock, first_id: int = 1) -> None:
        self._clock = clock
        self._next = first_id
        self._waiting: deque[Entry] = deque()
        self._last_batch: list[Entry] = []
        self._odd = 0  # entries no offset can confirm
        self._allowed: frozenset[str] | None = None  # None: all but NOT_BY_DEFAULT
        self._poller: asyncio.Future[None] | None = None
        self.on_new: Callable[[Entry], None] | None = None  # the webhook, while there is one
        self.polled = False  # somebody has asked by getUpdates

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._waiting)

    @property
    def entries(self) -> list[Entry]:
        return list(self._waiting)

    def allow(self, kinds: object) -> None:
        """Takes `allowed_updates`; it concerns updates from now on. Nonsense and None change nothing."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str] | None:
        return sorted(self._allowed) if self._allowed is not None else None

    def push(self, update: Any) -> Entry | None:
        """Queues an update; one without an `update_id` is given it. None when the bot did not ask for its kind."""
        kind = kind_of(update)
        refused = kind in NOT_BY_DEFAULT if self._allowed is None else kind not in self._allowed
        if kind and refused:
            return None
        given = update.get("update_id") if isinstance(update, dict) else None
        if isinstance(update, dict) and "update_id" not in update:
            update = {"update_id": self._next, **update}
            given = self._next
        confirmable = isinstance(given, int) and not isinstance(given, bool) and given >= self._next
        entry_id = given if isinstance(given, int) and confirmable else self._next
        if confirmable:
            self._next = entry_id + 1
        lifetime = TAP_LIFETIME if kind == "callback_query" else LIFETIME
        entry = Entry(
            entry_id,
            kind,
            json.dumps(update).encode(),
            lane_of(kind, update),
            self._clock.now().timestamp() + lifetime,
            once=not confirmable,
        )
        self._waiting.append(entry)
        self._odd += entry.once
        if self.on_new is not None:
            self.on_new(entry)
        self._wake()
        return entry

    def drop(self, entry: Entry) -> None:
        if not entry.gone:
            entry.gone = True
            self._waiting.remove(entry)

    def live(self, entry: Entry) -> bool:
        return not entry.gone and entry.expires > self._clock.now().timestamp()

    def clear(self) -> None:
        for entry in self._waiting:
            entry.gone = True
        self._waiting.clear()

    def interrupt(self, refusal: Refusal | None) -> None:
        """Ends the poll that is waiting: with an error, or with an empty answer."""
        if self._poller is None or self._poller.done():
            return
        if refusal is None:
            self._poller.cancel()
        else:
            self._poller.set_exception(refusal)

    async def poll(self, offset: int, limit: int, wait: float) -> bytes:
        """A getUpdates: confirms, then answers as soon as there is something. JSON array.

        Raises Refusal 409 when another poll or a webhook takes over.
        """
        self.polled = True
        self.interrupt(Refusal(409, TERMINATED))
        self._confirm(offset)
        limit = min(max(limit, 1), BATCH)
        if not self._waiting and wait > 0:
            await self._arrival(min(wait, LONGEST_POLL))
        self._drop_expired()
        batch = [self._waiting[index] for index in range(min(limit, len(self._waiting)))]
        for entry in batch:
            entry.handed_out = True
        self._last_batch = batch
        return b"[" + b",".join([entry.body for entry in batch]) + b"]"

    def answer_lost(self) -> None:
        """The last batch never reached the poller: what is handed out only once must come again."""
        for entry in self._last_batch:
            entry.handed_out = False

    async def _arrival(self, wait: float) -> None:
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            await asyncio.wait((poller,), timeout=wait)
        finally:
            if self._poller is poller:
                self._poller = None
        if poller.done() and not poller.cancelled():
            poller.result()

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _confirm(self, offset: int) -> None:
        if offset < 0:  # only that many from the end are still of interest
            while len(self._waiting) > -offset:
                self.drop(self._waiting[0])
        while self._waiting and not self._waiting[0].once and self._waiting[0].id < offset:
            self.drop(self._waiting[0])
        if self._odd:
            for entry in [entry for entry in self._waiting if self._settled(entry, offset)]:
                self.drop(entry)
            self._odd = sum(entry.once for entry in self._waiting)

    @staticmethod
    def _settled(entry: Entry, offset: int) -> bool:
        return entry.handed_out if entry.once else entry.id < offset

    def _drop_expired(self) -> None:
        now = self._clock.now().timestamp()
        for entry in [entry for entry in self._waiting if entry.expires <= now]:
            self.drop(entry)
