"""pinChatMessage, unpinChatMessage, unpinAllChatMessages.

A pin leaves a line of Telegram's own in the chat, of which the bot that pinned hears as well (its Bot API server does
not skip an outgoing `messagePinMessage`). Pinned without a sound, the line still reaches the phones.
"""

from __future__ import annotations

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.message import Message
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad
from bot.sandbox.rights import must_pin


def pin(cloud: Cloud, params: Params) -> bool:
    chat = cloud.writable(params.get("chat_id", ""))
    message = _message(chat, params, "pin")
    must_pin(chat)
    if chat.pinned[-1:] == [message.message_id]:
        raise bad("CHAT_NOT_MODIFIED")
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.append(message.message_id)
    line = cloud.service(chat, cloud.card.user, "pinned_message", message.to_api())
    line.silent = params.get("disable_notification", False)
    chat.announce(line, cloud.card.name(chat.lang) if chat.private else chat.title)
    return True


def unpin(cloud: Cloud, params: Params) -> bool:
    chat = cloud.writable(params.get("chat_id", ""))
    if "message_id" in params:
        message_id = _message(chat, params, "unpin").message_id
    elif chat.pinned:
        message_id = chat.pinned[-1]
    else:
        raise bad("message to unpin not found")
    must_pin(chat)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    return True


def unpin_all(cloud: Cloud, params: Params) -> bool:
    chat = cloud.writable(params.get("chat_id", ""))
    must_pin(chat)
    chat.pinned.clear()
    return True


def _message(chat: Chat, params: Params, verb: str) -> Message:
    message = chat.messages.get(params.get("message_id", 0))
    if message is None or message.service:
        raise bad(f"message to {verb} not found")
    return message


HANDLERS = {"pinChatMessage": pin, "unpinChatMessage": unpin, "unpinAllChatMessages": unpin_all}
