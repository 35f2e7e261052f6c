"""sendMessage and sendChatAction."""

from __future__ import annotations

from typing import Any

from bot.sandbox.api.texts import read_text
from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.keyboards import read_markup
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad
from bot.sandbox.rights import must_send

_RECORDED = ("video", "voice", "video_note")
_UPLOADED = ("photo", "document", *_RECORDED)
ACTIONS = {
    "typing",
    "choose_sticker",
    "find_location",
    *(f"record_{kind}" for kind in _RECORDED),
    *(f"upload_{kind}" for kind in _UPLOADED),
}


def send_message(cloud: Cloud, params: Params) -> dict[str, Any]:
    text, entities = read_text(params)
    chat = writable_for(cloud, params, "text")
    preview = _object(params.get("link_preview_options"), "link preview options")
    message = cloud.from_bot(chat, text=text, entities=entities, preview_options=preview, **options(chat, params, {}))
    return message.to_api()


def writable_for(cloud: Cloud, params: Params, kind: str) -> Chat:
    """The chat, where the bot may write a message of this kind. Raises Refusal."""
    chat = cloud.writable(params.get("chat_id", ""))
    must_send(chat, kind)
    return chat


def options(chat: Chat, params: Params, extra: dict[str, Any]) -> dict[str, Any]:
    """What every kind of message may be given: keyboard, silence, protection, what it answers."""
    return {
        "markup": read_markup(params.get("reply_markup"), private=chat.private),
        "silent": params.get("disable_notification", False),
        "protected": params.get("protect_content", False),
        "extra": {**extra, **_reply(chat, params)},
    }


def send_chat_action(cloud: Cloud, params: Params) -> bool:
    writable_for(cloud, params, "text")
    if params.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _object(value: Any, what: str) -> dict[str, Any] | None:
    if value is not None and not isinstance(value, dict):
        raise bad(f"object expected as {what}")
    return value


def _reply(chat: Chat, params: Params) -> dict[str, Any]:
    """What a message answers. Raises Refusal when that message is gone and this was not allowed for."""
    extra: dict[str, Any] = {}
    if thread := params.get("message_thread_id"):
        if thread not in chat.topics:
            raise bad("message thread not found")
        extra["message_thread_id"] = thread
    reply = _object(params.get("reply_parameters"), "reply parameters")
    if not reply:
        return extra
    answered = chat.messages.get(reply.get("message_id", 0))
    if answered is not None:
        extra["reply_to_message"] = answered.to_api()
    elif not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return extra


HANDLERS = {"sendMessage": send_message, "sendChatAction": send_chat_action}
