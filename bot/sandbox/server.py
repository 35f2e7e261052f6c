"""The sandbox as others use it: start it, give its address to a bot, be a person, watch the calls."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.sandbox.body import read_body
from bot.sandbox.calls import Call
from bot.sandbox.chat import Chat
from bot.sandbox.clock import Clock, utc_now
from bot.sandbox.cloud import Cloud
from bot.sandbox.control import control_routes
from bot.sandbox.delivery import Delivery
from bot.sandbox.events import Listeners
from bot.sandbox.faults import Fate, Faults, Gate
from bot.sandbox.group import Group, found
from bot.sandbox.limits import Limits
from bot.sandbox.people import Person
from bot.sandbox.refusal import Refusal
from bot.sandbox.strangers import learn
from bot.sandbox.switchboard import Answer, Switchboard, refused

Inspect = Callable[[int], Awaitable[dict[str, int]]]


class Sandbox:
    """A Telegram for one bot, on this machine only.

    `inspect` tells how many rows a chat has in which table (for the page's panel). `seed` repeats the same faults.
    """

    def __init__(
        self,
        token: str,
        *,
        clock: Callable[[], datetime] = utc_now,
        seed: int = 0,
        inspect: Inspect | None = None,
    ) -> None:
        self.token = token
        self.clock = Clock(clock)
        number = token.partition(":")[0]
        self.cloud = Cloud(int(number) if number.isdecimal() else 1, self.clock)
        self.switchboard = Switchboard(self.cloud, seed)
        self.delivery = Delivery(self.cloud, self.switchboard.carried)
        self.listeners = Listeners()
        self.inspect = inspect
        self._people: dict[int, Person] = {}
        self._runner: web.AppRunner | None = None
        self._host, self._port = "", 0

    # --- on and off ---

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; port 0 takes a free one. OSError when the port is taken."""
        app = web.Application(client_max_size=1 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._bot_api)
        app.router.add_routes(control_routes(self))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._host, self._port = host, self._runner.addresses[0][1]
        self.listeners.open()
        if self.cloud.webhook is not None:  # this Telegram was away for a while
            self.delivery.change(self.cloud.webhook)

    async def stop(self) -> None:
        """Ends polls, held calls (dropped) and deliveries, then the server. Twice does no harm; `start` again
        is the same Telegram after an outage."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for gates in (self.switchboard.before, self.switchboard.after):
            gates.open_all(Fate.DROPPED_BEFORE)
        self.cloud.updates.interrupt(None)
        self.listeners.close()
        await self.delivery.stop()
        await runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self._port}"

    # --- who is there ---

    def person(
        self,
        chat_id: int | None = None,
        *,
        name: str = "Зразок",
        lang: str = "uk",
        persona: str = "survivor",
        username: str | None = None,
    ) -> Person:
        """A private chat with the bot; the same one for a chat id that is there already. Without a `username` a
        made-up one stands in every update of theirs; "" means that they have none."""
        if chat_id is None:
            chat_id = self.cloud.free_chat_id()
        chat = self.cloud.chats.get(chat_id)
        if chat is None:
            username = f"sample_{chat_id}" if username is None else username
            chat = self.cloud.add_chat(Chat(chat_id, "private", name, persona, lang, username))
        if not chat.private:
            raise ValueError(f"{chat_id} is a {chat.type}")
        person = self._people.get(chat_id)
        if person is None or person.chat is not chat:
            person = self._people[chat_id] = Person(self.cloud, chat)
        return person

    def group(
        self,
        title: str = "Група",
        *,
        chat_id: int | None = None,
        kind: str = "supergroup",
        members: Iterable[Person] = (),
        admin: bool = False,
    ) -> Group:
        """A group to which the bot is added (it hears of it), as an administrator if `admin`; the first of its
        members owns it. The same one for a chat id that is there already."""
        if chat_id is not None and chat_id in self.cloud.chats:
            return self.known_group(chat_id)
        return found(self.cloud, title, kind, chat_id, members=members, admin=admin)

    def known_group(self, chat_id: int) -> Group:
        """A group that is there. ValueError when there is none."""
        if chat_id not in self.cloud.chats:
            raise ValueError(f"there is no group {chat_id}")
        return Group(self.cloud, self.cloud.chats[chat_id])

    def push(self, raw_update: Any) -> None:
        """Any update at all, malformed included; one without an `update_id` is given the next."""
        learn(self.cloud, raw_update)
        self.cloud.updates.push(raw_update)
        self.cloud.changes.touch()

    # --- what happened, and bad days ---

    @property
    def pending(self) -> int:
        """Updates the bot has not confirmed yet."""
        return len(self.cloud.updates)

    @property
    def calls(self) -> list[Call]:
        return self.switchboard.log.calls

    @property
    def faults(self) -> Faults:
        return self.switchboard.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self.switchboard.faults = faults
        self.cloud.changes.touch()

    @property
    def limits(self) -> Limits:
        return self.cloud.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.cloud.limits = limits
        self.cloud.changes.touch()

    def hold(self, method: str, chat_id: int | None = None) -> Gate:
        """The next such call is received, but has neither effect nor answer until `gate.release()`."""
        return self.switchboard.before.add(method, chat_id)

    def hold_answer(self, method: str, chat_id: int | None = None) -> Gate:
        """The next such call has its effect, but its answer waits for `gate.release()`."""
        return self.switchboard.after.add(method, chat_id)

    def move_clock(self, seconds: float) -> None:
        self.clock.move(seconds)
        self.cloud.changes.touch()

    async def wait(self, predicate: Callable[[Sandbox], bool], timeout: float = 5.0) -> None:  # noqa: ASYNC109 - tests wait by it
        """Returns once the predicate holds. TimeoutError after so many (real) seconds."""
        async with asyncio.timeout(timeout):
            await self.cloud.changes.until(lambda: predicate(self))

    def reset(self) -> None:
        """A fresh Telegram for the same bot: chats, updates, calls and faults go; card, webhook and clock stay."""
        self.cloud.reset()
        self.switchboard.log.clear()
        self.switchboard.faults = Faults()
        self._people.clear()

    # --- HTTP ---

    async def _bot_api(self, request: web.Request) -> web.Response:
        token, method = request.match_info["token"], request.match_info["method"]
        answer: Answer | None
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            answer = refused(Refusal(401))
        else:
            try:
                answer = await self.switchboard.http(method, await read_body(request))
            except Refusal as refusal:
                answer = refused(refusal)
        if request.transport is None or request.transport.is_closing():
            self.switchboard.unheard(method)
        elif answer is None:
            request.transport.abort()
        if answer is None:
            return web.Response(status=502)
        return web.Response(body=answer.body, status=answer.status, content_type="application/json")
