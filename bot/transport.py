"""python-telegram-bot's requests carried by aiohttp: a third of httpx' CPU time per call (docs/benchmarks.md)."""

from __future__ import annotations

import asyncio
import warnings
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.warnings import PTBUserWarning

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0  # a call that takes longer counts as unknown and is made again

# We call methods by name on purpose: typed calls build objects that a redraw does not need.
warnings.filterwarnings("ignore", message="Please use 'Bot\\.", category=PTBUserWarning)


class AiohttpRequest(BaseRequest):
    """A request layer with one keep-alive session. Its errors never carry the address, which holds the token."""

    def __init__(self, read_seconds: float = READ_SECONDS) -> None:
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Default seconds to wait for an answer."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Opens the session. The number of calls at once is the sender's business, not the connector's."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Closes the session. Safe to call twice."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One HTTP call. Raises TimedOut or NetworkError."""
        if self._session is None:
            raise NetworkError("the connection is closed")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_seconds
        timeout = aiohttp.ClientTimeout(total=seconds + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)
        data = request_data.json_parameters if request_data else None
        try:
            async with self._session.request(method, url, data=data, timeout=timeout) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as fault:
            raise NetworkError(type(fault).__name__) from None


def client(token: str, api_base: str) -> Bot:
    """The Telegram client: calls and polls each on a session of their own."""
    base = f"{api_base}/bot"
    return Bot(token, base_url=base, request=AiohttpRequest(), get_updates_request=AiohttpRequest())


async def call(bot: Bot, method: str, fields: dict[str, Any], seconds: float = READ_SECONDS) -> Any:
    """One Bot API call by name; the answer's `result` as it came.

    Raises telegram.error.TelegramError; never hangs longer than `seconds` plus the time to connect.
    """
    async with asyncio.timeout(seconds + 2 * CONNECT_SECONDS):
        try:
            return await bot.do_api_request(method, api_kwargs=fields, read_timeout=seconds)
        except EndPointNotFound:  # Telegram answers 401 and 404 alike; our methods exist, so it is the token
            raise InvalidToken("Telegram does not accept the token any more") from None
