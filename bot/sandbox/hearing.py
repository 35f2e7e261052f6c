"""What a bot hears of a group.

Privacy mode is on, as for every bot whose owner did not switch it off (`Card.reads_all`): commands that are not for
another bot and replies to the bot's messages come, mentions do not. An administrator hears everything. Service
messages come to all bots (Bot features, "Privacy mode"). That a command without a name also comes when another bot
wrote last is the kinder reading; there is one bot here.
"""

from __future__ import annotations

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.entities import index_of
from bot.sandbox.message import Message


def heard(cloud: Cloud, chat: Chat, message: Message) -> bool:
    """Whether the bot gets an update about what somebody wrote in a group."""
    if chat.bot_status in ("left", "kicked") or chat.moved_to is not None:
        return False
    if chat.bot_status == "administrator" or cloud.card.reads_all:
        return True
    answered = message.extra.get("reply_to_message")
    if isinstance(answered, dict) and answered.get("from", {}).get("id") == cloud.card.id:
        return True
    return any(_for_us(cloud, message, entity) for entity in message.entities if entity["type"] == "bot_command")


def _for_us(cloud: Cloud, message: Message, entity: dict[str, object]) -> bool:
    offset, length = int(str(entity["offset"])), int(str(entity["length"]))
    command = message.text[index_of(message.text, offset) : index_of(message.text, offset + length)]
    _, _, name = command.partition("@")
    return not name or name.lower() == cloud.card.username.lower()
