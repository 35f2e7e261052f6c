"""A finger on a callback button: who tapped goes with the update, and the answer comes to their screen alone."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.message import Message


def tap_callback(cloud: Cloud, chat: Chat, user: dict[str, Any], message: Message, data: str) -> str:
    """The query id."""
    screen = chat.screens[user["id"]]
    screen.popup = None
    screen.unseen.clear()
    query_id = cloud.open_query(chat.id, user["id"])
    cloud.tell(
        "callback_query",
        {"id": query_id, "from": user, "message": message.to_api(), "chat_instance": f"-{chat.id}", "data": data},
    )
    return query_id
