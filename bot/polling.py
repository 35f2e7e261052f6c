"""Long polling: the next batch is asked for, and the last one thereby acknowledged, after its commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot import metrics
from bot.events import ALLOWED_UPDATES, Malformed, update_id
from bot.ingest import Ingest, StoreAway
from bot.refusals import retry_after
from bot.transport import call

log = structlog.get_logger()

POLL_SECONDS = 25
BATCH = 100  # Telegram's most
NEWCOMER_SECONDS = 20  # a conflict this soon after the start means that another process was here first
CONFLICT_PAUSE = 5.0
STORE_PAUSE = 1.0
BACKOFF = (0.5, 1, 2, 5, 10)


class Refused(Exception):  # noqa: N818 (a name for the situation)
    """The bot cannot work with this token; the message says why and what to do."""


class Poller:
    """Asks Telegram for updates until `stop`. `time` is a monotonic clock in seconds."""

    def __init__(self, bot: Bot, ingest: Ingest, time: Callable[[], float]) -> None:
        self._bot = bot
        self._ingest = ingest
        self._time = time
        self._stopping = asyncio.Event()
        self._failures = 0
        self.alive_at = time()  # when Telegram last answered

    async def run(self) -> None:
        """Polls for ever. Raises Refused when the token is rejected or another process was here first."""
        started = self._time()
        offset, ours = 0, False
        while not self._stopping.is_set():
            try:
                if not ours:  # a webhook of before would keep every update from us
                    await call(self._bot, "deleteWebhook", {"drop_pending_updates": False})
                    ours = True
                updates = await self._ask(offset)
                if updates:
                    await self._ingest.take(updates)
                    offset = max(offset, *(_id(one) + 1 for one in updates))
                self._failures = 0
                self.alive_at = self._time()
            except StoreAway as fault:
                log.error("store_failed", fault=str(fault))
                await self._pause(STORE_PAUSE)
            except Conflict:
                await self._conflict(started)
            except InvalidToken:
                raise Refused("BOT_TOKEN: Telegram does not accept it. Copy it anew from @BotFather") from None
            except RetryAfter as fault:
                await self._pause(retry_after(fault))
            except (TelegramError, TimeoutError) as fault:
                log.warning("telegram_unreachable", fault=type(fault).__name__)
                await self._pause(BACKOFF[min(self._failures, len(BACKOFF) - 1)])
                self._failures += 1
        if offset:
            await self._acknowledge(offset)

    def stop(self) -> None:
        """No further batch is asked for."""
        self._stopping.set()

    async def _ask(self, offset: int) -> list[Any]:
        fields = {"offset": offset, "limit": BATCH, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        asking = asyncio.ensure_future(call(self._bot, "getUpdates", fields, POLL_SECONDS + 10))
        stopping = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait((asking, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not asking.done():
            asking.cancel()
            return []
        found = asking.result()
        return found if isinstance(found, list) else []

    async def _conflict(self, started: float) -> None:
        metrics.CONFLICTS.inc()
        if self._time() - started < NEWCOMER_SECONDS:
            raise Refused("BOT_TOKEN: another process already works with it. Stop that one first")
        log.error("another_process_polls_with_our_token")
        await self._pause(CONFLICT_PAUSE)

    async def _acknowledge(self, offset: int) -> None:
        """Tells Telegram what was handled last, so that the next start need not drop it as a duplicate."""
        try:
            await call(self._bot, "getUpdates", {"offset": offset, "limit": 1, "timeout": 0}, 5)
        except (TelegramError, TimeoutError) as fault:
            log.info("last_acknowledgement_failed", fault=type(fault).__name__)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


def _id(update: Any) -> int:
    try:
        return update_id(update)
    except Malformed:
        return -1
