"""Telegram's speed limits."""

from __future__ import annotations

import pytest

from bot.sandbox.limits import Limits, Meter
from bot.sandbox.people import Person
from bot.sandbox.refusal import Refusal
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api


async def test_one_a_second_after_a_small_burst(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A chat takes a few messages at once and then one a second; 429 says how long to wait, and waiting helps."""
    sandbox.limits = Limits(burst=3)
    for number in range(3):
        await api.ok("sendMessage", chat_id=person.chat_id, text=str(number))
    answer = await api.call("sendMessage", chat_id=person.chat_id, text="too soon")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
    assert answer["description"] == "Too Many Requests: retry after 1"
    sandbox.move_clock(1)
    await api.ok("sendMessage", chat_id=person.chat_id, text="in time")
    assert [message.text for message in person.bot_messages] == ["0", "1", "2", "in time"]


async def test_edits_count_and_deletions_do_not(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Edits spend the same budget as sends; deletions and answers to taps are free."""
    sandbox.limits = Limits(burst=2)
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    target = {"chat_id": person.chat_id, "message_id": sent["message_id"]}
    await api.ok("editMessageText", **target, text="y")
    assert (await api.no("editMessageText", **target, text="z")).startswith("429 Too Many Requests")
    assert person.bot_messages[0].text == "y"
    await api.ok("deleteMessage", **target)


async def test_groups_take_twenty_a_minute(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Of messages, edits and pins together the twenty-first within a minute waits until the first is a minute old;
    deletions are free; other groups, and the people in this one in their private chats, do not wait."""
    sandbox.limits = Limits()
    group = sandbox.group(members=[person], admin=True)
    target = {"chat_id": group.chat_id}
    sent = await api.ok("sendMessage", **target, text="board")
    sandbox.move_clock(20)
    await api.ok("pinChatMessage", **target, message_id=sent["message_id"], disable_notification=True)
    for number in range(18):
        await api.ok("editMessageText", **target, message_id=sent["message_id"], text=str(number))
    answer = await api.call("editMessageText", **target, message_id=sent["message_id"], text="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 40})
    for chat_id in (sandbox.group().chat_id, person.chat_id):
        await api.ok("sendMessage", chat_id=chat_id, text="x")
    sandbox.move_clock(40)
    await api.ok("editMessageText", **target, message_id=sent["message_id"], text="in time")
    assert (await api.call("sendMessage", **target, text="x"))["parameters"] == {"retry_after": 20}
    await api.ok("deleteMessage", **target, message_id=sent["message_id"])


def test_thirty_a_second_overall() -> None:
    """All chats together share about thirty a second, refilled as time goes on; a refusal spends nothing."""
    meter, limits = Meter(), Limits()
    for chat_id in range(1, 31):
        meter.spend(limits, chat_id, group=False, now=100.0)
    for _ in range(5):
        with pytest.raises(Refusal):
            meter.spend(limits, 31, group=False, now=100.0)
    meter.spend(limits, 31, group=False, now=100.034)
    with pytest.raises(Refusal):
        meter.spend(limits, 32, group=False, now=100.034)


async def test_limits_can_be_switched_off(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Without limits, as with a local Bot API server, nothing is ever too much."""
    sandbox.limits = Limits().off()
    for number in range(40):
        await api.ok("sendMessage", chat_id=person.chat_id, text=str(number))
    assert len(person.bot_messages) == 40
