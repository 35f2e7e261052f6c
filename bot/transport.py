"""python-telegram-bot's requests carried by aiohttp: a third of httpx' CPU time per call (docs/benchmarks.md)."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import aiohttp
import orjson
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0  # a call that takes longer counts as unknown and is made again

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}  # as PTB itself sends; encoded by yarl's C quoter


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
        data, headers = _body(request_data)
        timeout = _timeout(seconds, CONNECT_SECONDS)
        try:
            async with self._session.request(method, url, data=data, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as fault:
            raise NetworkError(type(fault).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answered. Raises TelegramError.

        Half a surrogate pair in somebody's text is no JSON to orjson: such an answer is left to PTB's own reading,
        or the batch that has it would come again for ever.
        """
        try:
            return cast(dict[str, Any], orjson.loads(payload))
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)


def client(token: str, api_base: str) -> Bot:
    """The Telegram client: calls and polls each on a session of their own."""
    base = f"{api_base}/bot"
    return Bot(token, base_url=base, request=AiohttpRequest(), get_updates_request=AiohttpRequest())


class Fields:
    """A call's fields, to be posted as one JSON object; PTB's `RequestData` makes an object of each on the way, and a
    form of percent signs that is four times as long in Ukrainian."""

    __slots__ = ("fields",)

    def __init__(self, fields: dict[str, Any]) -> None:
        self.fields = fields


def _body(request_data: RequestData | Fields | None) -> tuple[bytes | str | None, dict[str, str]]:
    if isinstance(request_data, Fields):
        return orjson.dumps(request_data.fields), JSON
    return URL.build(query=request_data.json_parameters).raw_query_string if request_data else None, FORM


@cache
def _timeout(seconds: float, connect: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds + connect, sock_connect=connect)


async def call(bot: Bot, method: str, fields: dict[str, Any], seconds: float = READ_SECONDS) -> Any:
    """One Bot API call by name; the answer's `result` as it came.

    Raises telegram.error.TelegramError; never hangs longer than `seconds` plus the time to connect.
    """
    ready = cast(RequestData, Fields(fields))
    return await bot.request.post(f"{bot.base_url}/{method}", ready, read_timeout=seconds)
