"""The measuring instrument itself: a figure nobody can trust is worse than none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.bench.fast_api import HOST, FastApi
from tests.bench.figures import percentile
from tests.bench.load import QUIET, SETTLED, Load
from tests.bench.parameters import keyboard, parameters
from tests.bench.wire import Call, Wire

KEYBOARD = {"inline_keyboard": [[{"text": "Далі", "callback_data": "next"}, {"text": "Дім", "callback_data": "home"}]]}


class Clock:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Bot:
    """The calls of a bot that is written out in the test."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session, self._base = session, base

    async def call(self, method: str, **told: object) -> Any:
        """One Bot API call; gives its result, or None when it was refused."""
        async with self._session.post(f"{self._base}/bot1:x/{method}", json=told) as answer:
            return (await answer.json()).get("result")

    async def show(self, chat_id: int, message_id: int, text: str) -> None:
        """Edits a screen into a message."""
        await self.call("editMessageText", chat_id=chat_id, message_id=message_id, text=text, reply_markup=KEYBOARD)


@asynccontextmanager
async def served(load: Load) -> AsyncIterator[tuple[FastApi, Bot]]:
    """The Bot API on the loopback, in this process."""
    api = FastApi(load)
    server = await asyncio.get_running_loop().create_server(lambda: Wire(api.serve), HOST, 0)
    base = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    async with aiohttp.ClientSession() as session:
        yield api, Bot(session, base)
    server.close()
    await server.wait_closed()


async def test_a_lost_and_a_repeated_update_are_counted() -> None:
    """Of three visitors one never gets a screen and one gets the same twice: one lost, one repeated."""
    clock = Clock()
    load = Load(clock)
    async with served(load) as (api, bot):
        load.visit(first=1, count=3, at_once=3, seconds=60)
        updates = await bot.call("getUpdates", timeout=0)
        assert [update["message"]["chat"]["id"] for update in updates] == [1, 2, 3]
        for chat_id in (1, 2):
            shell = await bot.call("sendMessage", chat_id=chat_id, text="…")
            await bot.show(chat_id, shell["message_id"], "home")
        await bot.show(2, 2, "home")
        load.tick()
        assert not api.state()["over"]
        clock.now = QUIET + 1
        load.tick()
        state = api.state()
    assert (state["over"], state["answered"], state["lost"]) == (True, 2, 1)
    assert state["repeated"] == {"editMessageText": 1}


async def test_a_repeat_is_not_taken_for_the_answer_of_the_next_tap() -> None:
    """The old screen sent again after the next tap was handed out leaves that tap waiting."""
    clock = Clock()
    load = Load(clock, ("next", "home"))
    async with served(load) as (api, bot):
        load.visit(first=1, count=1, at_once=1, seconds=60)
        await bot.call("getUpdates", timeout=0)
        await bot.show(1, 2, "home")
        load.crowd(people=1, taps=2, seconds=60)
        first = (await bot.call("getUpdates", offset=2, timeout=0))[0]["callback_query"]
        await bot.show(1, 2, "home")
        assert (load.current.answered, dict(load.current.repeated)) == (0, {"editMessageText": 1})
        await bot.call("answerCallbackQuery", callback_query_id=first["id"])
        await bot.show(1, 2, "next")
        second = (await bot.call("getUpdates", offset=3, timeout=0))[0]["callback_query"]
        assert [first["data"], second["data"]] == ["next", "home"]
        await bot.show(1, 2, "home")
        clock.now += 2 * SETTLED
        load.tick()
        assert not api.state()["over"]
        await bot.call("answerCallbackQuery", callback_query_id=second["id"])
        clock.now += 2 * SETTLED
        load.tick()
    assert (api.state()["over"], load.current.lost, load.current.answered) == (True, 0, 2)


async def test_an_update_comes_again_until_it_is_confirmed() -> None:
    """As at Telegram, only a higher offset confirms: a bot that dies in between gets the same update again."""
    load = Load(Clock())
    async with served(load) as (_, bot):
        load.visit(first=1, count=2, at_once=2, seconds=60)
        before = await bot.call("getUpdates", timeout=0)
        again = await bot.call("getUpdates", timeout=0)
        rest = await bot.call("getUpdates", offset=before[0]["update_id"] + 1, timeout=0)
    assert (len(before), again) == (2, before)
    assert rest == before[1:]


async def test_a_waiting_poll_gets_what_arrives_and_a_second_poller_ends_the_first() -> None:
    """Long polling holds until there is something to give; of two pollers the newer one stays."""
    load = Load(Clock())
    async with served(load) as (api, bot):
        first = asyncio.create_task(bot.call("getUpdates", timeout=30))
        while api.first_poll is None:
            await asyncio.sleep(0)
        second = asyncio.create_task(bot.call("getUpdates", timeout=30))
        assert await first is None
        load.visit(first=1, count=5, at_once=5, seconds=60)
        assert len(await second) == 5


def test_what_was_never_handed_out_is_taken_back_not_lost() -> None:
    """A pass out of time counts as lost only what the bot was given."""
    clock = Clock()
    load = Load(clock)
    load.visit(first=1, count=3, at_once=3, seconds=2)
    load.hand_out(0, limit=1)
    clock.now = 3.0
    load.tick()
    assert not load.current.over
    clock.now += QUIET + 1
    load.tick()
    assert (load.current.over, load.current.made, load.current.lost) == (True, 1, 1)


def test_a_tap_taken_back_is_tapped_again() -> None:
    """A tour goes on where the visitor sees it; a skipped step would tap for the screen that is shown already."""
    clock = Clock()
    load = Load(clock, ("next", "home"))
    load.visit(first=1, count=1, at_once=1, seconds=60)
    load.hand_out(0, limit=1)
    load.edited(1, 2, hash("home"), ("next", "home"), json.dumps(KEYBOARD))
    load.backlog(seconds=1)
    clock.now = 10.0
    load.tick()
    assert (load.current.over, load.current.made) == (True, 0)
    load.backlog(seconds=1)
    assert json.loads(load.hand_out(3, limit=1)[0])["callback_query"]["data"] == "next"


def test_no_more_newcomers_wait_than_were_asked_for() -> None:
    """The next newcomer comes when one has a screen, until all have been here."""
    load = Load(Clock())
    load.visit(first=1, count=3, at_once=2, seconds=60)
    assert len(load.hand_out(0, limit=100)) == 2
    load.edited(1, 2, hash("home"), (), "{}")
    assert (len(load.hand_out(2, limit=100)), load.current.made) == (2, 3)
    load.edited(2, 2, hash("home"), (), "{}")
    assert (load.hand_out(4, limit=100), load.current.answered) == ([], 2)


def test_a_form_is_read_like_json_even_in_pieces() -> None:
    """Stock bots send forms; a request may arrive cut anywhere."""
    calls: list[Call] = []
    wire = Wire(calls.append)
    wire.connection_made(asyncio.Transport())
    body = urlencode({"chat_id": 7, "message_id": 8, "reply_markup": json.dumps(KEYBOARD)}).encode()
    head = f"POST /bot1:x/editMessageText HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    for byte in head + body:
        wire.data_received(bytes([byte]))
    assert len(calls) == 1
    read = parameters(calls[0])
    assert (read["chat_id"], keyboard(read["reply_markup"])[1]) == ("7", ("next", "home"))


def test_percentiles_are_by_nearest_rank() -> None:
    """Of a hundred values p99 is the 99th; of one it is that one."""
    assert percentile(list(range(1, 101)), 99) == 99
    assert percentile([7.0], 50) == 7.0
    assert percentile([], 50) != percentile([], 50)
