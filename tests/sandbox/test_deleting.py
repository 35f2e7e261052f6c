"""What can be deleted, by whom, until when."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api

DAYS_2 = 48 * 3600
TOO_OLD = "400 Bad Request: message can't be deleted for everyone"


async def test_both_sides_are_deleted_within_48_hours(sandbox: Sandbox, api: Api, person: Person) -> None:
    """In a private chat a bot deletes its own messages and the person's, up to 48 hours old and not later."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    await api.ok("sendMessage", chat_id=person.chat_id, text="y")
    started, first, second = (message.message_id for message in person.messages)
    sandbox.move_clock(DAYS_2 - 60)
    assert await api.ok("deleteMessage", chat_id=person.chat_id, message_id=started) is True
    assert await api.ok("deleteMessage", chat_id=person.chat_id, message_id=first) is True
    sandbox.move_clock(120)
    assert await api.no("deleteMessage", chat_id=person.chat_id, message_id=second) == TOO_OLD
    assert [message.message_id for message in person.messages] == [second]


async def test_what_is_gone_cannot_be_deleted_again(api: Api, person: Person) -> None:
    """deleteMessage says when there is nothing to delete."""
    message_id = person.messages[0].message_id
    await api.ok("deleteMessage", chat_id=person.chat_id, message_id=message_id)
    refusal = await api.no("deleteMessage", chat_id=person.chat_id, message_id=message_id)
    assert refusal == "400 Bad Request: message to delete not found"


async def test_one_old_message_fails_the_whole_deletion(sandbox: Sandbox, api: Api, person: Person) -> None:
    """deleteMessages is all or nothing: one id beyond 48 hours keeps the other ninety-nine."""
    old = person.messages[0].message_id
    sandbox.move_clock(DAYS_2 + 60)
    young = [person.send(f"text {number}").message_id for number in range(5)]
    assert await api.no("deleteMessages", chat_id=person.chat_id, message_ids=[*young, old]) == TOO_OLD
    assert [message.message_id for message in person.messages] == [old, *young]
    assert await api.ok("deleteMessages", chat_id=person.chat_id, message_ids=young) is True
    assert [message.message_id for message in person.messages] == [old]


async def test_missing_ids_are_passed_over(api: Api, person: Person) -> None:
    """Ids that are gone, never were, or come twice do not disturb deleteMessages."""
    message_id = person.messages[0].message_id
    assert await api.ok("deleteMessages", chat_id=person.chat_id, message_ids=[message_id, message_id, 999]) is True
    assert await api.ok("deleteMessages", chat_id=person.chat_id, message_ids=[message_id]) is True
    assert person.messages == []


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ([], "message identifiers are not specified"),
        (list(range(1, 102)), "too many message identifiers specified"),
        ({"a": 1}, "expected an Array of message identifiers"),
        (["x"], "can't parse message identifier as a Number"),
        ([None], "message identifier must be a Number"),
        ([0], "invalid message identifier specified"),
    ],
)
async def test_id_lists_are_checked(api: Api, person: Person, ids: Any, sentence: str) -> None:
    """One to a hundred positive numbers."""
    assert await api.no("deleteMessages", chat_id=person.chat_id, message_ids=ids) == f"400 Bad Request: {sentence}"
    assert len(person.messages) == 1


async def test_blocked_bot_may_still_delete(api: Api, person: Person) -> None:
    """A wipe after a block still reaches the chat."""
    message_id = person.messages[0].message_id
    person.block()
    assert await api.ok("deleteMessages", chat_id=person.chat_id, message_ids=[message_id]) is True
    assert person.messages == []


async def test_person_deletes_for_themselves_or_for_both(api: Api, person: Person) -> None:
    """What the person removes only on their side the bot can still edit and delete, unseen."""
    kept = (await api.ok("sendMessage", chat_id=person.chat_id, text="x"))["message_id"]
    lost = (await api.ok("sendMessage", chat_id=person.chat_id, text="y"))["message_id"]
    person.delete(kept, for_both=False)
    person.delete(lost)
    assert person.bot_messages == []
    await api.ok("editMessageText", chat_id=person.chat_id, message_id=kept, text="z")
    await api.ok("deleteMessage", chat_id=person.chat_id, message_id=kept)
    assert "not found" in await api.no("deleteMessage", chat_id=person.chat_id, message_id=lost)


async def test_clearing_the_chat(api: Api, person: Person) -> None:
    """Clearing empties the phone; for both sides, the cloud as well."""
    for_one = (await api.ok("sendMessage", chat_id=person.chat_id, text="x"))["message_id"]
    person.clear(for_both=False)
    assert person.messages == []
    assert person.chat_list_line.preview == ""
    await api.ok("editMessageText", chat_id=person.chat_id, message_id=for_one, text="y")
    for_two = person.send("again").message_id
    person.clear()
    assert "not found" in await api.no("deleteMessage", chat_id=person.chat_id, message_id=for_two)


async def test_group_deletion_depends_on_rights(sandbox: Sandbox, api: Api, person: Person) -> None:
    """In a group a bot deletes only its own, unless it has the right: then anyone's, but nothing older than two days,
    and never the line about the upgrade."""
    group = sandbox.group()
    theirs, old = (group.say(person, "x").message_id for _ in range(2))
    own = (await api.ok("sendMessage", chat_id=group.chat_id, text="y"))["message_id"]
    refused = "400 Bad Request: message can't be deleted"
    assert await api.no("deleteMessage", chat_id=group.chat_id, message_id=theirs) == refused
    await api.ok("deleteMessage", chat_id=group.chat_id, message_id=own)
    group.promote(can_delete_messages=False)
    assert await api.no("deleteMessages", chat_id=group.chat_id, message_ids=[theirs, old]) == refused
    group.promote()
    await api.ok("deleteMessage", chat_id=group.chat_id, message_id=theirs)
    sandbox.move_clock(2 * 86_400 + 1)
    assert await api.no("deleteMessage", chat_id=group.chat_id, message_id=old) == refused
    basic = sandbox.group(kind="group", admin=True)
    theirs = basic.say(person, "x").message_id
    await api.ok("deleteMessage", chat_id=basic.chat_id, message_id=theirs)
    bigger = basic.upgrade()
    assert await api.no("deleteMessage", chat_id=bigger.chat_id, message_id=bigger.messages[0].message_id) == refused
