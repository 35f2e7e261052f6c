"""A running sandbox, a person, and the plainest possible Bot API client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, ClientTimeout

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox

TOKEN = "42:not-a-real-token"


@dataclass
class Api:
    """Calls over real HTTP, JSON in and out."""

    session: ClientSession
    base: str

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer."""
        async with self.session.post(f"{self.base}/{method}", json=params) as response:
            body: dict[str, Any] = await response.json()
            return body

    async def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def no(self, method: str, **params: Any) -> str:
        """Code and sentence of a call that must be refused."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox at full strictness, save for the speed limits."""
    running = Sandbox(TOKEN)
    running.limits = running.limits.off()
    await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[Api]:
    """The bot's side."""
    async with ClientSession(timeout=ClientTimeout(total=20)) as session:
        yield Api(session, f"{sandbox.url}/bot{TOKEN}")


@pytest.fixture
def person(sandbox: Sandbox) -> Person:
    """Somebody who has started the bot."""
    someone = sandbox.person(name="Зразок Перша")
    someone.send("/start")
    return someone


def inline(*rows: list[str]) -> dict[str, Any]:
    """An inline keyboard whose buttons carry their own words."""
    return {"inline_keyboard": [[{"text": word, "callback_data": word} for word in row] for row in rows]}
