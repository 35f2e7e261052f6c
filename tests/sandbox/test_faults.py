"""Bad days, made to order."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest
from aiohttp import ClientError

from bot.sandbox.faults import Faults
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Api


async def outcome(api: Api, method: str, **params: Any) -> str:
    """What the caller sees."""
    try:
        answer = await api.call(method, **params)
    except ClientError:
        return "dropped"
    return "ok" if answer["ok"] else str(answer["error_code"])


async def test_429_and_5xx_have_no_effect(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A fault answer means that nothing happened; 429 tells how long to wait."""
    sandbox.faults = Faults(rate_429=1.0, retry_after=7)
    answer = await api.call("sendMessage", chat_id=person.chat_id, text="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    sandbox.faults = Faults(rate_5xx=1.0)
    assert (await outcome(api, "sendMessage", chat_id=person.chat_id, text="x"))[0] == "5"
    assert person.bot_messages == []
    assert [(call.ok, call.effect) for call in sandbox.calls] == [(False, False)] * 2


async def test_drops_fall_on_both_sides_of_the_effect(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The caller of a dropped call cannot know whether it worked; the log can, and both happen."""
    sandbox.faults = Faults(rate_drop=1.0)
    seen = [await outcome(api, "sendMessage", chat_id=person.chat_id, text=str(number)) for number in range(20)]
    assert seen == ["dropped"] * 20
    effects = Counter(call.effect for call in sandbox.calls)
    assert len(person.bot_messages) == effects[True]
    assert effects[True] > 2
    assert effects[False] > 2


async def test_same_seed_same_luck() -> None:
    """The faults of a run can be had again."""
    runs = []
    for _ in range(2):
        sandbox = Sandbox(TOKEN, seed=5)
        sandbox.faults = Faults(rate_429=0.2, rate_5xx=0.2, rate_drop=0.2)
        runs.append([sandbox.faults.fate(sandbox.switchboard.random) for _ in range(50)])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == 5


async def test_faults_can_be_for_some_methods_only(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Trouble with sending need not be trouble with everything."""
    sandbox.faults = Faults(rate_5xx=1.0, methods=frozenset({"sendMessage"}))
    assert (await outcome(api, "sendMessage", chat_id=person.chat_id, text="x"))[0] == "5"
    assert await outcome(api, "getMe") == "ok"


async def test_delay_lies_between_its_bounds(sandbox: Sandbox, api: Api) -> None:
    """Answers take as long as asked for."""
    sandbox.faults = Faults(delay=(0.02, 0.03))
    loop = asyncio.get_running_loop()
    began = loop.time()
    await api.ok("getMe")
    assert 0.02 <= loop.time() - began < 2


async def test_held_call_has_neither_effect_nor_answer(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A call in flight: received, not yet done. Released, it goes on as if nothing had been."""
    gate = sandbox.hold("sendMessage", person.chat_id)
    other = sandbox.person()
    other.send("hello")
    held = asyncio.create_task(api.ok("sendMessage", chat_id=person.chat_id, text="held"))
    await gate.arrived.wait()
    await api.ok("sendMessage", chat_id=other.chat_id, text="free")
    assert (person.bot_messages, held.done()) == ([], False)
    assert gate.call is not None
    assert gate.call.ok is None
    gate.release()
    assert (await held)["text"] == "held"
    assert [call.params["text"] for call in sandbox.calls] == ["held", "free"]


async def test_held_answer_comes_after_the_effect(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The message is on the phone while the bot still waits to hear of it."""
    gate = sandbox.hold_answer("sendMessage")
    held = asyncio.create_task(api.ok("sendMessage", chat_id=person.chat_id, text="x"))
    await gate.arrived.wait()
    assert ([message.text for message in person.bot_messages], held.done()) == (["x"], False)
    gate.release()
    assert (await held)["text"] == "x"


@pytest.mark.parametrize(("hold", "shown"), [("hold", 0), ("hold_answer", 1)])
async def test_held_call_may_be_dropped(sandbox: Sandbox, api: Api, person: Person, hold: str, shown: int) -> None:
    """A call may be lost before its effect, or its answer after it."""
    gate = getattr(sandbox, hold)("sendMessage")
    held = asyncio.create_task(outcome(api, "sendMessage", chat_id=person.chat_id, text="x"))
    await gate.arrived.wait()
    gate.drop()
    assert await held == "dropped"
    assert len(person.bot_messages) == shown
    assert await outcome(api, "sendMessage", chat_id=person.chat_id, text="y") == "ok"


async def test_taps_can_be_held_by_their_chat(sandbox: Sandbox, api: Api, person: Person) -> None:
    """answerCallbackQuery names no chat, yet belongs to one."""
    sandbox.push({"callback_query": {"id": "77", "from": {"id": 5}, "message": None, "data": "x"}})
    message = {"message_id": 9, "chat": {"id": person.chat_id, "type": "private"}, "date": 1}
    sandbox.push({"callback_query": {"id": "78", "from": {"id": 5}, "message": message, "data": "x"}})
    gate = sandbox.hold("answerCallbackQuery", person.chat_id)
    held = asyncio.create_task(api.ok("answerCallbackQuery", callback_query_id="78"))
    await gate.arrived.wait()
    gate.release()
    assert await held is True


async def test_unused_gate_can_be_taken_away(sandbox: Sandbox, api: Api) -> None:
    """A gate released before anything arrived holds nothing later."""
    sandbox.hold("getMe").release()
    assert await outcome(api, "getMe") == "ok"


async def test_waiting_for_what_never_comes_ends(sandbox: Sandbox) -> None:
    """`wait` gives up in time, and passes on the mistake of a predicate."""
    with pytest.raises(TimeoutError):
        await sandbox.wait(lambda s: bool(s.calls), timeout=0.01)
    waiting = asyncio.create_task(sandbox.wait(lambda s: s.calls[0].ok is True if s.cloud.chats else False))
    await asyncio.sleep(0)
    sandbox.person()
    with pytest.raises(IndexError):
        await waiting
