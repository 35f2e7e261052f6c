"""Long polling: order, confirmation, filters, conflicts, and updates nobody should ever send."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from aiohttp import ClientError

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Api

CONFLICT = "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def polling(sandbox: Sandbox, api: Api, **params: Any) -> asyncio.Task[dict[str, Any]]:
    """A long poll that has arrived and waits."""
    before = len(sandbox.calls)
    task = asyncio.create_task(api.call("getUpdates", **{"timeout": 10, **params}))
    await sandbox.wait(lambda s: len(s.calls) > before)
    return task


def text(chat_id: int, words: str, **more: Any) -> dict[str, Any]:
    """An update as a stranger's phone would cause it."""
    user = {"id": chat_id, "is_bot": False, "first_name": "Sample"}
    chat = {"id": chat_id, "type": "private", "first_name": "Sample"}
    message = {"message_id": 7, "from": user, "chat": chat, "date": int(time.time()), "text": words}
    return {"message": message, **more}


async def test_updates_repeat_until_confirmed(api: Api, person: Person) -> None:
    """What was fetched comes again until a higher offset says it was taken; `limit` cuts."""
    person.send("two")
    first = await api.ok("getUpdates")
    assert await api.ok("getUpdates") == first
    assert [update["message"]["text"] for update in first] == ["/start", "two"]
    assert await api.ok("getUpdates", limit=1) == first[:1]
    assert await api.ok("getUpdates", offset=first[0]["update_id"] + 1) == first[1:]
    assert await api.ok("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_negative_offset_forgets_all_but_the_last(api: Api, person: Person) -> None:
    """offset −1 keeps the newest update only."""
    person.send("two")
    person.send("three")
    assert [update["message"]["text"] for update in await api.ok("getUpdates", offset=-1)] == ["three"]
    assert len(await api.ok("getUpdates")) == 1


async def test_at_most_a_hundred_at_once(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A batch is a hundred updates, whatever was asked."""
    for number in range(150):
        person.send(str(number))
    batch = await api.ok("getUpdates", limit=1000)
    assert len(batch) == 100
    assert len(await api.ok("getUpdates", offset=batch[-1]["update_id"] + 1)) == 51


async def test_long_poll_answers_when_something_comes(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A waiting poll is answered by the next update at once, and with nothing when its time is over."""
    poll = await polling(sandbox, api, offset=2)
    person.send("now")
    assert [update["message"]["text"] for update in (await poll)["result"]] == ["now"]
    assert await api.ok("getUpdates", offset=3, timeout=0) == []


async def test_two_pollers_end_the_earlier(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A second poller takes over; the first one ends with 409 and the second gets the update."""
    first = await polling(sandbox, api, offset=2)
    second = await polling(sandbox, api, offset=2)
    refused = await first
    assert f"{refused['error_code']} {refused['description']}" == CONFLICT
    person.send("for the second")
    assert (await second)["result"][0]["message"]["text"] == "for the second"


async def test_webhook_and_polling_exclude_each_other(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Setting a webhook ends the poll that waits; while it is set, getUpdates is a conflict."""
    poll = await polling(sandbox, api, offset=2)
    await api.ok("setWebhook", url="http://127.0.0.1:9/nobody")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    refusal = await api.no("getUpdates")
    assert refusal.startswith("409 Conflict: can't use getUpdates method while webhook is active")
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert await api.ok("getUpdates") == []


async def test_allowed_updates_filter_what_comes_later(api: Api, person: Person) -> None:
    """Kinds that were not asked for are not even kept; updates from before are not touched."""
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    person.send("unheard")
    assert [update["message"]["text"] for update in await api.ok("getUpdates")] == ["/start"]
    await api.ok("getUpdates", allowed_updates=[])
    person.send("heard")
    assert [update["message"]["text"] for update in await api.ok("getUpdates")] == ["/start", "heard"]


async def test_pushed_updates_are_real(sandbox: Sandbox, api: Api) -> None:
    """An update made by hand makes its chat known: the bot can answer it and delete its message."""
    sandbox.push(text(555, "from afar"))
    (update,) = await api.ok("getUpdates")
    assert (update["update_id"], update["message"]["text"]) == (1, "from afar")
    await api.ok("sendMessage", chat_id=555, text="x")
    await api.ok("deleteMessage", chat_id=555, message_id=7)
    assert [message.text for message in sandbox.person(555).messages] == ["x"]


async def test_anything_can_be_pushed(sandbox: Sandbox, api: Api) -> None:
    """Nonsense is delivered as it is, once, and never stands in the way of what follows."""
    nonsense: list[Any] = [7, "words", None, [], {"update_id": "x"}, {"message": {"chat": 5}}, {"message": None}]
    for thing in nonsense:
        sandbox.push(thing)
    sandbox.push(text(5, "sane"))
    batch = await api.ok("getUpdates")
    assert batch[:5] == nonsense[:5]
    last = max(update["update_id"] for update in batch[5:])
    assert await api.ok("getUpdates", offset=last + 1) == []
    assert sandbox.pending == 0


async def test_repeated_update_comes_once_more(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The same update id may be pushed again after it was confirmed: it is delivered a second time."""
    (update,) = await api.ok("getUpdates")
    assert await api.ok("getUpdates", offset=2) == []
    sandbox.push(update)
    person.send("next")
    assert [update["update_id"] for update in await api.ok("getUpdates", offset=2)] == [1, 2]
    assert await api.ok("getUpdates", offset=3) == []


async def test_lost_answer_brings_the_updates_again(sandbox: Sandbox, api: Api) -> None:
    """When the answer of a poll is lost on the way, even what is handed out only once comes again."""
    sandbox.push("words")
    gate = sandbox.hold_answer("getUpdates")
    poll = asyncio.create_task(_survive(api))
    await gate.arrived.wait()
    gate.drop()
    assert await poll == "lost"
    assert await api.ok("getUpdates") == ["words"]
    assert await api.ok("getUpdates") == []


async def _survive(api: Api) -> str:
    try:
        await api.call("getUpdates")
    except ClientError:
        return "lost"
    return "answered"


async def test_stop_ends_a_waiting_poll_at_once() -> None:
    """A sandbox that goes away does not keep its callers waiting; the same Telegram can come back."""
    sandbox = Sandbox(TOKEN)
    await sandbox.start()
    person = sandbox.person()
    person.send("hello")
    await sandbox.stop()
    await sandbox.start()
    assert sandbox.pending == 1
    loop = asyncio.get_running_loop()
    poll = asyncio.create_task(sandbox.cloud.updates.poll(2, 100, 50))
    await asyncio.sleep(0)
    began = loop.time()
    await sandbox.stop()
    assert await poll == b"[]"
    assert loop.time() - began < 5


async def test_caller_that_is_gone_has_received_nothing(sandbox: Sandbox, api: Api) -> None:
    """A bot killed in the middle of a poll finds everything again, even what is handed out only once."""
    poll = await polling(sandbox, api)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await asyncio.sleep(0.01)  # the server sees the closed connection
    sandbox.push("words")
    await sandbox.wait(lambda s: s.calls[-1].ok is True)
    assert await api.ok("getUpdates") == ["words"]
