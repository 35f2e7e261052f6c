"""Builds everything, in reading order. The one place where the parts meet."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot import card, health, transport, webhook
from bot.clock import Clock, guarded
from bot.config import Settings
from bot.delivery import Delivery
from bot.desk.house import House
from bot.desk.reception import Reception
from bot.events import ALLOWED_UPDATES
from bot.ingest import Gathering, Ingest
from bot.knowledge import Knowledge
from bot.pace import Pace
from bot.polling import BACKOFF, Poller, Refused
from bot.practice.practice import Practice
from bot.sender import Sender
from db import memory, migrations, outbox
from db.alone import alone
from db.directory.launch import unconfirmed_lines
from db.outbox import Order
from db.sealing import Keyring, keep_secret
from db.store import STORE_FAULTS, Store, open_store
from flows.cover.kind import Cover, CoverError, load
from flows.texts import Texts

log = structlog.get_logger()

SILENT_SECONDS = 120  # Telegram has not answered for so long: not healthy


class NotReady(Exception):  # noqa: N818 (a name for the situation)
    """The bot must not start yet; the message says what a person has to do first."""


@dataclass(slots=True)
class App:
    """A built bot. `run` works until `stop` is set."""

    settings: Settings
    store: Store
    keys: Keyring
    bot: Bot
    sender: Sender
    ingest: Ingest
    poller: Poller
    clock: Clock
    knowledge: Knowledge
    cover: Cover
    practice: Practice | None  # in the sandbox

    async def run(self, stop: asyncio.Event) -> None:
        """Starts in the order that loses nothing, works, and drains. Raises Refused."""
        async with AsyncExitStack() as stack:
            if self.settings.health_port:
                await _serve(stack, health.routes(self.faults), health.HOST, self.settings.health_port, "HEALTH_PORT")
            stack.push_async_callback(self.bot.shutdown)
            await _insist(self.bot.initialize, stop)
            if stop.is_set():
                return
            self.sender.add(await self._resume())
            for tick in (self.clock.purge, self.clock.fade):
                await guarded(tick)()
            self.clock.start()
            stack.push_async_callback(self.clock.stop)
            sending = asyncio.create_task(self.sender.run())
            sending.add_done_callback(lambda _: stop.set())  # a bot that cannot send must not look alive
            stack.push_async_callback(_drain, self.sender, sending)
            introducing = asyncio.create_task(card.show(self.bot, self.settings.bot_name, self.cover))
            stack.callback(introducing.cancel)
            log.info("ready", mode="webhook" if self.settings.webhook_url else "polling")
            await (self._listen(stack, stop) if self.settings.webhook_url else self._poll(stop))
            log.info("stopping")

    def faults(self) -> list[str]:
        """What is wrong now, by name."""
        silent = not self.settings.webhook_url and time.monotonic() - self.poller.alive_at > SILENT_SECONDS
        return ["telegram_silent"] if silent else []

    async def _resume(self) -> list[outbox.Row]:
        async with self.store.read() as connection:
            rows = await outbox.waiting(connection, self.keys)
        log.info("resumed", rows=len(rows))
        return rows

    async def _poll(self, stop: asyncio.Event) -> None:
        polling = asyncio.create_task(self.poller.run())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((polling, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        self.poller.stop()
        await polling

    async def _listen(self, stack: AsyncExitStack, stop: asyncio.Event) -> None:
        url, secret = self.settings.webhook_url, self.settings.webhook_secret
        if url is None or secret is None:
            raise NotReady("WEBHOOK_URL: is required together with WEBHOOK_SECRET")
        routes = webhook.routes(url, secret.get_secret_value(), Gathering(self.ingest))
        await _serve(stack, routes, "0.0.0.0", self.settings.webhook_port, "WEBHOOK_PORT")  # noqa: S104 (Telegram calls)
        fields = {"url": url, "secret_token": secret.get_secret_value(), "allowed_updates": ALLOWED_UPDATES}
        try:
            await _insist(lambda: transport.call(self.bot, "setWebhook", fields), stop)
        except BadRequest as fault:
            raise NotReady(f"WEBHOOK_URL: Telegram does not take it ({fault.message})") from None
        await stop.wait()


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    monotonic: Callable[[], float] = time.monotonic,
    sandbox: str | None = None,
) -> AsyncIterator[App]:
    """A bot ready to run, its database open and its knowledge read. `sandbox`: where one listens in which operators
    practise; never given for real Telegram.

    Raises CatalogueError, AlreadyRunning, SealError, NotReady: each one line for the person who deploys.
    """
    if settings.bot_token is None:
        raise NotReady("BOT_TOKEN: is required")
    texts = Texts()
    cover = cover_of(settings)
    keys = Keyring(secret_of(settings), settings.keys_dir)
    async with AsyncExitStack() as stack:
        with _usable():
            store = open_store(settings.database_url)
            stack.push_async_callback(store.close)
            await stack.enter_async_context(alone(store, settings.database_file))
            await migrations.upgrade(settings.database_url)
            house = House(keys, now, frozenset(settings.supervisor_ids))
            async with store.write() as connection:
                await house.found(connection, settings.desk_chat_id)
            knowledge = Knowledge(
                store,
                texts,
                now,
                settings.idle_fade_minutes,
                settings.run_by,
                cover,
                house,
                practice=sandbox is not None,
            )
            await knowledge.load()
        order = Order()
        _launch_check(settings, knowledge)

        bot = transport.client(settings.bot_token.get_secret_value(), settings.telegram_api_base)
        pace = Pace(settings.telegram_rate)
        delivery = Delivery(bot, store, keys, order, now, lambda row: pace.spend(row, monotonic()))
        sender = Sender(delivery, store, pace, now, monotonic)
        practice = Practice(sandbox, store, keys, knowledge.world, now, SystemRandom()) if sandbox else None
        if practice:
            stack.push_async_callback(practice.close)
        reception = Reception(house, order, sender.lines, SystemRandom(), practice)
        ingest = Ingest(
            store,
            keys,
            order,
            sender,
            knowledge.world,
            now,
            reception,
            free_answers=settings.webhook_url is not None,
        )
        poller = Poller(bot, ingest, monotonic)
        clock = Clock(store, keys, order, sender, knowledge, now, settings.idle, reception)
        yield App(settings, store, keys, bot, sender, ingest, poller, clock, knowledge, cover, practice)


@contextmanager
def _usable() -> Iterator[None]:
    """A start for which the database is not there ends with one line; later the bot waits for it."""
    try:
        yield
    except STORE_FAULTS as fault:
        raise NotReady(f"DATABASE_URL: the database cannot be used now ({type(fault).__name__})") from None


def cover_of(settings: Settings) -> Cover:
    """What the chat pretends to be. Raises NotReady."""
    try:
        return load(settings.bot_cover)
    except CoverError as fault:
        raise NotReady(f"BOT_COVER: {fault}") from None


def secret_of(settings: Settings) -> bytes:
    """The deployment's secret; with SQLite it is made and kept beside the database when none is set."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    file = settings.database_file
    if file is None:
        raise NotReady("SECRET_KEY: is required with this database")
    return keep_secret(file.parent / "secret.key")


async def held_about(app: App, chat_id: int) -> dict[str, int]:
    """Table → rows about one chat: the sandbox's panel."""
    async with app.store.read() as connection:
        return await memory.holdings(connection, app.keys, chat_id)


def _launch_check(settings: Settings, knowledge: Knowledge) -> None:
    """On real Telegram nobody is sent to a national line that no coordinator has called (promise 5)."""
    if settings.public and (missing := unconfirmed_lines(knowledge.directory)):
        raise NotReady(
            f"national lines are not confirmed yet: {', '.join(missing)}. "
            "Call each, then: stezhka directory confirm ID… --by ROLE"
        )


async def _insist(ask: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Asks until Telegram answers: a bot that starts before the network must not give up.

    Raises Refused for a rejected token, BadRequest for a call that is not accepted.
    """
    tries = 0
    while not stop.is_set():
        try:
            await ask()
        except InvalidToken:
            raise Refused("BOT_TOKEN: Telegram does not accept it. Copy it anew from @BotFather") from None
        except BadRequest:
            raise
        except (TelegramError, TimeoutError) as fault:
            log.warning("telegram_unreachable", fault=type(fault).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(BACKOFF[min(tries, len(BACKOFF) - 1)]):
                    await stop.wait()
            tries += 1
        else:
            return


async def _serve(stack: AsyncExitStack, routes: web.Application, host: str, port: int, setting: str) -> None:
    runner = web.AppRunner(routes, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        raise NotReady(f"{setting}: port {port} is taken by another program") from None


async def _drain(sender: Sender, sending: asyncio.Task[None]) -> None:
    sender.stop()
    await sending
