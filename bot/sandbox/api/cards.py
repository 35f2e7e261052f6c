"""The bot about itself: getMe, names, descriptions, commands, menu button, wished rights, session."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.cloud import Cloud
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad

# Bot API reference: most commands, and characters of each text
MOST_COMMANDS = 100
LONGEST_COMMAND = 32
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]+\Z")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?\Z")
_NO_RIGHTS = {
    "is_anonymous": False,
    "can_manage_chat": False,
    "can_delete_messages": False,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": False,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


def get_me(cloud: Cloud, params: Params) -> dict[str, Any]:
    return {
        **cloud.card.user,
        "can_join_groups": True,
        "can_read_all_group_messages": cloud.card.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def done(cloud: Cloud, params: Params) -> bool:
    """logOut and close: nothing is kept that they would end."""
    return True


def _language(params: Params) -> str:
    code: str = params.get("language_code", "")
    if not _LANGUAGE.match(code):
        raise bad("invalid language code specified")
    return code


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict) or not all(
        isinstance(command.get(field), str) for field in ("command", "description")
    ):
        raise bad("can't parse BotCommand: BotCommand must be an Object")
    name, description = command["command"].strip().removeprefix("/"), command["description"].strip()
    if not name:
        raise bad("command must be non-empty")
    if len(name) > LONGEST_COMMAND:
        raise bad(f"command length must not exceed {LONGEST_COMMAND}")
    if not _COMMAND.match(name):
        raise bad("BOT_COMMAND_INVALID")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > LONGEST_COMMAND_DESCRIPTION:
        raise bad(f"command description length must not exceed {LONGEST_COMMAND_DESCRIPTION}")
    return {"command": name, "description": description}


def set_commands(cloud: Cloud, params: Params) -> bool:
    commands = params.get("commands")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    key = cloud.card.scope(params.get("scope")), _language(params)
    cloud.card.commands[key] = [_command(command) for command in commands]
    return True


def get_commands(cloud: Cloud, params: Params) -> list[dict[str, str]]:
    return cloud.card.commands.get((cloud.card.scope(params.get("scope")), _language(params)), [])


def delete_commands(cloud: Cloud, params: Params) -> bool:
    cloud.card.commands.pop((cloud.card.scope(params.get("scope")), _language(params)), None)
    return True


def set_menu_button(cloud: Cloud, params: Params) -> bool:
    cloud.card.menu_buttons[params.get("chat_id", 0)] = params.get("menu_button") or {"type": "default"}
    return True


def get_menu_button(cloud: Cloud, params: Params) -> dict[str, Any]:
    buttons = cloud.card.menu_buttons
    return buttons.get(params.get("chat_id", 0)) or buttons.get(0) or {"type": "commands"}


def set_rights(cloud: Cloud, params: Params) -> bool:
    cloud.card.rights[params.get("for_channels", False)] = params.get("rights") or {}
    return True


def get_rights(cloud: Cloud, params: Params) -> dict[str, bool]:
    return _NO_RIGHTS | cloud.card.rights.get(params.get("for_channels", False), {})


Handler = Callable[[Cloud, Params], Any]


def _text_pair(field: str, texts: Callable[[Cloud], dict[str, str]]) -> tuple[Handler, Handler]:
    """The set and get methods of one text of the card."""

    def put(cloud: Cloud, params: Params) -> bool:
        text, lang = params.get(field, ""), _language(params)
        if len(text) > LONGEST[field]:
            raise bad(f"{field.upper()}_TOO_LONG")
        if text:
            texts(cloud)[lang] = text
        else:
            texts(cloud).pop(lang, None)
        return True

    def get(cloud: Cloud, params: Params) -> dict[str, str]:
        held = texts(cloud)
        missing = cloud.card.given_name if field == "name" else ""
        return {field: held.get(_language(params)) or held.get("") or missing}

    return put, get


_set_name, _get_name = _text_pair("name", lambda cloud: cloud.card.names)
_set_description, _get_description = _text_pair("description", lambda cloud: cloud.card.descriptions)
_set_short, _get_short = _text_pair("short_description", lambda cloud: cloud.card.short_descriptions)

HANDLERS: dict[str, Handler] = {
    "getMe": get_me,
    "logOut": done,
    "close": done,
    "setMyName": _set_name,
    "getMyName": _get_name,
    "setMyDescription": _set_description,
    "getMyDescription": _get_description,
    "setMyShortDescription": _set_short,
    "getMyShortDescription": _get_short,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setMyDefaultAdministratorRights": set_rights,
    "getMyDefaultAdministratorRights": get_rights,
}
