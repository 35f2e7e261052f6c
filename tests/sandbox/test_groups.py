"""Groups the bot is added to."""

from __future__ import annotations

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api


async def test_being_added_is_told(sandbox: Sandbox, api: Api) -> None:
    """The bot hears that it is a member now."""
    group = sandbox.group("Зразок", kind="group")
    (update,) = await api.ok("getUpdates")
    member = update["my_chat_member"]
    assert (member["chat"]["id"], member["chat"]["type"]) == (group.chat_id, "group")
    assert [member[key]["status"] for key in ("old_chat_member", "new_chat_member")] == ["left", "member"]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_leaving(sandbox: Sandbox, api: Api, kind: str) -> None:
    """After leaveChat nothing can be written there, nor left again."""
    group = sandbox.group(kind=kind)
    await api.ok("sendMessage", chat_id=group.chat_id, text="x")
    assert await api.ok("leaveChat", chat_id=group.chat_id) is True
    expected = f"403 Forbidden: bot is not a member of the {kind} chat"
    assert await api.no("sendMessage", chat_id=group.chat_id, text="x") == expected
    assert await api.no("editMessageText", chat_id=group.chat_id, message_id=1, text="y") == expected
    assert await api.no("leaveChat", chat_id=group.chat_id) == expected


async def test_being_kicked(sandbox: Sandbox, api: Api) -> None:
    """A bot that was thrown out may do nothing there."""
    group = sandbox.group()
    group.remove_bot()
    refusal = await api.no("deleteMessages", chat_id=group.chat_id, message_ids=[1])
    assert refusal == "403 Forbidden: bot was kicked from the supergroup chat"
    assert (await api.ok("getChatMember", chat_id=group.chat_id, user_id=42))["status"] == "kicked"


async def test_private_chats_cannot_be_left(api: Api, person: Person) -> None:
    """leaveChat is for groups."""
    refusal = await api.no("leaveChat", chat_id=person.chat_id)
    assert refusal == "400 Bad Request: chat member status can't be changed in private chats"


async def test_stranger_group_is_known_from_its_update(sandbox: Sandbox, api: Api) -> None:
    """A group that appears in a pushed update can be looked at and left."""
    chat = {"id": -100777, "type": "supergroup", "title": "Somewhere"}
    sandbox.push({"my_chat_member": {"chat": chat, "from": {"id": 1}, "date": 1}})
    assert (await api.ok("getChat", chat_id=-100777))["title"] == "Somewhere"
    assert await api.ok("leaveChat", chat_id=-100777) is True


async def test_members(sandbox: Sandbox, api: Api, person: Person) -> None:
    """getChatMember knows the bot, its rights, and the people there are."""
    group = sandbox.group()
    assert (await api.ok("getChatMember", chat_id=group.chat_id, user_id=person.chat_id))["status"] == "member"
    group.promote()
    bot = await api.ok("getChatMember", chat_id=group.chat_id, user_id=42)
    assert (bot["status"], bot["can_delete_messages"]) == ("administrator", True)
    assert await api.no("getChatMember", chat_id=group.chat_id, user_id=9) == "400 Bad Request: member not found"


async def test_messages_count_per_group(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Every group numbers its messages itself; private chats share one count."""
    group = sandbox.group()
    assert group.say(person, "/hello").message_id == 1
    sent = await api.ok("sendMessage", chat_id=group.chat_id, text="x")
    assert sent["message_id"] == 2
    assert [message.text for message in group.bot_messages] == ["x"]
    assert sandbox.person().send("x").message_id == person.messages[-1].message_id + 1
