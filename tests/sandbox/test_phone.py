"""What the phone shows besides the chat itself: lock screen, chat list; and what its owner can do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.sandbox.people import Person
from bot.sandbox.screen import LINE, PREVIEW
from bot.sandbox.server import Sandbox
from tests.conftest import Hands
from tests.sandbox.conftest import TOKEN, Api, inline


async def test_lock_screen_shows_what_arrives(api: Api, person: Person) -> None:
    """A message makes a notification with the bot's name and the first words, in one line."""
    await api.ok("setMyName", name="Погода")
    await api.ok("sendMessage", chat_id=person.chat_id, text="<b>Перше</b>\n\nдруге " + "я" * 200, parse_mode="HTML")
    (note,) = person.lock_screen
    assert (note.title, note.silent) == ("Погода", False)
    assert note.preview.startswith("Перше друге яя")
    assert len(note.preview) == PREVIEW


async def test_silent_messages_still_show(api: Api, person: Person) -> None:
    """`disable_notification` takes the sound away, not the words."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="x", disable_notification=True)
    (note,) = person.lock_screen
    assert (note.preview, note.silent) == ("x", True)


async def test_edits_and_deletions_make_no_notification(api: Api, person: Person) -> None:
    """Only an arrival is announced; what a notification has shown it has shown."""
    sent = await api.ok("sendMessage", chat_id=person.chat_id, text="arrival")
    await api.ok("editMessageText", chat_id=person.chat_id, message_id=sent["message_id"], text="edited")
    assert person.chat_list_line.preview == "edited"
    await api.ok("deleteMessage", chat_id=person.chat_id, message_id=sent["message_id"])
    assert [note.preview for note in person.lock_screen] == ["arrival"]


async def test_spoilers_are_covered_in_previews(api: Api, person: Person) -> None:
    """Words under a spoiler do not show on a locked phone."""
    text = "код <tg-spoiler>1234</tg-spoiler>!"
    await api.ok("sendMessage", chat_id=person.chat_id, text=text, parse_mode="HTML")
    assert person.lock_screen[0].preview == "код ▒▒▒▒!"
    assert person.chat_list_line.preview == "код ▒▒▒▒!"


async def test_chat_list_line(api: Api, person: Person) -> None:
    """The list of chats shows the bot's name, the last message, and how many were not read."""
    await api.ok("setMyName", name="Weather", language_code="uk")
    for text in ("one", "two " * 40):
        await api.ok("sendMessage", chat_id=person.chat_id, text=text)
    line = person.chat_list_line
    assert (line.title, line.unread) == ("Weather", 2)
    assert line.preview == ("two " * 40)[:LINE]
    await api.ok("deleteMessage", chat_id=person.chat_id, message_id=person.messages[-1].message_id)
    assert person.chat_list_line.unread == 1
    person.read()
    assert (person.chat_list_line.preview, person.chat_list_line.unread) == ("one", 0)


async def test_answering_means_having_read(api: Api, person: Person) -> None:
    """Who taps or writes has the chat open."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="one", reply_markup=inline(["A"]))
    person.press("A")
    assert person.chat_list_line.unread == 0
    await api.ok("sendMessage", chat_id=person.chat_id, text="two")
    person.send("three")
    assert (person.chat_list_line.unread, person.chat_list_line.preview) == (0, "three")


async def test_protected_content_cannot_be_passed_on(api: Api, person: Person) -> None:
    """A protected message is not forwarded; another one is, with where it came from."""
    await api.ok("sendMessage", chat_id=person.chat_id, text="kept", protect_content=True)
    await api.ok("sendMessage", chat_id=person.chat_id, text="free")
    kept, free = person.bot_messages
    with pytest.raises(ValueError, match="protected"):
        person.forward(kept.message_id)
    person.forward(free.message_id)
    person.forward("from elsewhere")
    first, second = (update["message"] for update in (await api.ok("getUpdates"))[-2:])
    assert first["forward_origin"]["sender_user"]["is_bot"] is True
    assert (second["text"], second["forward_origin"]["type"]) == ("from elsewhere", "hidden_user")


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "contact", "document", "poll", "video", "dice", "venue"])
async def test_other_kinds_reach_the_bot(api: Api, person: Person, kind: str) -> None:
    """Anything a phone can send arrives under its own name."""
    person.send_other(kind)
    message = (await api.ok("getUpdates"))[-1]["message"]
    assert kind in message
    assert "text" not in message
    assert person.chat_list_line.preview == f"[{kind}]"


async def test_person_edits_their_own_text(api: Api, person: Person) -> None:
    """An edited text comes as `edited_message`; only one's own texts can be edited."""
    mine = person.send("one")
    theirs = await api.ok("sendMessage", chat_id=person.chat_id, text="x")
    person.edit(mine.message_id, "/two")
    edited = (await api.ok("getUpdates"))[-1]["edited_message"]
    assert (edited["text"], edited["entities"][0]["type"]) == ("/two", "bot_command")
    assert edited["edit_date"] >= edited["date"]
    with pytest.raises(ValueError, match="own texts"):
        person.edit(theirs["message_id"], "x")


def test_nobody_can_send_nonsense(sandbox: Sandbox) -> None:
    """A kind no phone knows is a mistake of the test that asks for it."""
    with pytest.raises(ValueError, match="nothing of the kind"):
        sandbox.person().send_other("teleport")


def test_people_have_chats_of_their_own(sandbox: Sandbox) -> None:
    """Chat ids count up, and asking for one again finds the same person."""
    first, second = sandbox.person(), sandbox.person(lang="en", persona="relative")
    assert (first.chat_id, second.chat_id) == (1001, 1002)
    assert sandbox.person(1002) is second
    assert sandbox.person(7).chat_id == 7
    with pytest.raises(ValueError, match="is a supergroup"):
        sandbox.person(sandbox.group().chat_id)


def test_time_is_the_tests_own(clock: Hands) -> None:
    """Dates come from the given clock, and the sandbox's own can be moved further."""
    sandbox = Sandbox(TOKEN, clock=clock)
    assert sandbox.person().send("x").date == datetime(2026, 11, 22, 12, tzinfo=UTC)
    sandbox.move_clock(60)
    clock.move(hours=1)
    assert sandbox.person(1001).send("y").date == datetime(2026, 11, 22, 13, 1, tzinfo=UTC)
