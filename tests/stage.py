"""A stage: the real bot behind the sandbox, in one process, over real HTTP, with time moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import App, build
from bot.config import Settings
from bot.sandbox.message import Message
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from db.models import outbox
from flows.cover.cards import ROOM
from tests.conftest import Hands

TOKEN = "1:stage"
QUIET = 3  # looks, one after the other, at which nobody is busy: then the database is asked, which costs more
SECRET = "not-a-secret-not-a-secret-not-a-secret"


def is_cover(rows: Any) -> bool:
    """Whether an inline keyboard is one of the cover: its own buttons and no others."""
    data = [button.get("callback_data", "") for row in rows or () for button in row]
    return bool(data) and all(one.startswith(f"1/{ROOM}") for one in data)


class Stage:
    """What a test plays on."""

    def __init__(self, sandbox: Sandbox, app: App, clock: Hands) -> None:
        self.sandbox = sandbox
        self.app = app
        self.clock = clock
        self.end: Callable[[], Awaitable[None]]  # stops the bot cleanly; the sandbox stays

    def move(self, **span: float) -> None:
        """Time goes on, for Telegram and for the bot alike."""
        self.clock.move(**span)

    async def until(self, holds: Callable[[], Any], seconds: float = 10) -> None:
        """Waits until something holds; fails when it does not."""
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.003)

    async def settled(self, seconds: float = 15) -> None:
        """Waits until every update is handled and everything sent is recorded."""
        quiet = 0
        async with asyncio.timeout(seconds):
            while quiet < QUIET or await self.rows():
                quiet = 0 if self.sandbox.pending or self.app.sender.busy else quiet + 1
                await asyncio.sleep(0.003)

    async def rows(self) -> int:
        """How many rows wait in the outbox."""
        async with self.app.store.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(outbox))).scalar_one())

    async def held(self, person: Person) -> dict[str, int]:
        """What the database holds about a person."""
        from bot.app import held_about  # noqa: PLC0415

        return await held_about(self.app, person.chat_id)

    async def arrive(self, person: Person, lang: str = "uk") -> Message:
        """A person starts and chooses a language; the live message with the menu."""
        person.send("/start")
        await self.settled()
        person.press("Українська" if lang == "uk" else "English")
        await self.settled()
        return self.live(person)

    async def press(self, person: Person, label: str) -> Message:
        """Taps a button of the live message and waits for the answer."""
        person.press(label)
        await self.settled()
        return self.live(person)

    async def say(self, person: Person, words: str) -> None:
        """Types and waits for the answer."""
        person.send(words)
        await self.settled()

    @staticmethod
    def labels(message: Message) -> list[list[str]]:
        """The words on a message's buttons."""
        return [[button["text"] for button in row] for row in message.markup.inline or ()]

    @staticmethod
    def covered(message: Message) -> bool:
        """Whether a message is the cover."""
        return message.sender == "bot" and is_cover(message.markup.inline)

    def live(self, person: Person) -> Message:
        """The one message of the bot."""
        (message,) = person.bot_messages
        return message


def settings(url: str, folder: Path, api: str, **changes: Any) -> Settings:
    """Settings of a bot on the stage."""
    return Settings(
        bot_token=SecretStr(TOKEN),
        secret_key=SecretStr(SECRET),
        telegram_api_base=api,
        database_url=url,
        keys_dir=folder / "keys",
        health_port=0,
        **changes,
    )


@asynccontextmanager
async def stage(
    url: str, folder: Path, clock: Hands, *, limited: bool = False, practice: bool = False, **changes: Any
) -> AsyncIterator[Stage]:
    """The bot at work behind a sandbox. `limited`: Telegram's limits, theirs and ours, are in force. `practice`: the
    bot knows that it is a sandbox, as under `stezhka sandbox`."""
    sandbox = Sandbox(TOKEN, clock=clock)
    await sandbox.start()
    if not limited:
        sandbox.limits = sandbox.limits.off()
        changes.setdefault("telegram_rate", 0)
    try:
        chosen = settings(url, folder, sandbox.url, **changes)
        async with playing(sandbox, chosen, clock, practice=practice) as played:
            yield played
    finally:
        await sandbox.stop()


@asynccontextmanager
async def playing(sandbox: Sandbox, chosen: Settings, clock: Hands, *, practice: bool = False) -> AsyncIterator[Stage]:
    """A bot at work behind a sandbox that is there already."""
    stop, ended = asyncio.Event(), asyncio.Event()

    async def work(at: asyncio.Future[App]) -> None:
        try:
            async with build(chosen, now=clock, sandbox=sandbox.url if practice else None) as app:
                at.set_result(app)
                await app.run(stop)
        finally:
            ended.set()

    built: asyncio.Future[App] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work(built))
    await asyncio.wait((built, task), return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        await task
    played = Stage(sandbox, await built, clock)

    async def end() -> None:
        stop.set()
        await task

    played.end = end
    try:
        yield played
    finally:
        await end()
