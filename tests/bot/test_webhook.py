"""Webhook, end to end: the bot sets it, the sandbox delivers, and the HTTP answer is the acknowledgement."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client import REGISTRY
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sandbox.calls import Call
from bot.webhook import SECRET_HEADER
from db.store import Store
from tests.conftest import Hands
from tests.stage import Stage, stage

SECRET = "not-a-secret-of-a-webhook"
Hooked = Callable[[], AbstractAsyncContextManager[Stage]]


@pytest.fixture
def template() -> str:
    """Whole visits need the directory."""
    return "filled"


@pytest.fixture
def address() -> str:
    """Where Telegram is to bring updates: a free port of this machine and a path of our own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/hook/path"


@pytest.fixture
def hooked(database_url: str, tmp_path: Path, clock: Hands, address: str) -> Hooked:
    """Opens a stage on which updates come by webhook."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Stage]:
        port = int(address.split(":")[2].partition("/")[0])
        hook = {"webhook_url": address, "webhook_port": port, "webhook_secret": SecretStr(SECRET)}
        async with stage(database_url, tmp_path, clock, **hook) as at:
            await at.until(lambda: at.sandbox.cloud.webhook is not None)
            yield at

    return opened


class Disk:
    """What stands between the bot and its database: open, failing, or slow."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fails = False
        self.open = asyncio.Event()
        self.open.set()
        self.refused = 0
        write = Store.write

        @asynccontextmanager
        async def guarded(store: Store) -> AsyncIterator[AsyncConnection]:
            if self.fails:
                self.refused += 1
                raise OperationalError("INSERT", {}, Exception("database or disk is full"))
            async with write(store) as connection:
                yield connection
                await self.open.wait()

        monkeypatch.setattr(Store, "write", guarded)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """A database that can be taken away."""
    return Disk(monkeypatch)


def carried(at: Stage) -> list[Call]:
    """The calls that came in an HTTP answer."""
    return [call for call in at.sandbox.calls if call.via == "webhook"]


def batches() -> float:
    """How many transactions of ingest there were in this process."""
    return REGISTRY.get_sample_value("stezhka_batch_seconds_count") or 0.0


async def post(address: str, body: bytes, **headers: str) -> tuple[int, bytes]:
    """What the webhook answers to a request."""
    async with (
        aiohttp.ClientSession() as http,
        http.post(address, data=body, headers={SECRET_HEADER: SECRET} | headers) as answer,
    ):
        return answer.status, await answer.read()


def start(update_id: int, chat_id: int, at: Stage) -> bytes:
    """A /start as Telegram brings it."""
    chat = {"id": chat_id, "type": "private", "first_name": "Зразок"}
    person = {"id": chat_id, "is_bot": False, "first_name": "Зразок"}
    message = {"message_id": 5, "from": person, "chat": chat, "date": int(at.clock().timestamp()), "text": "/start"}
    return json.dumps({"update_id": update_id, "message": message}).encode()


async def test_the_bot_sets_the_webhook_and_serves(hooked: Hooked, address: str) -> None:
    """The address, the secret and the kinds of updates are given to Telegram; a visit works from /start to exit."""
    async with hooked() as at:
        (setting,) = (call.params for call in at.sandbox.calls if call.method == "setWebhook")
        assert (setting["url"], setting["secret_token"]) == (address, SECRET)
        assert "callback_query" in setting["allowed_updates"]
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.say(anna, "Житомир")
        await at.press(anna, "Вихід")
        (only,) = anna.messages
        assert at.covered(only)
        assert not any((await at.held(anna)).values())
        assert "getUpdates" not in {call.method for call in at.sandbox.calls}


async def test_a_tap_is_answered_by_the_http_answer(hooked: Hooked) -> None:
    """The spinner stops for free: each tap's answer travels back on the request that brought it, and only there."""
    async with hooked() as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.press(anna, "Так, можна читати")
        answers = [call for call in at.sandbox.calls if call.method == "answerCallbackQuery"]
        assert [(call.via, call.ok) for call in answers] == [("webhook", True)] * 2


async def test_an_exit_is_covered_by_the_http_answer(hooked: Hooked) -> None:
    """The exit tap's own answer carries the cover edit, so it is there one round trip earlier; the same cover stays
    in the outbox until Telegram has accepted it, for the answer's fate is never known."""
    async with hooked() as at:
        anna = at.sandbox.person()
        live = await at.arrive(anna)
        before = len(carried(at))
        await at.press(anna, "Вихід")
        (cover,) = carried(at)[before:]
        assert (cover.method, cover.params["message_id"]) == ("editMessageText", live.message_id)
        assert cover.params["text"] == at.live(anna).text
        edits = [one for one in at.sandbox.calls if one.method == "editMessageText" and one.via == "http"]
        assert edits[-1].params["text"] == cover.params["text"]
        assert sum(one.method == "answerCallbackQuery" and one.via == "http" for one in at.sandbox.calls) == 1


async def test_only_telegram_is_listened_to(hooked: Hooked, address: str) -> None:
    """Without the secret, with a wrong one, or with one that is no text at all: 403 and nothing happens."""
    async with hooked() as at:
        update = start(900_000, 4242, at)
        for shown in ("", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper()):
            status, _ = await post(address, update, **{SECRET_HEADER: shown})
            assert status == 403
        port = int(address.split(":")[2].partition("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /hook/path HTTP/1.1\r\nHost: x\r\nContent-Length: {len(update)}\r\n{SECRET_HEADER}: ".encode()
        writer.write(head + b"\xff\xfe\r\nConnection: close\r\n\r\n" + update)
        assert (await reader.read()).startswith(b"HTTP/1.1 403")
        writer.close()
        await writer.wait_closed()
        assert (await post(address.replace("/path", "/other"), update))[0] == 404
        assert not any(call.chat_id == 4242 for call in at.sandbox.calls)
        assert await at.rows() == 0


MALFORMED = (
    b"", b"{", b"null", b"[]", b'"x"', b"5", b"{}", b'{"update_id": "7"}', b'{"update_id": -1}', b"\xff\xfe",
    b"[" * 100_000, b'{"update_id": 1e999}', b'{"update_id": 901, "message": {"chat": {"id": "x"}}}',
    b'{"update_id": 902, "callback_query": {"id": 5}}',
)  # fmt: skip


async def test_malformed_bodies_are_accepted_and_ignored(hooked: Hooked, address: str) -> None:
    """What we can never understand is answered 200, or Telegram would bring it for ever; the next person is served."""
    async with hooked() as at:
        for body in MALFORMED:
            assert await post(address, body) == (200, b""), body[:50]
        await at.arrive(at.sandbox.person())
        assert at.sandbox.pending == 0


async def test_nothing_is_acknowledged_before_the_commit(hooked: Hooked, disk: Disk) -> None:
    """While the transaction is open Telegram has no answer and keeps the update; then it lets go."""
    async with hooked() as at:
        anna = at.sandbox.person()
        disk.open.clear()
        anna.send("/start")
        with pytest.raises(TimeoutError):
            await at.sandbox.wait(lambda box: box.pending == 0, 0.3)
        assert anna.bot_messages == []
        disk.open.set()
        await at.settled()
        assert at.live(anna).markup.inline


async def test_the_database_away_is_503_and_nothing_is_lost(hooked: Hooked, disk: Disk, address: str) -> None:
    """A full disk: every request is answered 503, so Telegram keeps the updates; when there is room again its retry
    brings each of them, and each has its effect once."""
    async with hooked() as at:
        disk.fails = True
        people = [at.sandbox.person() for _ in range(20)]
        for person in people:
            person.send("/start")
        await at.until(lambda: disk.refused >= 2)
        assert (await post(address, start(800_000, 4242, at)))[0] == 503
        assert at.sandbox.pending == len(people)
        assert "503" in at.sandbox.cloud.webhook.last_error_message
        disk.fails = False
        await at.settled()
        assert all(at.live(person).markup.inline for person in people)
        assert sum(call.method == "sendMessage" for call in at.sandbox.calls) == len(people)


async def test_a_repeated_update_has_its_effect_once(hooked: Hooked, address: str) -> None:
    """Telegram did not hear our answer and brings the update again: 200, and nothing more is sent."""
    async with hooked() as at:
        anna = at.sandbox.person(4242)
        anna.chat.started = True
        update = start(900_000, anna.chat_id, at)
        assert await post(address, update) == (200, b"")
        await at.settled()
        sent = len(at.sandbox.calls)
        answers = await asyncio.gather(*(post(address, update) for _ in range(10)))
        assert answers == [(200, b"")] * 10
        await at.settled()
        assert len(at.sandbox.calls) == sent
        assert len(anna.bot_messages) == 1


async def test_neighbours_share_a_transaction(hooked: Hooked) -> None:
    """Updates that arrive within a few milliseconds are handled together: eighty people, a few commits, every
    one answered."""
    async with hooked() as at:
        people = [at.sandbox.person() for _ in range(80)]
        before = batches()
        for person in people:
            person.send("/start")
        await at.settled()
        assert all(at.live(person).markup.inline for person in people)
        assert batches() - before <= 40


async def test_one_poisoned_neighbour_costs_the_others_nothing(hooked: Hooked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handling one update fails for a reason of its own: the batch is taken apart, everybody else is answered, and
    Telegram is not asked to bring the poisoned one for ever."""
    from bot import turns  # noqa: PLC0415

    take = turns.take

    async def poisoned(incoming: Any, *rest: Any) -> None:
        if incoming.chat_id == 4242:
            raise ZeroDivisionError
        await take(incoming, *rest)

    monkeypatch.setattr(turns, "take", poisoned)
    async with hooked() as at:
        people = [at.sandbox.person() for _ in range(10)]
        bad = at.sandbox.person(4242)
        for person in (*people[:5], bad, *people[5:]):
            person.send("/start")
        await at.settled()
        assert all(at.live(person).markup.inline for person in people)
        assert bad.bot_messages == []


async def test_updates_survive_a_restart(hooked: Hooked, database_url: str, tmp_path: Path) -> None:
    """Between two starts nobody listens: Telegram's deliveries fail, and the next start gets them all."""
    from tests.stage import playing  # noqa: PLC0415

    async with hooked() as at:
        chosen = at.app.settings
        await at.end()
        anna = at.sandbox.person()
        anna.send("/start")
        async with playing(at.sandbox, chosen, at.clock) as again:
            await again.settled()
            assert again.live(anna).markup.inline
