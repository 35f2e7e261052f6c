"""Taps on buttons and their answers."""

from __future__ import annotations

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api, inline

EXPIRED = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_tap_carries_the_message_as_it_is(api: Api, person: Person) -> None:
    """A callback query brings its data and the message as the person saw it when tapping."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A", "B"]))
    query_id = person.tap(sent["message_id"], "B")
    await api.ok("editMessageText", chat_id=person.chat_id, message_id=sent["message_id"], text="two")
    query = (await api.ok("getUpdates"))[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "B", person.chat_id)
    assert query["message"]["text"] == "one"
    assert query["message"]["reply_markup"] == inline(["A", "B"])


async def test_only_what_is_there_can_be_tapped(api: Api, person: Person) -> None:
    """A phone offers no button that is not on its screen."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A"]))
    with pytest.raises(ValueError, match="no button 'C'"):
        person.tap(sent["message_id"], "C")
    person.delete(sent["message_id"], for_both=False)
    with pytest.raises(ValueError, match="no message"):
        person.tap(sent["message_id"], "A")


async def test_press_finds_the_newest(api: Api, person: Person) -> None:
    """`press` means the newest message that has these words."""
    for text in ("old", "new"):
        await api.ok("sendMessage", chat_id=person.chat_id, text=text, reply_markup=inline(["A"]))
    await api.ok("sendMessage", chat_id=person.chat_id, text="newest", reply_markup=inline(["B"]))
    person.press("A")
    assert (await api.ok("getUpdates"))[-1]["callback_query"]["message"]["text"] == "new"


async def test_answer_shows_its_words_once(api: Api, person: Person) -> None:
    """The answer's text shows on the phone; a query is answered once."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A"]))
    query_id = person.press("A")
    assert await api.ok("answerCallbackQuery", callback_query_id=query_id, text="Гаразд") is True
    assert person.toast == "Гаразд"
    assert await api.no("answerCallbackQuery", callback_query_id=query_id) == EXPIRED
    assert await api.no("answerCallbackQuery", callback_query_id="12345") == EXPIRED


async def test_tap_expires_after_150_seconds(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A tap not fetched within 150 s is never delivered, and one fetched cannot be answered any more."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A"]))
    query_id = person.press("A")
    sandbox.move_clock(149)
    assert (await api.ok("getUpdates"))[-1]["callback_query"]["id"] == query_id
    sandbox.move_clock(2)
    assert [list(update)[1] for update in await api.ok("getUpdates")] == ["message"]
    assert await api.no("answerCallbackQuery", callback_query_id=query_id) == EXPIRED


async def test_texts_wait_24_hours(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A text is kept for a bot that is away, for a day and not longer."""
    sandbox.move_clock(86_390)
    assert len(await api.ok("getUpdates")) == 1
    sandbox.move_clock(20)
    assert await api.ok("getUpdates") == []
    assert sandbox.pending == 0


async def test_long_answers_are_refused(api: Api, person: Person) -> None:
    """The words of an answer are at most 200 characters; a refused answer can be given again."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A"]))
    query_id = person.press("A")
    refusal = await api.no("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    assert refusal == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await api.ok("answerCallbackQuery", callback_query_id=query_id, text="x" * 200, show_alert=True) is True


async def test_old_queries_are_forgotten(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Taps that can no longer be answered take no room."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A"]))
    person.press("A")
    sandbox.move_clock(151)
    last = person.press("A")
    assert list(sandbox.cloud.queries) == [last]
