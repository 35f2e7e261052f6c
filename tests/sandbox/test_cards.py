"""What a bot says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Api

START = [{"command": "start", "description": "Почати"}]


@pytest.mark.parametrize(
    ("setter", "getter", "field", "limit"),
    [
        ("setMyName", "getMyName", "name", 64),
        ("setMyDescription", "getMyDescription", "description", 512),
        ("setMyShortDescription", "getMyShortDescription", "short_description", 120),
    ],
)
async def test_texts_per_language(api: Api, setter: str, getter: str, field: str, limit: int) -> None:
    """A text in a language, else the one for all; too long is refused, empty takes it away."""
    await api.ok(setter, **{field: "я" * limit})
    await api.ok(setter, **{field: "English"}, language_code="en")
    assert await api.ok(getter, language_code="en") == {field: "English"}
    assert await api.ok(getter, language_code="de") == {field: "я" * limit}
    assert await api.no(setter, **{field: "я" * (limit + 1)}) == f"400 Bad Request: {field.upper()}_TOO_LONG"
    await api.ok(setter, **{field: ""}, language_code="en")
    assert await api.ok(getter, language_code="en") == {field: "я" * limit}
    assert await api.no(getter, language_code="english") == "400 Bad Request: invalid language code specified"


async def test_commands_per_scope_and_language(api: Api) -> None:
    """Commands are kept for each scope and language, and can be taken away."""
    scope = {"type": "all_private_chats"}
    await api.ok("setMyCommands", commands=START)
    await api.ok("setMyCommands", commands=[], scope=scope, language_code="en")
    assert await api.ok("getMyCommands", scope={"type": "default"}) == START
    assert await api.ok("getMyCommands", scope=scope, language_code="en") == []
    assert await api.ok("deleteMyCommands") is True
    assert await api.ok("getMyCommands") == []


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ("x", "can't parse commands JSON object"),
        ({}, "expected an Array of BotCommand"),
        (START * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "a"}], "can't parse BotCommand: BotCommand must be an Object"),
        ([{"command": "/", "description": "x"}], "command must be non-empty"),
        ([{"command": "a" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "Start", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": " "}], "command description must be non-empty"),
        ([{"command": "a", "description": "x" * 257}], "command description length must not exceed 256"),
    ],
)
async def test_commands_are_checked(api: Api, commands: Any, sentence: str) -> None:
    """Each limit of a command in Telegram's words."""
    assert await api.no("setMyCommands", commands=commands) == f"400 Bad Request: {sentence}"


async def test_menu_button_and_rights(api: Api) -> None:
    """The menu button and the rights the bot would like are kept as given."""
    await api.ok("setChatMenuButton", menu_button={"type": "commands"})
    await api.ok("setChatMenuButton", chat_id=5, menu_button={"type": "default"})
    assert await api.ok("getChatMenuButton") == {"type": "commands"}
    assert await api.ok("getChatMenuButton", chat_id=5) == {"type": "default"}
    await api.ok("setMyDefaultAdministratorRights", rights={"can_delete_messages": True})
    rights = await api.ok("getMyDefaultAdministratorRights")
    assert (rights["can_delete_messages"], rights["can_manage_chat"]) == (True, False)


async def test_session_methods_answer(sandbox: Sandbox, api: Api) -> None:
    """getMe is the token's bot; logOut and close are accepted."""
    me = await api.ok("getMe")
    assert (me["id"], me["is_bot"]) == (42, True)
    assert await api.ok("logOut") is True
    assert await api.ok("close") is True


async def test_chat_actions(api: Api, sandbox: Sandbox) -> None:
    """Only the actions there are, and only where the bot may write."""
    person = sandbox.person()
    assert (await api.no("sendChatAction", chat_id=person.chat_id, action="typing")).startswith("403")
    person.send("x")
    assert await api.ok("sendChatAction", chat_id=person.chat_id, action="typing") is True
    refusal = await api.no("sendChatAction", chat_id=person.chat_id, action="dancing")
    assert refusal == "400 Bad Request: wrong parameter action in request"
