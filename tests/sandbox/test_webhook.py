"""Webhook delivery to a bot's own HTTP server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api, inline


class Receiver:
    """A bot's web server that notes what it is given and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []  # to give first, in this order; 200 afterwards
        self.under_way = 0
        self.most_at_once = 0
        self.open = asyncio.Event()
        self.open.set()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.open.wait()
        self.under_way -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        """The words received, in order."""
        return [update["message"]["text"] for update in self.got if "message" in update]


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Listens on a port of its own."""
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(
    sandbox: Sandbox, api: Api, person: Person, receiver: Receiver
) -> None:
    """What waited and what comes later is posted, with the secret in its header."""
    await api.ok("setWebhook", url=receiver.url, secret_token="hush-1_A")
    person.send("later")
    await sandbox.wait(lambda s: s.pending == 0)
    assert receiver.texts == ["/start", "later"]
    assert receiver.secrets == ["hush-1_A", "hush-1_A"]
    info = await api.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (receiver.url, 0, 40)


async def test_refused_update_is_tried_again(sandbox: Sandbox, api: Api, person: Person, receiver: Receiver) -> None:
    """Anything but 2xx keeps the update, and getWebhookInfo tells what went wrong."""
    receiver.answers = [web.Response(status=500), web.Response(status=403)]
    await api.ok("setWebhook", url=receiver.url)
    await sandbox.wait(lambda s: s.pending == 0)
    assert receiver.texts == ["/start"] * 3
    info = await api.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_dead_webhook_keeps_updates(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Nobody at the address: nothing is lost, and polling takes over once the webhook is deleted."""
    await api.ok("setWebhook", url="http://127.0.0.1:9/nobody")
    await sandbox.wait(lambda s: s.cloud.webhook is not None and s.cloud.webhook.last_error_date > 0)
    assert (await api.ok("getWebhookInfo"))["last_error_message"] == "Connection failed"
    await api.ok("deleteWebhook")
    assert [update["message"]["text"] for update in await api.ok("getUpdates")] == ["/start"]


async def test_one_persons_texts_come_in_turn_and_taps_beside_them(
    sandbox: Sandbox, api: Api, person: Person, receiver: Receiver
) -> None:
    """A second text waits for the first to be accepted; a tap and other people do not."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_markup=inline(["A"]))
    receiver.open.clear()
    await api.ok("setWebhook", url=receiver.url)
    person.send("second")
    person.press("A")
    sandbox.person().send("other")
    async with asyncio.timeout(5):
        while len(receiver.got) < 3:
            await asyncio.sleep(0.001)
    assert sorted(receiver.texts) == ["/start", "other"]
    receiver.open.set()
    await sandbox.wait(lambda s: s.pending == 0)
    assert receiver.texts[-1] == "second"


async def test_max_connections_is_kept(sandbox: Sandbox, api: Api, receiver: Receiver) -> None:
    """No more deliveries at once than the bot asked for."""
    for _ in range(12):
        sandbox.person().send("x")
    await api.ok("setWebhook", url=receiver.url, max_connections=3)
    await sandbox.wait(lambda s: s.pending == 0)
    assert len(receiver.got) == 12
    assert receiver.most_at_once <= 3


async def test_answer_carries_one_call(sandbox: Sandbox, api: Api, person: Person, receiver: Receiver) -> None:
    """A method in the answer's JSON is carried out, its result seen by nobody."""
    receiver.answers = [web.json_response({"method": "sendMessage", "chat_id": person.chat_id, "text": "carried"})]
    await api.ok("setWebhook", url=receiver.url)
    await sandbox.wait(lambda s: any(call.via == "webhook" and call.ok for call in s.calls))
    assert [message.text for message in person.bot_messages] == ["carried"]


@pytest.mark.parametrize(
    "body",
    ['{"method": "getUpdates"}', '{"method": "setWebhook"}', '{"method": 5}', "{", "[]"],
)
async def test_answers_that_carry_nothing(
    sandbox: Sandbox, api: Api, person: Person, receiver: Receiver, body: str
) -> None:
    """Methods that read or change the delivery, and nonsense, are passed over; the update counts as taken."""
    receiver.answers = [web.Response(text=body, content_type="application/json")]
    await api.ok("setWebhook", url=receiver.url)
    await sandbox.wait(lambda s: s.pending == 0)
    assert [call.via for call in sandbox.calls] == ["http"]
    assert receiver.texts == ["/start"]


async def test_refused_carried_call_is_only_logged(
    sandbox: Sandbox, api: Api, person: Person, receiver: Receiver
) -> None:
    """The bot never hears that the call it put into an answer was refused; the log does."""
    receiver.answers = [web.json_response({"method": "sendMessage", "chat_id": person.chat_id, "text": ""})]
    await api.ok("setWebhook", url=receiver.url)
    await sandbox.wait(lambda s: s.calls[-1].ok is False)
    assert sandbox.calls[-1].description == "Bad Request: message text is empty"
    assert sandbox.pending == 0


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_webhook_settings_are_checked(api: Api, params: dict[str, str], sentence: str) -> None:
    """HTTPS beyond this machine, and a secret of at most 256 plain characters."""
    assert await api.no("setWebhook", **params) == f"400 Bad Request: {sentence}"
    assert (await api.ok("getWebhookInfo"))["url"] == ""


async def test_webhook_survives_an_outage(sandbox: Sandbox, api: Api, person: Person, receiver: Receiver) -> None:
    """After Telegram was away, what was sent meanwhile is delivered to the webhook that was set before."""
    await api.ok("setWebhook", url=receiver.url)
    await sandbox.wait(lambda s: s.pending == 0)
    await sandbox.stop()
    person.send("meanwhile")
    await sandbox.start()
    await sandbox.wait(lambda s: s.pending == 0)
    assert receiver.texts == ["/start", "meanwhile"]


async def test_dropping_and_replacing(sandbox: Sandbox, api: Api, person: Person, receiver: Receiver) -> None:
    """Pending updates can be dropped with a new webhook; an empty address means none."""
    await api.ok("setWebhook", url="http://127.0.0.1:9/nobody", allowed_updates=["message"])
    assert (await api.ok("getWebhookInfo"))["allowed_updates"] == ["message"]
    await api.ok("setWebhook", url=receiver.url, drop_pending_updates=True)
    person.send("after")
    await sandbox.wait(lambda s: s.pending == 0)
    assert receiver.texts == ["after"]
    await api.ok("setWebhook", url="")
    assert (await api.ok("getWebhookInfo"))["url"] == ""
