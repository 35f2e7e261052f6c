"""What is written, tapped and pinned in a group: what the bot hears, what it may do, what the phones show."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.group import Group
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api, inline


@pytest.fixture
def second(sandbox: Sandbox) -> Person:
    """A second operator."""
    return sandbox.person(name="Зразок Друга")


@pytest.fixture
def group(sandbox: Sandbox, person: Person, second: Person) -> Group:
    """Two operators and the bot as a plain member; what happened before has been heard."""
    made = sandbox.group("Зразок групи", members=[person, second])
    sandbox.cloud.updates.clear()
    return made


async def texts(api: Api, kind: str = "message") -> list[str]:
    """The words the bot heard."""
    return [update[kind]["text"] for update in await api.ok("getUpdates") if "text" in update.get(kind, {})]


async def test_privacy_mode(sandbox: Sandbox, api: Api, group: Group, person: Person) -> None:
    """A plain member hears commands that are not for another bot and answers to its own messages; nothing else."""
    sent = await api.ok("sendMessage", chat_id=group.chat_id, text="card")
    other = group.say(person, "between us").message_id
    group.say(person, "/duty")
    group.say(person, "/duty@sandbox_bot now")
    group.say(person, "/duty@another_bot")
    group.say(person, "see @sandbox_bot")
    group.say(person, "to you", reply_to=sent["message_id"])
    group.say(person, "to her", reply_to=other)
    assert await texts(api) == ["/duty", "/duty@sandbox_bot now", "to you"]


async def test_administrators_hear_everything(sandbox: Sandbox, api: Api, group: Group, person: Person) -> None:
    """A bot that administers hears all, edits included; so does one whose owner switched privacy off."""
    group.promote()
    said = group.say(person, "one")
    group.edit(person, said.message_id, "two")
    assert (await texts(api), await texts(api, "edited_message")) == (["one"], ["two"])
    group.demote()
    group.edit(person, said.message_id, "three")
    assert await texts(api, "edited_message") == ["two"]
    sandbox.cloud.card.reads_all = True
    group.say(person, "four")
    assert (await texts(api))[-1] == "four"
    assert (await api.ok("getMe"))["can_read_all_group_messages"] is True


async def test_who_may_change_what(api: Api, group: Group, person: Person, second: Person) -> None:
    """People edit and delete their own, the owner deletes anybody's, and the bot is not told of deletions."""
    said = group.say(second, "x").message_id
    for change in (lambda: group.edit(person, said, "y"), lambda: group.delete(second, group.say(person, "z").id)):
        with pytest.raises(ValueError, match="one's own"):
            change()
    group.delete(second, said)
    group.delete(person, group.say(second, "again").message_id)
    assert [message.text for message in group.messages if not message.service] == ["z"]
    assert await api.ok("getUpdates") == []


async def test_taps_carry_who_tapped(api: Api, group: Group, person: Person, second: Person) -> None:
    """A tap names the person; the words of the answer come to that person's screen only, as a line or an alert."""
    markup = inline(["Take"])
    await api.ok("sendMessage", chat_id=group.chat_id, text="card", reply_markup=markup)
    group.press(second, "Take")
    (update,) = await api.ok("getUpdates")
    tap = update["callback_query"]
    assert tap["from"] == second.api
    assert {"id", "first_name", "username"} <= tap["from"].keys()
    assert (tap["message"]["chat"]["id"], tap["data"]) == (group.chat_id, "Take")
    await api.ok("answerCallbackQuery", callback_query_id=tap["id"], text="She has it", show_alert=True)
    assert (group.screen(second).toast, group.screen(second).alert) == ("She has it", True)
    assert (group.screen(person).toast, person.toast, second.toast) == (None, None, None)
    query = group.press(person, "Take")
    await api.ok("answerCallbackQuery", callback_query_id=query, text="Yours")
    assert (group.screen(person).toast, group.screen(person).alert) == ("Yours", False)
    assert group.screen(second).toast == "She has it"


async def test_only_members_tap_and_see(sandbox: Sandbox, api: Api, group: Group, person: Person) -> None:
    """Who is not in the group has nothing to press; a copy button fills the clipboard of whoever pressed it."""
    keys = {"inline_keyboard": [[{"text": "№", "copy_text": {"text": "102"}}]]}
    sent = await api.ok("sendMessage", chat_id=group.chat_id, text="card", reply_markup=keys)
    outsider = sandbox.person()
    with pytest.raises(ValueError, match="not a member"):
        group.press(outsider, "№")
    assert group.press(person, "№") is None
    assert (person.clipboard, outsider.clipboard) == ("102", None)
    with pytest.raises(ValueError, match="no button"):
        group.tap(person, sent["message_id"], "102?")
    with pytest.raises(ValueError, match="nothing to press"):
        group.press(person, "102?")


async def test_lock_screens_in_a_group(api: Api, group: Group, person: Person, second: Person) -> None:
    """A group's message reaches every phone but its author's, under the group's name, with the author's before it."""
    await api.ok("sendMessage", chat_id=group.chat_id, text="Черга: 1", disable_notification=True)
    group.say(person, "беру")
    notes = [(note.title, note.preview, note.silent) for note in group.screen(second).lock_screen]
    assert notes == [("Зразок групи", "Bot: Черга: 1", True), ("Зразок групи", "Зразок Перша: беру", False)]
    assert [note.preview for note in group.screen(person).lock_screen] == ["Bot: Черга: 1"]
    assert (len(group.screen(second).unseen), len(group.screen(person).unseen)) == (2, 0)
    group.read(second)
    assert group.chat.line(group.chat.title, group.screen(second)).unread == 0
    assert person.lock_screen == []


@pytest.mark.parametrize(
    ("lose", "refusal"),
    [
        ("restrict", "not enough rights to send text messages to the chat"),
        ("permit", "not enough rights to send text messages to the chat"),
    ],
)
async def test_a_lost_right_to_write(api: Api, group: Group, lose: str, refusal: str) -> None:
    """Without the right nothing is sent; what is there can still be edited; an administrator is not bound by it."""
    sent = await api.ok("sendMessage", chat_id=group.chat_id, text="card")
    getattr(group, lose)(can_send_messages=False)
    assert await api.no("sendMessage", chat_id=group.chat_id, text="x") == f"400 Bad Request: {refusal}"
    await api.ok("editMessageText", chat_id=group.chat_id, message_id=sent["message_id"], text="gone")
    group.promote()
    await api.ok("sendMessage", chat_id=group.chat_id, text="x")


async def test_what_cannot_be_edited(api: Api, group: Group, person: Person) -> None:
    """A message somebody deleted is not found; one that is not the bot's, or Telegram's own, cannot be edited."""
    sent = await api.ok("sendMessage", chat_id=group.chat_id, text="card")
    group.delete(person, sent["message_id"])
    edit = {"chat_id": group.chat_id, "text": "x"}
    refusal = await api.no("editMessageText", **edit, message_id=sent["message_id"])
    assert refusal == "400 Bad Request: message to edit not found"
    for message_id in (1, group.say(person, "x").message_id):
        refusal = await api.no("editMessageText", **edit, message_id=message_id)
        assert refusal == "400 Bad Request: message can't be edited"
    refusal = await api.no("deleteMessage", chat_id=group.chat_id, message_id=sent["message_id"])
    assert refusal == "400 Bad Request: message to delete not found"


async def test_pinning(api: Api, group: Group, person: Person) -> None:
    """Pinning needs the right, leaves a line the bot hears of too, and getChat shows what is pinned."""
    target = {"chat_id": group.chat_id}
    first, second = [(await api.ok("sendMessage", **target, text=text))["message_id"] for text in ("one", "two")]
    denied = "400 Bad Request: not enough rights to manage pinned messages in the chat"
    assert await api.no("pinChatMessage", **target, message_id=first) == denied
    group.promote()
    for message_id in (first, second):
        await api.ok("pinChatMessage", **target, message_id=message_id, disable_notification=True)
    lines = [update["message"] for update in await api.ok("getUpdates") if "message" in update]
    assert [line["pinned_message"]["message_id"] for line in lines] == [first, second]
    assert all(note.silent for note in group.screen(person).lock_screen[2:])
    assert (await api.ok("getChat", **target))["pinned_message"]["text"] == "two"
    await api.ok("unpinChatMessage", **target)
    assert group.pinned is not None
    assert group.pinned.text == "one"
    await api.ok("deleteMessage", **target, message_id=first)
    assert group.pinned is None
    assert await api.no("unpinChatMessage", **target) == "400 Bad Request: message to unpin not found"
    group.pin(person, second)
    await api.ok("unpinAllChatMessages", **target)
    assert "pinned_message" not in await api.ok("getChat", **target)
    group.promote(can_pin_messages=False)
    assert await api.no("pinChatMessage", **target, message_id=second) == denied


async def test_a_topic_is_lost(api: Api, group: Group) -> None:
    """A message into a topic that is not there is refused; the bot is not told that a topic was deleted."""
    topic = group.open_topic("Черга")
    target: dict[str, Any] = {"chat_id": group.chat_id, "text": "x"}
    sent = await api.ok("sendMessage", **target, message_thread_id=topic)
    assert sent["message_thread_id"] == topic
    group.lose_topic(topic)
    refusal = await api.no("sendMessage", **target, message_thread_id=topic)
    assert refusal == "400 Bad Request: message thread not found"
