"""Buttons under messages and keys below the input field."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api, inline

KEYS = {"keyboard": [[{"text": "Де я", "request_location": True}], ["Ні"]], "one_time_keyboard": True}


def one(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **button}]]}


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        (one(callback_data="я" * 32 + "x"), "BUTTON_DATA_INVALID"),
        (one(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (one(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (one(url="javascript:x"), "inline keyboard button URL 'javascript:x' is invalid: Unsupported URL protocol"),
        (one(url="http://nowhere"), "inline keyboard button URL 'http://nowhere' is invalid: Wrong HTTP URL"),
        (one(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (one(text=" ", callback_data="a"), "inline keyboard button text must be non-empty"),
        (
            {"inline_keyboard": [[{"callback_data": "a"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"inline_keyboard": [["A"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (
            {"inline_keyboard": [{"text": "A"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (inline(*[["x"]] * 101), "reply markup is too long"),
        (inline(["x"] * 9), "reply markup is too long"),
        ([], "object expected as reply markup"),
        ({"keyboard": [["x"] * 13]}, "reply markup is too long"),
        ({"keyboard": [[" "]]}, "keyboard button text must be non-empty"),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "PLACEHOLDER_INVALID"),
    ],
)
async def test_keyboard_is_refused(api: Api, person: Person, markup: Any, sentence: str) -> None:
    """Each limit of a keyboard, in Telegram's words; nothing is sent."""
    assert (
        await api.no("sendMessage", chat_id=person.chat_id, text="x", reply_markup=markup)
        == f"400 Bad Request: {sentence}"
    )
    assert person.bot_messages == []


async def test_largest_keyboard_is_taken(api: Api, person: Person) -> None:
    """64 bytes of data, 256 characters to copy, 100 buttons, 8 in a row: all still good."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_markup=one(callback_data="я" * 32))
    await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_markup=one(copy_text={"text": "я" * 256}))
    rows = [["x"] * 8] * 12 + [["x"] * 4]
    await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_markup=inline(*rows))
    assert len(person.bot_messages[-1].labels) == 100


@pytest.mark.parametrize("markup", [KEYS, {"force_reply": True}, {"remove_keyboard": True}])
async def test_message_with_reply_markup_is_never_edited(api: Api, person: Person, markup: dict[str, Any]) -> None:
    """What came with a reply keyboard, ForceReply or a removal stays as it is for ever."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_markup=markup)
    target = {"chat_id": person.chat_id, "message_id": sent["message_id"]}
    assert await api.no("editMessageText", **target, text="y") == "400 Bad Request: message can't be edited"
    assert await api.no("editMessageReplyMarkup", **target) == "400 Bad Request: message can't be edited"
    assert person.bot_messages[0].text == "x"


async def test_edit_cannot_bring_a_reply_keyboard(api: Api, person: Person) -> None:
    """Only inline keyboards fit into an edit."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    target = {"chat_id": person.chat_id, "message_id": sent["message_id"]}
    assert (
        await api.no("editMessageText", **target, text="y", reply_markup=KEYS)
        == "400 Bad Request: inline keyboard expected"
    )


async def test_reply_keyboard_stays_until_its_message_is_deleted(api: Api, person: Person) -> None:
    """Later messages leave the keys where they are; deleting the message that brought them takes them away."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="where", reply_markup=KEYS)
    await api.ok("sendMessage", chat_id=person.chat_id, text="later", reply_markup=inline(["A"]))
    person.send("typed")
    assert person.reply_keyboard == [["Де я"], ["Ні"]]
    await api.ok("deleteMessage", chat_id=person.chat_id, message_id=sent["message_id"])
    assert person.reply_keyboard is None


async def test_removal_takes_the_keys_away(api: Api, person: Person) -> None:
    """ReplyKeyboardRemove clears the keys, and an older keyboard does not come back."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="where", reply_markup=KEYS)
    await api.ok("sendMessage", chat_id=person.chat_id, text="done", reply_markup={"remove_keyboard": True})
    assert person.reply_keyboard is None
    with pytest.raises(ValueError, match="nothing to press"):
        person.press("Ні")


async def test_keys_send_words_or_the_location(api: Api, person: Person) -> None:
    """A key sends its own words as a message, or where the person is when it asks for that."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="where", reply_markup=KEYS)
    person.location = (50.25, 28.66)
    person.press("Де я")
    person.press("Ні")
    _, located, typed = (update["message"] for update in await api.ok("getUpdates"))
    assert located["location"] == {"latitude": 50.25, "longitude": 28.66}
    assert typed["text"] == "Ні"


async def test_group_keys_cannot_ask_for_a_location(sandbox: Sandbox, api: Api) -> None:
    """Location is for private chats."""
    group = sandbox.group()
    refusal = await api.no("sendMessage", chat_id=group.chat_id, text="x", reply_markup=KEYS)
    assert refusal == "400 Bad Request: Location can be requested in private chats only"


async def test_copy_and_link_buttons_stay_on_the_phone(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The bot does not hear of a number that was copied or a link that was opened."""
    row = [{"text": "№", "copy_text": {"text": "102"}}, {"text": "www", "url": "https://example.org"}]
    await api.ok("sendMessage", chat_id=person.chat_id, text="x", reply_markup={"inline_keyboard": [row]})
    before = sandbox.pending
    assert person.press("№") is None
    assert person.press("www") is None
    assert (person.clipboard, person.opened, sandbox.pending) == ("102", ["https://example.org"], before)
