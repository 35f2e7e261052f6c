"""A Bot API on the loopback that is faster than any bot: it hands out a load and counts what comes back.

It enforces none of Telegram's rules (the sandbox does that) and never refuses: it is a measuring instrument.
Run as its own process by `tests.bench.processes`; it ends when its standard input closes, so it cannot outlive
the one who started it.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import uvloop

from tests.bench.chats import NO_KEYBOARD
from tests.bench.load import Load
from tests.bench.parameters import keyboard, parameters
from tests.bench.updates import bot_itself, message
from tests.bench.wire import Call, Wire

HOST = "127.0.0.1"
TRUE = b'{"ok":true,"result":true}'
ME = f'{{"ok":true,"result":{bot_itself()}}}'.encode()
NONE_NEW = b'{"ok":true,"result":[]}'
TWO_POLLERS = b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}'
ASKED_OF_US = {  # what a bot may ask about itself at its start
    "getMe": ME,
    "getMyCommands": b'{"ok":true,"result":[]}',
    "getMyName": b'{"ok":true,"result":{"name":""}}',
    "getMyDescription": b'{"ok":true,"result":{"description":""}}',
    "getMyShortDescription": b'{"ok":true,"result":{"short_description":""}}',
    "getWebhookInfo": b'{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}',
}
QUIETLY_DONE = frozenset(("deleteWebhook", "deleteMyCommands", "sendChatAction", "close", "logOut"))
_TICK = 0.005  # seconds; a steady 50 a second has one due every 0.02


class FastApi:
    """The methods a bot calls, and under /bench/ the ones the bench calls."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.first_poll: float | None = None
        self._poll: tuple[Call, int, int] | None = None
        self._poll_ends: asyncio.TimerHandle | None = None
        self._waking = False
        self._counted: dict[str, Callable[[dict[str, Any]], bytes]] = {
            "sendMessage": self._send,
            "editMessageText": self._edit,
            "answerCallbackQuery": self._answer_tap,
            "deleteMessage": self._delete,
            "deleteMessages": self._delete,
        }
        load.wake = self._wake

    def serve(self, call: Call) -> None:
        """Answers one call. A method nobody has thought of is refused, so that a figure cannot hide it."""
        path = call.path.partition(b"?")[0]
        _, first, method = path.decode().split("/", 2)
        if first == "bench":
            call.answer(self._bench(method, json.loads(call.body or b"{}")))
            return
        known = parameters(call)
        if method == "getUpdates":
            self._get_updates(call, known)
            return
        self.load.called(method)
        if (answer := self._answer(method, known)) is None:
            call.answer(b'{"ok":false,"error_code":404,"description":"Not Found"}', 404)
            return
        call.answer(answer)

    def _answer(self, method: str, known: dict[str, Any]) -> bytes | None:
        """The answer of a method, None when there is no such method."""
        if counted := self._counted.get(method):
            return counted(known)
        if method in ASKED_OF_US:
            return ASKED_OF_US[method]
        return TRUE if method.startswith("set") or method in QUIETLY_DONE else None

    def _edit(self, known: dict[str, Any]) -> bytes:
        chat_id, message_id = int(known["chat_id"]), int(known["message_id"])
        markup, buttons = keyboard(known.get("reply_markup") or NO_KEYBOARD)
        self.load.edited(chat_id, message_id, known["shown"], buttons, markup)
        return _result(message(chat_id, message_id, markup))

    def _send(self, known: dict[str, Any]) -> bytes:
        chat_id = int(known["chat_id"])
        return _result(message(chat_id, self.load.sent(chat_id), NO_KEYBOARD))

    def _answer_tap(self, known: dict[str, Any]) -> bytes:
        self.load.tap_answered(str(known["callback_query_id"]))
        return TRUE

    def _delete(self, known: dict[str, Any]) -> bytes:
        given = known.get("message_ids") or [known["message_id"]]
        self.load.deleted(int(known["chat_id"]), map(int, json.loads(given) if isinstance(given, str) else given))
        return TRUE

    # --- getUpdates --------------------------------------------------------------------------------------

    def _get_updates(self, call: Call, known: dict[str, Any]) -> None:
        """Long polling. As at Telegram a second poller ends the first with 409."""
        if self.first_poll is None:
            self.first_poll = self.load.clock()
        if self._poll is not None:
            self._end_poll(TWO_POLLERS, 409)
        offset, limit = int(known.get("offset") or 0), int(known.get("limit") or 100)
        self._poll = (call, offset, limit)
        self._give()
        if self._poll is not None:
            seconds = float(known.get("timeout") or 0)
            self._poll_ends = asyncio.get_running_loop().call_later(seconds, self._end_poll, NONE_NEW)

    def _wake(self) -> None:
        """New updates: the waiting poll gets, in one batch, all that are made in this breath."""
        if self._poll is not None and not self._waking:
            self._waking = True
            asyncio.get_running_loop().call_soon(self._give)

    def _give(self) -> None:
        self._waking = False
        if self._poll is None:
            return
        call, offset, limit = self._poll
        if call.gone:
            self._poll = None
            return
        if updates := self.load.hand_out(offset, limit):
            self._end_poll(b'{"ok":true,"result":[%s]}' % b",".join(updates))

    def _end_poll(self, body: bytes, status: int = 200) -> None:
        if self._poll is None:
            return
        call, self._poll = self._poll[0], None
        if self._poll_ends is not None:
            self._poll_ends.cancel()
            self._poll_ends = None
        call.answer(body, status)

    # --- the bench's own calls ---------------------------------------------------------------------------

    def _bench(self, order: str, told: dict[str, Any]) -> bytes:
        """The name of a pass begins it, `await` forgets the first poll, `state` tells all."""
        match order:
            case "visit" | "backlog" | "crowd" | "steady":
                getattr(self.load, order)(**told)
            case "await":
                self.first_poll = None
        return json.dumps(self.state()).encode()

    def state(self) -> dict[str, Any]:
        """The current pass, and when the bot first polled."""
        now = self.load.current
        return {
            "first_poll": self.first_poll,
            "name": now.name,
            "over": now.over,
            "made": now.made,
            "answered": now.answered,
            "lost": now.lost,
            "silent_taps": now.silent_taps,
            "repeated": now.repeated,
            "calls": now.calls,
            "seconds": now.last_answer - now.first_handed if now.last_answer and now.first_handed else 0.0,
            "waits": now.waits if now.over else [],
            "patience": now.patience if now.over else [],
        }

    async def keep_time(self) -> None:
        """Lets the load see time pass, for as long as it runs."""
        while True:
            self.load.tick()
            await asyncio.sleep(_TICK)


def _result(result: str) -> bytes:
    return f'{{"ok":true,"result":{result}}}'.encode()


async def run(tour: tuple[str, ...]) -> None:
    """Serves on a free port, which is written to standard output, until standard input closes."""
    api = FastApi(Load(time.monotonic, tour))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Wire(api.serve), HOST, 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ticking = asyncio.create_task(api.keep_time())
    await loop.run_in_executor(None, sys.stdin.read)
    ticking.cancel()
    server.close()


def main() -> None:
    """`python -m tests.bench.fast_api [--tour DATA…]`."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tour", nargs="*", default=[])
    gc.disable()  # a few minutes of life, and nothing here may pause while a bot is timed
    uvloop.run(run(tuple(arguments.parse_args().tour)))


if __name__ == "__main__":
    main()
