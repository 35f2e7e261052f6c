"""Learns from updates that were pushed by hand, so that the bot can answer them.

A pushed update may be anything at all. What it says plainly (this person wrote this message in this chat, tapped
under that one) is entered in the cloud; the rest is left alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud
from bot.sandbox.entities import detect
from bot.sandbox.keyboards import NOTHING, Markup
from bot.sandbox.message import Message

_HIGHEST_ID = 1_000_000_000  # beyond it an id is an absurd one, not a message


def learn(cloud: Cloud, update: Any) -> None:
    if not isinstance(update, dict):
        return
    if isinstance(message := update.get("message"), dict):
        _message(cloud, message)
    if isinstance(query := update.get("callback_query"), dict):
        message = query.get("message")
        chat = _message(cloud, message) if isinstance(message, dict) else None
        if chat is not None and isinstance(query.get("id"), str):
            tapper = query.get("from")
            tapper_id = tapper.get("id") if isinstance(tapper, dict) else None
            cloud.note_query(query["id"], chat.id, tapper_id if isinstance(tapper_id, int) else chat.id)
    if isinstance(member := update.get("my_chat_member"), dict):
        _chat(cloud, member.get("chat"), member.get("from"))


def _chat(cloud: Cloud, chat: Any, user: Any) -> Chat | None:
    if not isinstance(chat, dict) or not isinstance(chat.get("id"), int) or isinstance(chat["id"], bool):
        return None
    if known := cloud.chats.get(chat["id"]):
        known.started = True
        return known
    kind = chat.get("type")
    if kind not in ("private", "group", "supergroup", "channel"):
        return None
    title = chat.get("first_name") or chat.get("title") or "Sample"
    lang = user.get("language_code") if isinstance(user, dict) else None
    lang = lang if isinstance(lang, str) else "uk"
    return cloud.add_chat(Chat(chat["id"], kind, str(title), lang=lang, started=True))


def _message(cloud: Cloud, raw: dict[str, Any]) -> Chat | None:
    user = raw.get("from")
    by_bot = isinstance(user, dict) and user.get("is_bot") is True
    chat = _chat(cloud, raw.get("chat"), user)
    message_id = raw.get("message_id")
    if chat is None or not isinstance(message_id, int) or not 0 < message_id < _HIGHEST_ID:
        return chat
    if message_id in chat.messages or message_id in chat.gone:
        return chat
    text = raw.get("text") if isinstance(raw.get("text"), str) else ""
    message = Message(
        message_id,
        chat.api,
        user if isinstance(user, dict) else {"id": chat.id, "is_bot": False, "first_name": chat.title},
        "bot" if by_bot else "user",
        _date(cloud, raw.get("date")),
        text=text or "",
        entities=detect(text or ""),
        kind="text" if text else "unknown",
        markup=_markup(raw.get("reply_markup")) if by_bot else NOTHING,
    )
    chat.add(message)
    if chat.private:
        cloud.saw_message_id(message_id)
    return chat


def _date(cloud: Cloud, value: Any) -> datetime:
    """When the update says it was, if that is a past moment one can believe."""
    now = cloud.clock.now()
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= now.timestamp():
        return now
    return datetime.fromtimestamp(value, UTC)


def _markup(value: Any) -> Markup:
    rows = value.get("inline_keyboard") if isinstance(value, dict) else None
    return Markup(inline=rows) if isinstance(rows, list) else NOTHING
