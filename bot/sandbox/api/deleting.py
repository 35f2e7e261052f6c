"""deleteMessage and deleteMessages.

The 48 hours are in the Bot API reference; that one message that is too old fails the whole deleteMessages, while
ids that are already gone are passed over, is how TDLib's `delete_messages` works; the sentences are its own.
"""

from __future__ import annotations

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad

MOST = 100  # ids in one deleteMessages


def delete_message(cloud: Cloud, params: Params) -> bool:
    chat = _chat(cloud, params)
    message = chat.messages.get(params.get("message_id", 0))
    if message is None:
        raise bad("message to delete not found")
    if reason := chat.undeletable(message, cloud.clock.now()):
        raise bad(reason)
    chat.erase(message.message_id)
    return True


def delete_messages(cloud: Cloud, params: Params) -> bool:
    chat = _chat(cloud, params)
    ids = _ids(params.get("message_ids"))
    now = cloud.clock.now()
    found = [chat.messages[message_id] for message_id in dict.fromkeys(ids) if message_id in chat.messages]
    for message in found:
        if reason := chat.undeletable(message, now):
            raise bad(reason)
    for message in found:
        chat.erase(message.message_id)
    return True


def _chat(cloud: Cloud, params: Params) -> Chat:
    """A person who blocked the bot is no hindrance to a deletion; a group the bot has left is."""
    chat = cloud.chat(params.get("chat_id", ""))
    return chat if chat.private else cloud.writable(chat.id)


def _ids(value: object) -> list[int]:
    if value is None or value == []:
        raise bad("message identifiers are not specified")
    if not isinstance(value, list):
        raise bad("expected an Array of message identifiers")
    if len(value) > MOST:
        raise bad("too many message identifiers specified")
    ids: list[int] = []
    for item in value:
        if isinstance(item, bool) or not isinstance(item, int | str):
            raise bad("message identifier must be a Number")
        if not str(item).lstrip("-").isdecimal():
            raise bad("can't parse message identifier as a Number")
        if int(item) <= 0:
            raise bad("invalid message identifier specified")
        ids.append(int(item))
    return ids


HANDLERS = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
