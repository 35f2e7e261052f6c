"""Sending and editing."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api, inline


async def test_the_bot_cannot_speak_first(sandbox: Sandbox, api: Api) -> None:
    """A person who never wrote cannot be written to, a chat nobody knows does not exist."""
    silent = sandbox.person()
    refusal = await api.no("sendMessage", chat_id=silent.chat_id, text="x")
    assert refusal == "403 Forbidden: bot can't initiate conversation with a user"
    for nowhere in (5, "@nobody"):
        assert await api.no("sendMessage", chat_id=nowhere, text="x") == "400 Bad Request: chat not found"
    silent.send("hello")
    assert (await api.ok("sendMessage", chat_id=silent.chat_id, text="x"))["text"] == "x"


@pytest.mark.parametrize(
    ("text", "mode", "sentence"),
    [
        ("", None, "message text is empty"),
        ("  \n", None, "message text is empty"),
        ("<b> </b>", "HTML", "message text is empty"),
        ("х" * 4097, None, "message is too long"),
        ("x", "MarkdownV2", "unsupported parse_mode"),
        ("<b>x", "HTML", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_text_is_refused(api: Api, person: Person, text: str, mode: str | None, sentence: str) -> None:
    """Texts are 1 to 4,096 characters after parsing, and must parse."""
    refusal = await api.no("sendMessage", chat_id=person.chat_id, text=text, parse_mode=mode)
    assert refusal == f"400 Bad Request: {sentence}"
    assert person.bot_messages == []


async def test_length_counts_after_parsing(api: Api, person: Person) -> None:
    """Tags and references do not use up the 4,096 characters."""
    text = "<b>" + "&lt;" * 4096 + "</b>"
    message = await api.ok("sendMessage", chat_id=person.chat_id, text=text, parse_mode="HTML")
    assert message["text"] == "<" * 4096
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_edit_changes_text_and_takes_buttons_away(api: Api, person: Person) -> None:
    """An edit shows at once; without `reply_markup` the keyboard goes."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A"]))
    edited = await api.ok("editMessageText", chat_id=person.chat_id, message_id=sent["message_id"], text="two")
    (message,) = person.bot_messages
    assert (message.text, message.labels) == ("two", [])
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited


async def test_same_again_is_not_modified(api: Api, person: Person) -> None:
    """An edit that changes nothing is refused, with the sentence bots look for."""
    keyboard = inline(["A"], ["B"])
    sent = await api.ok(
        "sendMessage", chat_id=person.chat_id, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard
    )
    same = {"chat_id": person.chat_id, "message_id": sent["message_id"]}
    expected = (
        "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message"
    )
    again = {"text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": keyboard}
    assert await api.no("editMessageText", **same, **again) == expected
    assert await api.no("editMessageReplyMarkup", **same, reply_markup=keyboard) == expected
    await api.ok("editMessageText", **same, **{**again, "text": "<i>x</i>"})
    await api.ok("editMessageReplyMarkup", **same, reply_markup=inline(["A"]))


async def test_only_own_present_messages_are_edited(api: Api, person: Person) -> None:
    """Neither what the person wrote, nor what is gone, nor what never was."""
    mine = person.messages[0].message_id
    refusal = await api.no("editMessageText", chat_id=person.chat_id, message_id=mine, text="x")
    assert refusal == "400 Bad Request: message can't be edited"
    refusal = await api.no("editMessageText", chat_id=person.chat_id, message_id=999, text="x")
    assert refusal == "400 Bad Request: message to edit not found"
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    person.delete(sent["message_id"])
    refusal = await api.no("editMessageText", chat_id=person.chat_id, message_id=sent["message_id"], text="y")
    assert refusal == "400 Bad Request: message to edit not found"


async def test_own_messages_are_edited_for_ever(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The 48 hours are for deleting; an edit knows no age."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    sandbox.move_clock(90 * 86_400)
    edited = await api.ok("editMessageText", chat_id=person.chat_id, message_id=sent["message_id"], text="y")
    assert edited["edit_date"] - edited["date"] >= 90 * 86_400
    assert person.bot_messages[0].text == "y"


async def test_blocked_bot_is_told(api: Api, sandbox: Sandbox, person: Person) -> None:
    """After a block nothing reaches the person; the bot hears of the block and of its end."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    person.block()
    for method, more in (("sendMessage", {}), ("editMessageText", {"message_id": sent["message_id"]})):
        refusal = await api.no(method, chat_id=person.chat_id, text="y", **more)
        assert refusal == "403 Forbidden: bot was blocked by the user"
    with pytest.raises(ValueError, match="blocked"):
        person.send("x")
    person.unblock()
    await api.ok("sendMessage", chat_id=person.chat_id, text="y")
    updates = await api.ok("getUpdates")
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in updates if "my_chat_member" in u]
    assert statuses == ["kicked", "member"]


async def test_reply_parameters(api: Api, person: Person) -> None:
    """An answer to a message that is gone is refused unless that was allowed for."""
    first = person.messages[0].message_id
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_parameters={"message_id": first})
    assert sent["reply_to_message"]["text"] == "/start"
    gone = {"message_id": 999}
    refusal = await api.no("sendMessage", chat_id=person.chat_id, text="x", reply_parameters=gone)
    assert refusal == "400 Bad Request: message to be replied not found"
    lenient = {**gone, "allow_sending_without_reply": True}
    await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_parameters=lenient)


async def test_link_preview_follows_its_options(api: Api, person: Person) -> None:
    """A link brings a preview along, unless it was switched off."""
    link = "see https://example.org/path."
    await api.ok("sendMessage", chat_id=person.chat_id, text=link)
    await api.ok("sendMessage", chat_id=person.chat_id, text=link, link_preview_options={"is_disabled": True})
    hidden = '<a href="https://example.org/words">words</a>'
    await api.ok("sendMessage", chat_id=person.chat_id, text=hidden, parse_mode="HTML")
    previews = [message.link_preview for message in person.bot_messages]
    assert previews == ["https://example.org/path", None, "https://example.org/words"]


async def test_entities_instead_of_html(api: Api, person: Person) -> None:
    """Marks may be given ready-made; where the author marked code, no link is found by itself."""
    marks = [{"type": "code", "offset": 0, "length": 19}]
    text = "https://example.org https://example.net"
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text=text, entities=marks)
    assert [(entity["type"], entity["offset"]) for entity in sent["entities"]] == [("code", 0), ("url", 20)]
    wrongs: list[Any] = [{}, ["x"], [{"type": "bold"}]]
    for wrong in wrongs:
        assert (await api.no("sendMessage", chat_id=person.chat_id, text="x", entities=wrong)).startswith("400")


async def test_missing_and_misplaced_parameters(api: Api, person: Person) -> None:
    """What a call cannot do without is asked for; a thread needs a group that has them."""
    assert await api.no("sendMessage", text="x") == "400 Bad Request: chat not found"
    assert await api.no("sendMessage", chat_id="", text="x") == "400 Bad Request: chat_id is empty"
    refusal = await api.no("editMessageText", chat_id=person.chat_id, text="x")
    assert refusal == "400 Bad Request: message identifier is not specified"
    refusal = await api.no("sendMessage", chat_id=person.chat_id, text="x", message_thread_id=5)
    assert refusal == "400 Bad Request: message thread not found"
    refusal = await api.no("sendMessage", chat_id=person.chat_id, text="x", link_preview_options=[])
    assert refusal == "400 Bad Request: object expected as link preview options"
