"""Photos and voice passed on by id, protected content, captions."""

from __future__ import annotations

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api, inline


@pytest.fixture
def operator(sandbox: Sandbox) -> Person:
    """Whom things are passed on to."""
    someone = sandbox.person(name="Зразок Друга", persona="operator")
    someone.send("/start")
    return someone


@pytest.mark.parametrize("kind", ["photo", "voice"])
async def test_a_copy_names_nobody(api: Api, person: Person, operator: Person, kind: str) -> None:
    """copyMessage passes a photo or a voice message on, by its file id, without a word about who sent it."""
    theirs = person.send_other(kind, caption="щось")
    params = {"chat_id": operator.chat_id, "from_chat_id": person.chat_id, "message_id": theirs.message_id}
    sent = await api.ok("copyMessage", **params, protect_content=True, disable_notification=True)
    (copied,) = operator.bot_messages
    assert sent == {"message_id": copied.message_id}
    assert (copied.kind, copied.text, copied.protected, copied.silent) == (kind, "щось", True, True)
    body = copied.to_api()
    assert body[kind] == theirs.to_api()[kind]
    assert (body["caption"], body["has_protected_content"]) == ("щось", True)
    assert str(person.chat_id) not in str(body)
    assert await api.ok("copyMessage", **params, caption="", reply_markup=inline(["A"]))
    assert (operator.bot_messages[-1].text, operator.bot_messages[-1].labels) == ("", ["A"])


async def test_files_outlive_their_messages(api: Api, person: Person, operator: Person) -> None:
    """A file id is good after its message was deleted, for its own kind only."""
    photo, voice = person.send_other("photo"), person.send_other("voice")
    updates = [update["message"] for update in await api.ok("getUpdates")]
    photo_id = next(update["photo"][-1]["file_id"] for update in updates if "photo" in update)
    voice_id = next(update["voice"]["file_id"] for update in updates if "voice" in update)
    assert photo_id != voice_id
    await api.ok("deleteMessages", chat_id=person.chat_id, message_ids=[photo.message_id, voice.message_id])
    await api.ok("sendPhoto", chat_id=operator.chat_id, photo=photo_id, caption="<b>a</b>", parse_mode="HTML")
    await api.ok("sendVoice", chat_id=operator.chat_id, voice=voice_id)
    assert [(message.kind, message.text) for message in operator.bot_messages] == [("photo", "a"), ("voice", "")]
    for name, refusal in (
        (voice_id, "can't use file of type voice as photo"),
        ("made-up", "wrong remote file identifier specified: can't unserialize it"),
        ("", "there is no photo in the request"),
    ):
        assert await api.no("sendPhoto", chat_id=operator.chat_id, photo=name) == f"400 Bad Request: {refusal}"
    assert await api.no("getFile", file_id=photo_id) == "404 Not Found: method not found"


async def test_what_is_not_copied(sandbox: Sandbox, api: Api, person: Person, operator: Person) -> None:
    """A message that is gone, a line of Telegram's own, a poll, a caption that is too long, a chat out of reach."""
    group = sandbox.group()
    line, poll, gone = group.messages[0], person.send_other("poll"), person.send("x")
    person.delete(gone.message_id)
    photo = person.send_other("photo")

    async def copied(chat_id: int, message_id: int, **more: str) -> str:
        target = {"chat_id": operator.chat_id, "from_chat_id": chat_id, "message_id": message_id, **more}
        return (await api.no("copyMessage", **target)).removeprefix("400 Bad Request: ")

    assert await copied(person.chat_id, gone.message_id) == "message to copy not found"
    assert await copied(person.chat_id, poll.message_id) == "the message can't be copied"
    assert await copied(group.chat_id, line.message_id) == "the message can't be copied"
    assert await copied(person.chat_id, photo.message_id, caption="x" * 1025) == "message caption is too long"
    operator.block()
    assert await copied(person.chat_id, photo.message_id) == "403 Forbidden: bot was blocked by the user"


async def test_lost_rights_for_media(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A group may take words and refuse photos or voice."""
    group = sandbox.group()
    group.restrict(can_send_photos=False, can_send_voice_notes=False)
    for kind, things in (("photo", "photos"), ("voice", "voice notes")):
        source = person.send_other(kind)
        target = {"chat_id": group.chat_id, "from_chat_id": person.chat_id, "message_id": source.message_id}
        assert (
            await api.no("copyMessage", **target) == f"400 Bad Request: not enough rights to send {things} to the chat"
        )


async def test_protected_chats(sandbox: Sandbox, api: Api, person: Person, operator: Person) -> None:
    """Where saving is forbidden every message says so; a bot may still copy it, as TDLib lets bots."""
    person.protect()
    theirs = person.send_other("voice")
    await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    assert (await api.ok("getUpdates"))[-1]["message"]["has_protected_content"] is True
    assert (await api.ok("getChat", chat_id=person.chat_id))["has_protected_content"] is True
    with pytest.raises(ValueError, match="protected"):
        person.forward(person.bot_messages[-1].message_id)
    target = {"chat_id": operator.chat_id, "from_chat_id": person.chat_id, "message_id": theirs.message_id}
    await api.ok("copyMessage", **target)
    assert operator.bot_messages[-1].protected is False
    group = sandbox.group(admin=True)
    group.protect()
    assert group.say(operator, "x").protected is True


async def test_captions_are_edited_by_people(api: Api, person: Person) -> None:
    """An edited caption comes as an edited_message with the file; the bot's own photo has no text to edit."""
    photo = person.send_other("photo", caption="one")
    person.edit(photo.message_id, "two")
    edited = (await api.ok("getUpdates"))[-1]["edited_message"]
    assert (edited["caption"], "text" in edited, "photo" in edited) == ("two", False, True)
    copied = await api.ok(
        "copyMessage", chat_id=person.chat_id, from_chat_id=person.chat_id, message_id=photo.message_id
    )
    target = {"chat_id": person.chat_id, "message_id": copied["message_id"]}
    refusal = await api.no("editMessageText", **target, text="x")
    assert refusal == "400 Bad Request: there is no text in the message to edit"
    await api.ok("editMessageReplyMarkup", **target, reply_markup=inline(["A"]))
    assert person.bot_messages[-1].labels == ["A"]
