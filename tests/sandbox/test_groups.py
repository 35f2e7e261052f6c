"""Groups: the bot comes and goes with its rights, people come and go, a group grows into a supergroup."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api

ALL = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]


async def heard(api: Api, kind: str, **params: Any) -> list[dict[str, Any]]:
    """The waiting updates of a kind; all that wait are confirmed."""
    updates = await api.ok("getUpdates", **params)
    if updates:
        await api.ok("getUpdates", offset=updates[-1]["update_id"] + 1)
    return [update[kind] for update in updates if kind in update]


async def test_being_added_is_told(sandbox: Sandbox, api: Api) -> None:
    """The bot hears that it is a member now, by an update and by Telegram's own line in the group."""
    group = sandbox.group("Зразок", kind="group")
    member, line = await api.ok("getUpdates")
    member = member["my_chat_member"]
    assert (member["chat"]["id"], member["chat"]["type"]) == (group.chat_id, "group")
    assert [member[key]["status"] for key in ("old_chat_member", "new_chat_member")] == ["left", "member"]
    assert [user["id"] for user in line["message"]["new_chat_members"]] == [42]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_leaving(sandbox: Sandbox, api: Api, kind: str) -> None:
    """After leaveChat nothing can be written there, nor left again; the last thing heard is the line about it."""
    group = sandbox.group(kind=kind)
    await heard(api, "message")
    await api.ok("sendMessage", chat_id=group.chat_id, text="x")
    assert await api.ok("leaveChat", chat_id=group.chat_id) is True
    lines = await heard(api, "message")
    assert [line["left_chat_member"]["id"] for line in lines] == ([] if kind == "channel" else [42])
    expected = f"403 Forbidden: bot is not a member of the {kind} chat"
    assert await api.no("sendMessage", chat_id=group.chat_id, text="x") == expected
    assert await api.no("editMessageText", chat_id=group.chat_id, message_id=1, text="y") == expected
    assert await api.no("getChat", chat_id=group.chat_id) == expected
    assert await api.no("leaveChat", chat_id=group.chat_id) == expected


async def test_being_kicked(sandbox: Sandbox, api: Api, person: Person) -> None:
    """A bot that was thrown out hears it, may do nothing there, and hears nothing more until it is added again."""
    group = sandbox.group(members=[person])
    await heard(api, "message")
    group.remove_bot()
    group.say(person, "/anybody")
    member, line = await api.ok("getUpdates")
    assert member["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert line["message"]["left_chat_member"]["id"] == 42
    refusal = "403 Forbidden: bot was kicked from the supergroup chat"
    for method, params in (
        ("deleteMessages", {"message_ids": [1]}),
        ("sendMessage", {"text": "x"}),
        ("editMessageReplyMarkup", {"message_id": 1}),
        ("pinChatMessage", {"message_id": 1}),
        ("getChatMember", {"user_id": 42}),
        ("getChatAdministrators", {}),
    ):
        assert await api.no(method, chat_id=group.chat_id, **params) == refusal
    group.add_bot()
    await api.ok("sendMessage", chat_id=group.chat_id, text="back")


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
    """getChatMember knows the bot, its rights, who is there, who never was, and nobody else."""
    outsider = sandbox.person()
    group = sandbox.group(members=[person])
    look = {"chat_id": group.chat_id}
    assert (await api.ok("getChatMember", **look, user_id=person.chat_id))["status"] == "creator"
    assert (await api.ok("getChatMember", **look, user_id=outsider.chat_id))["status"] == "left"
    assert await api.no("getChatMember", **look, user_id=9) == "400 Bad Request: member not found"
    assert (await api.ok("getChatMember", **look, user_id=42))["status"] == "member"
    group.promote(can_pin_messages=False)
    bot = await api.ok("getChatMember", **look, user_id=42)
    rights = bot["status"], bot["can_delete_messages"], bot["can_pin_messages"]
    assert rights == ("administrator", True, False)
    assert await api.ok("getChatMemberCount", **look) == 2
    group.join(outsider)
    assert await api.ok("getChatMemberCount", **look) == 3


async def test_administrators(sandbox: Sandbox, api: Api, person: Person) -> None:
    """The owner, whom the owner appointed, and the bot when it is one; a private chat has none."""
    second = sandbox.person()
    group = sandbox.group(members=[person, second], admin=True)
    group.appoint(second)
    found = await api.ok("getChatAdministrators", chat_id=group.chat_id)
    assert [(one["user"]["id"], one["status"]) for one in found] == [
        (person.chat_id, "creator"),
        (second.chat_id, "administrator"),
        (42, "administrator"),
    ]
    refusal = await api.no("getChatAdministrators", chat_id=person.chat_id)
    assert refusal == "400 Bad Request: there are no administrators in the private chat"
    (nobody_here,) = await api.ok("getChatAdministrators", chat_id=sandbox.group().chat_id)
    assert nobody_here["status"] == "creator"


async def test_rights_are_told_as_they_change(sandbox: Sandbox, api: Api) -> None:
    """Every change of the bot's standing is a my_chat_member with what was and what is."""
    group = sandbox.group()
    await heard(api, "message")
    group.promote(can_delete_messages=False)
    group.promote()
    group.demote()
    group.restrict(can_send_messages=False)
    changes = await heard(api, "my_chat_member")
    assert [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes] == [
        ("member", "administrator"),
        ("administrator", "administrator"),
        ("administrator", "member"),
        ("member", "restricted"),
    ]
    before, after = (changes[1][key]["can_delete_messages"] for key in ("old_chat_member", "new_chat_member"))
    assert (before, after) == (False, True)
    assert changes[3]["new_chat_member"]["can_send_messages"] is False
    with pytest.raises(ValueError, match="no such right: can_fly"):
        group.promote(can_fly=True)


async def test_people_come_and_go(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Everybody's coming and going is a line in the group; a chat_member comes to an administrator that asked."""
    first, second = sandbox.person(), sandbox.person()
    group = sandbox.group(members=[person])
    await heard(api, "message", allowed_updates=ALL)
    group.join(first)
    lines = await heard(api, "message")
    assert [line["new_chat_members"][0]["id"] for line in lines] == [first.chat_id]
    group.promote()
    await heard(api, "my_chat_member")
    group.join(second)
    group.leave(first)
    group.remove(second)
    changes = await heard(api, "chat_member", allowed_updates=ALL)
    seen = [(one["from"]["id"], one["new_chat_member"]) for one in changes]
    assert [(actor, after["user"]["id"], after["status"]) for actor, after in seen] == [
        (second.chat_id, second.chat_id, "member"),
        (first.chat_id, first.chat_id, "left"),
        (person.chat_id, second.chat_id, "kicked"),
    ]
    await api.ok("getUpdates", allowed_updates=["message"])
    group.join(first)
    assert await heard(api, "chat_member") == []
    with pytest.raises(ValueError, match="already a member"):
        group.join(first)
    with pytest.raises(ValueError, match="not a member"):
        group.leave(second)


async def test_messages_count_per_group(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Every group numbers its messages itself, Telegram's own lines too; private chats share one count."""
    group = sandbox.group()
    assert group.say(person, "/hello").message_id == 2
    sent = await api.ok("sendMessage", chat_id=group.chat_id, text="x")
    assert sent["message_id"] == 3
    assert [message.text for message in group.bot_messages] == ["x"]
    assert sandbox.person().send("x").message_id == person.messages[-1].message_id + 1


async def test_an_upgrade_moves_the_group(sandbox: Sandbox, api: Api, person: Person) -> None:
    """Both sides of the move are told; the old id is refused with the new one, which takes over rights and members."""
    group = sandbox.group("Зразок", kind="group", members=[person], admin=True)
    sent = await api.ok("sendMessage", chat_id=group.chat_id, text="card")
    await heard(api, "message")
    bigger = group.upgrade()
    there, here = await heard(api, "message")
    assert (there["chat"]["id"], there["migrate_to_chat_id"]) == (group.chat_id, bigger.chat_id)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (bigger.chat_id, group.chat_id)
    for method, params in (
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"message_id": sent["message_id"], "text": "y"}),
        ("deleteMessage", {"message_id": sent["message_id"]}),
        ("pinChatMessage", {"message_id": sent["message_id"]}),
        ("getChatMember", {"user_id": 42}),
    ):
        answer = await api.call(method, chat_id=group.chat_id, **params)
        assert (answer["error_code"], answer["parameters"]) == (400, {"migrate_to_chat_id": bigger.chat_id})
        assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (await api.ok("getChat", chat_id=bigger.chat_id))["type"] == "supergroup"
    assert (await api.ok("getChatMember", chat_id=bigger.chat_id, user_id=42))["status"] == "administrator"
    assert bigger.screen(person).lock_screen[0].preview == "Bot: card"
    refusal = await api.no("editMessageText", chat_id=bigger.chat_id, message_id=sent["message_id"], text="y")
    assert refusal == "400 Bad Request: message to edit not found"
    with pytest.raises(ValueError, match="only a basic group"):
        bigger.upgrade()
