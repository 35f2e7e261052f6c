"""copyMessage, and sendPhoto and sendVoice with a file id: passing on what somebody sent, without downloading it.

TDLib lets a bot copy what is protected and only forbids forwarding it (`forward_messages`), so a protected message
is copied here too. A copy names nobody. Files are not uploaded here.
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.api.sending import options, writable_for
from bot.sandbox.api.texts import read_caption
from bot.sandbox.cloud import Cloud
from bot.sandbox.entities import Entity
from bot.sandbox.media import PASSED_ON
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad


def copy(cloud: Cloud, params: Params) -> dict[str, int]:
    source_chat = cloud.readable(params.get("from_chat_id", ""))
    source = source_chat.messages.get(params.get("message_id", 0))
    if source is None:
        raise bad("message to copy not found")
    chat = writable_for(cloud, params, source.kind)
    if source.service or source.kind not in PASSED_ON:
        raise bad("the message can't be copied")
    text, entities = source.text, source.entities
    if "caption" in params and source.kind != "text":
        text, entities = read_caption(params)
    extra = {source.kind: source.extra[source.kind]} if source.kind in source.extra else {}
    sent = cloud.from_bot(chat, kind=source.kind, text=text, entities=entities, **options(chat, params, extra))
    return {"message_id": sent.message_id}


def send_photo(cloud: Cloud, params: Params) -> dict[str, Any]:
    return _send_file(cloud, params, "photo")


def send_voice(cloud: Cloud, params: Params) -> dict[str, Any]:
    return _send_file(cloud, params, "voice")


def _send_file(cloud: Cloud, params: Params, kind: str) -> dict[str, Any]:
    chat = writable_for(cloud, params, kind)
    text, entities = _caption(params)
    if not params.get(kind):
        raise bad(f"there is no {kind} in the request")
    known = cloud.files.get(params[kind])
    if known is None:
        raise bad("wrong remote file identifier specified: can't unserialize it")
    if known[0] != kind:
        raise bad(f"can't use file of type {known[0]} as {kind}")
    extra = {kind: known[1]}
    return cloud.from_bot(chat, kind=kind, text=text, entities=entities, **options(chat, params, extra)).to_api()


def _caption(params: Params) -> tuple[str, list[Entity]]:
    return read_caption(params) if params.get("caption") else ("", [])


HANDLERS = {"copyMessage": copy, "sendPhoto": send_photo, "sendVoice": send_voice}
