"""python-telegram-bot's calls over aiohttp: what comes back, how long is waited, and what an error may say."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot import transport
from bot.transport import call, client

TOKEN = "42:not_a_real_token"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def telegram(answer: Answer) -> AsyncIterator[Bot]:
    """A client of a server on the loopback that answers every call by `answer`."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot = client(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await asyncio.gather(*(request.initialize() for request in bot._request))
    try:
        yield bot
    finally:
        await asyncio.gather(*(request.shutdown() for request in bot._request))
        await runner.cleanup()


def says(status: int, **body: object) -> Answer:
    """The same answer to everything."""

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return answer


async def test_a_call_goes_by_name_and_brings_its_result_as_it_came() -> None:
    """Method and fields arrive as Telegram wants them; the result is plain JSON, no object is built."""
    seen: list[tuple[str, dict[str, object]]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.path, await request.json()))
        return web.json_response({"ok": True, "result": {"message_id": 7}})

    async with telegram(answer) as bot:
        result = await call(bot, "sendMessage", {"chat_id": 5, "text": "·", "reply_markup": {"inline_keyboard": []}})
    assert result == {"message_id": 7}
    ((path, fields),) = seen
    assert path == f"/bot{TOKEN}/sendMessage"
    assert fields == {"chat_id": 5, "text": "·", "reply_markup": {"inline_keyboard": []}}


async def test_a_typed_call_goes_as_a_form() -> None:
    """What PTB puts together itself arrives as it means it."""
    seen: list[dict[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append({name: str(value) for name, value in (await request.post()).items()})
        return web.json_response({"ok": True, "result": True})

    async with telegram(answer) as bot:
        bot._bot_initialized = True
        await bot.set_my_description("Поради & інше", language_code="uk")
    assert seen == [{"description": "Поради & інше", "language_code": "uk"}]


async def test_an_answer_with_half_a_letter_is_read() -> None:
    """Half a surrogate pair in somebody's text does not keep the whole batch away."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=b'{"ok": true, "result": [{"update_id": 1, "text": "\\ud83d"}]}')

    async with telegram(answer) as bot:
        assert await call(bot, "getUpdates", {}) == [{"update_id": 1, "text": "\ud83d"}]


async def test_refusals_keep_their_kind() -> None:
    """A 400, a 429 and a 502 are told apart: what is done next depends on it."""
    too_many = says(429, ok=False, error_code=429, description="Too Many Requests", parameters={"retry_after": 3})
    for answer, kind in (
        (says(400, ok=False, error_code=400, description="Bad Request: chat not found"), BadRequest),
        (too_many, RetryAfter),
        (says(502, ok=False, error_code=502, description="Bad Gateway"), NetworkError),
    ):
        async with telegram(answer) as bot:
            with pytest.raises(kind):
                await call(bot, "sendMessage", {"chat_id": 5, "text": "·"})


async def test_a_broken_connection_is_unknown_and_names_no_address() -> None:
    """Whether Telegram has done it cannot be known; the error's words hold neither the address nor the token."""

    async def hang_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with telegram(hang_up) as bot:
        with pytest.raises(NetworkError) as caught:
            await call(bot, "sendMessage", {"chat_id": 5, "text": "·"})
    assert TOKEN not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)


async def test_nobody_there_is_a_network_error() -> None:
    """A refused connection is one more unknown, never an exception of the HTTP library."""
    with socket.socket() as taken:  # bound and not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        bot = client(TOKEN, f"http://127.0.0.1:{taken.getsockname()[1]}")
        await asyncio.gather(*(request.initialize() for request in bot._request))
        with pytest.raises(NetworkError) as caught:
            await call(bot, "getMe", {})
        await asyncio.gather(*(request.shutdown() for request in bot._request))
    assert TOKEN not in str(caught.value)


async def test_a_call_waits_as_long_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time given with a call counts, not a default: a long poll that is quiet for 25 s is no failure."""
    monkeypatch.setattr(transport, "CONNECT_SECONDS", 0.05)

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.4)
        return web.json_response({"ok": True, "result": []})

    async with telegram(slow) as bot:
        for request in bot._request:
            request._read_seconds = 0.1
        assert await call(bot, "getUpdates", {"timeout": 1}, 2.0) == []
        with pytest.raises(TimedOut):
            await call(bot, "sendMessage", {"chat_id": 5, "text": "·"}, 0.1)


async def test_a_closed_client_says_so() -> None:
    """After `shutdown` a call is a network error and not a crash; closing twice does no harm."""
    async with telegram(says(200, ok=True, result=True)) as bot:
        assert await call(bot, "getMe", {}) is True
    with pytest.raises(NetworkError):
        await call(bot, "getMe", {})
    await bot._request[0].shutdown()
    assert bot._request[0].read_timeout == transport.READ_SECONDS


async def test_a_token_taken_back_is_told_as_such() -> None:
    """Telegram answers 401 while we are at work: that is a rejected token, not a method that does not exist."""
    async with telegram(says(401, ok=False, error_code=401, description="Unauthorized")) as bot:
        bot._bot_initialized = True
        with pytest.raises(InvalidToken) as caught:
            await call(bot, "sendMessage", {"chat_id": 5, "text": "·"})
    assert TOKEN not in str(caught.value)
