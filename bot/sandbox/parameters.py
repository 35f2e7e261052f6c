"""Which parameters each served method takes, and how they arrive.

Telegram ignores a parameter it does not know, so a typo passes there unnoticed; here it is refused. Names and
types are those of Bot API 10.1, without the parts the sandbox does not play (business, inline mode, checklists).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.refusal import Refusal, bad

Params = dict[str, Any]


def encodable(text: str, what: str) -> str:
    """The text, if it is one: half of a surrogate pair has no UTF-8. Raises Refusal otherwise."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad(f"{what} must be encoded in UTF-8") from None
    return text


def _integer(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise bad(f'parameter "{name}" must be an Integer')
    try:
        return int(value)
    except ValueError:
        raise bad(f'parameter "{name}" must be an Integer') from None


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return encodable(value, "strings")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise bad(f'parameter "{name}" must be a String')


def _boolean(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str | int):
        return str(value).lower() in ("true", "yes", "1")
    raise bad(f'parameter "{name}" must be a Boolean')


def _chat(name: str, value: object) -> int | str:
    text = _text(name, value).strip()
    if not text:
        raise bad(f"{name} is empty")
    return int(text) if text.lstrip("-").isdecimal() else text


def _json(name: str, value: object) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        if name == "reply_markup":
            raise bad("can't parse reply keyboard markup JSON object") from None
        raise bad(f"can't parse {name} JSON object") from None


Reader = Callable[[str, object], Any]
_KINDS: dict[str, Reader] = {"i": _integer, "s": _text, "b": _boolean, "c": _chat, "j": _json}


def _takes(words: str) -> dict[str, Reader]:
    return {name: _KINDS[kind] for kind, name in (word.split(":") for word in words.split())}


_LANGUAGE = "s:language_code"
_SCOPED = f"j:scope {_LANGUAGE}"
_SENT = (
    "b:disable_notification b:protect_content b:allow_paid_broadcast s:message_effect_id j:reply_parameters"
    " j:reply_markup"
)
METHODS: dict[str, dict[str, Reader]] = {
    method: _takes(words)
    for method, words in {
        "getMe": "",
        "logOut": "",
        "close": "",
        "getUpdates": "i:offset i:limit i:timeout j:allowed_updates",
        "setWebhook": "s:url s:certificate s:ip_address i:max_connections j:allowed_updates"
        " b:drop_pending_updates s:secret_token",
        "deleteWebhook": "b:drop_pending_updates",
        "getWebhookInfo": "",
        "sendMessage": f"c:chat_id i:message_thread_id s:text s:parse_mode j:entities j:link_preview_options {_SENT}",
        "copyMessage": "c:chat_id i:message_thread_id c:from_chat_id i:message_id s:caption s:parse_mode"
        f" j:caption_entities {_SENT}",
        "sendPhoto": f"c:chat_id i:message_thread_id s:photo s:caption s:parse_mode j:caption_entities {_SENT}",
        "sendVoice": "c:chat_id i:message_thread_id s:voice i:duration s:caption s:parse_mode j:caption_entities"
        f" {_SENT}",
        "pinChatMessage": "c:chat_id i:message_id b:disable_notification",
        "unpinChatMessage": "c:chat_id i:message_id",
        "unpinAllChatMessages": "c:chat_id",
        "editMessageText": "c:chat_id i:message_id s:text s:parse_mode j:entities j:link_preview_options"
        " j:reply_markup",
        "editMessageReplyMarkup": "c:chat_id i:message_id j:reply_markup",
        "deleteMessage": "c:chat_id i:message_id",
        "deleteMessages": "c:chat_id j:message_ids",
        "answerCallbackQuery": "s:callback_query_id s:text b:show_alert s:url i:cache_time",
        "setMyCommands": f"j:commands {_SCOPED}",
        "getMyCommands": _SCOPED,
        "deleteMyCommands": _SCOPED,
        "setMyName": f"s:name {_LANGUAGE}",
        "getMyName": _LANGUAGE,
        "setMyDescription": f"s:description {_LANGUAGE}",
        "getMyDescription": _LANGUAGE,
        "setMyShortDescription": f"s:short_description {_LANGUAGE}",
        "getMyShortDescription": _LANGUAGE,
        "setChatMenuButton": "i:chat_id j:menu_button",
        "getChatMenuButton": "i:chat_id",
        "setMyDefaultAdministratorRights": "j:rights b:for_channels",
        "getMyDefaultAdministratorRights": "b:for_channels",
        "leaveChat": "c:chat_id",
        "getChat": "c:chat_id",
        "getChatMember": "c:chat_id i:user_id",
        "getChatAdministrators": "c:chat_id",
        "getChatMemberCount": "c:chat_id",
        "sendChatAction": "c:chat_id i:message_thread_id s:action",
    }.items()
}
_BY_LOWER = {method.lower(): method for method in METHODS}  # Telegram's method names ignore case


def known(method: str) -> str:
    """The method's proper name. Raises Refusal 404 for one the sandbox does not serve."""
    if method in METHODS:
        return method
    if found := _BY_LOWER.get(method.lower()):
        return found
    raise Refusal(404, "method not found")


def read(method: str, raw: Mapping[str, object]) -> Params:
    """The call's parameters in their types; null and empty-for-JSON mean "not given". Raises Refusal 400."""
    takes = METHODS[method]
    params: Params = {}
    for name, value in raw.items():
        reader = takes.get(name)
        if reader is None:
            raise bad(f'unknown parameter "{name}" of {method}')
        if value is None or (value == "" and reader is _json):
            continue
        params[name] = reader(name, value)
    return params
