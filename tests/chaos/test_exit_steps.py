"""`kill -9` between any two steps of an exit: after the next start the exit completes.

No step is waited for by the clock: the sandbox holds the very call after which, or before whose effect, the process
is to die.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sandbox.faults import Faults, Gate
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from db import memory
from db.sealing import Keyring
from db.store import Store
from tests.chaos.process import SECRET, Process, bot, telegram
from tests.chaos.settled import count

pytestmark = pytest.mark.processes

TEXTS = 3  # typed before the exit, so many are still in the chat when it comes
NOT_YET = Faults(rate_429=1, retry_after=3600, methods=frozenset({"deleteMessage"}))  # … because Telegram is busy

# Where the process dies: the calls that are held before their effect, and those that have happened unheard.
Point = tuple[tuple[str, ...], tuple[str, ...]]
POINTS: dict[str, Point] = {
    "the tap is handed out": ((), ("getUpdates",)),
    "committed, not acknowledged": (("getUpdates", "editMessageText", "deleteMessages"), ()),
    "nothing has been called": (("editMessageText", "deleteMessages", "answerCallbackQuery"), ()),
    "covered, unheard": (("deleteMessages",), ("editMessageText",)),
    "covered, not wiped": (("deleteMessages",), ()),
    "wiped, unheard": (("editMessageText",), ("deleteMessages",)),
    "wiped, not covered": (("editMessageText",), ()),
    "all done, nothing heard": ((), ("editMessageText", "deleteMessages")),
    "only the spinner turns": (("answerCallbackQuery",), ()),
}


async def until(process: Process, holds: Callable[[], object]) -> None:
    """Waits as a test does, for as long as the process lives."""
    await process.until(holds)


async def inside(sandbox: Sandbox, process: Process) -> Person:
    """A visitor with a screen, whose texts are still in the chat."""
    anna = sandbox.person()
    anna.send("/start")
    await until(process, lambda: len(anna.bot_messages) == 1 and anna.bot_messages[0].markup.inline)
    await until(process, lambda: len(anna.messages) == 1)
    sandbox.faults = NOT_YET
    for number in range(TEXTS):
        anna.send(f"Житомир {number}")
    await until(process, lambda: sum(c.error_code == 429 for c in sandbox.calls) and not sandbox.pending)
    return anna


def exit_button(person: Person) -> None:
    """Taps the last button of the screen: the exit, wherever one is."""
    live = person.bot_messages[-1]
    assert live.markup.inline
    person.tap(live.message_id, live.markup.inline[-1][-1]["text"])


async def gone(store: Store, keys: Keyring, person: Person) -> dict[str, int]:
    """What is held about a person."""
    async with store.read() as connection:
        return await memory.holdings(connection, keys, person.chat_id)


@pytest.mark.parametrize("point", POINTS)
async def test_an_exit_completes_after_a_kill(database_url: str, store: Store, tmp_path: Path, point: str) -> None:
    """Whatever had been done and heard of by then: in the end one cover, and nothing about the person."""
    before, after = POINTS[point]
    folder = tmp_path / "bot"
    async with telegram() as sandbox:
        async with bot(folder, sandbox, database_url) as process:
            await process.serves()
            anna = await inside(sandbox, process)
            screen = anna.bot_messages[-1].message_id
            if point == "the tap is handed out":
                gates = [sandbox.hold_answer("getUpdates")]
                exit_button(anna)
            elif point == "committed, not acknowledged":
                gates = _gates(sandbox, anna, before[1:], after)
                exit_button(anna)
                await asyncio.gather(*(gate.arrived.wait() for gate in gates))
            else:
                gates = _gates(sandbox, anna, before, after)
                exit_button(anna)
            async with asyncio.timeout(60):
                await asyncio.gather(*(gate.arrived.wait() for gate in gates))
            assert await process.end(signal.SIGKILL) == -signal.SIGKILL
            for gate in gates:
                gate.drop()
        sandbox.faults = Faults()
        async with bot(folder, sandbox, database_url) as process:
            await process.serves()
            await until(process, lambda: not sandbox.pending)
            async with asyncio.timeout(60):
                while await count(store, "outbox"):
                    await asyncio.sleep(0.02)
            (cover,) = anna.messages
            assert cover.message_id == screen
            assert cover.text.startswith(("Порада дня", "Tip of the day"))
            assert not any((await gone(store, Keyring(SECRET.encode(), folder / "keys"), anna)).values())
            assert await process.end(signal.SIGTERM) == 0


def _gates(sandbox: Sandbox, person: Person, before: tuple[str, ...], after: tuple[str, ...]) -> list[Gate]:
    chat = person.chat_id
    held = [
        sandbox.hold(method, None if method in ("getUpdates", "answerCallbackQuery") else chat) for method in before
    ]
    return held + [sandbox.hold_answer(method, chat) for method in after]
