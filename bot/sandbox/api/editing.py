"""editMessageText and editMessageReplyMarkup.

A bot edits its own messages for ever, but never one that had a reply keyboard or ForceReply, and leaving
`reply_markup` out takes the buttons away.
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.api.texts import read_text
from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.keyboards import Markup, read_markup
from bot.sandbox.message import Message
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import Refusal, bad

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(cloud: Cloud, params: Params) -> dict[str, Any]:
    chat = _editable_chat(cloud, params)
    text, entities = read_text(params)
    message, markup = _message(chat, params), _inline(chat, params)
    if message.kind != "text":
        raise bad("there is no text in the message to edit")
    options = params.get("link_preview_options")
    new = (text, entities, markup.inline, options)
    if new == (message.text, message.entities, message.markup.inline, message.preview_options):
        raise bad(SAME)
    message.text, message.entities, message.markup, message.preview_options = text, entities, markup, options
    message.edited = cloud.clock.now()
    return message.to_api()


def edit_markup(cloud: Cloud, params: Params) -> dict[str, Any]:
    chat = _editable_chat(cloud, params)
    message, markup = _message(chat, params), _inline(chat, params)
    if markup.inline == message.markup.inline:
        raise bad(SAME)
    message.markup = markup
    message.edited = cloud.clock.now()
    return message.to_api()


def _editable_chat(cloud: Cloud, params: Params) -> Chat:
    """As for sending, except that in a private chat nobody need have written first: there is a message already.

    That a person who blocked the bot cannot be shown edits either is Telegram's closed side; refused here.
    """
    chat = cloud.chat(params.get("chat_id", ""))
    if not chat.private:
        return cloud.writable(chat.id)
    if chat.blocked and params.get("message_id") in chat.messages:
        raise Refusal(403, "bot was blocked by the user")
    return chat


def _message(chat: Chat, params: Params) -> Message:
    if "message_id" not in params:
        raise bad("message identifier is not specified")
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if message.sender != "bot" or message.markup.uneditable or message.service:
        raise bad("message can't be edited")
    return message


def _inline(chat: Chat, params: Params) -> Markup:
    markup = read_markup(params.get("reply_markup"), private=chat.private)
    if markup.uneditable:
        raise bad("inline keyboard expected")
    return markup


HANDLERS = {"editMessageText": edit_text, "editMessageReplyMarkup": edit_markup}
