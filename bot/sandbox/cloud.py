"""What Telegram's servers hold: the bot's card, its chats, its queue of updates, the taps awaiting an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.card import Card
from bot.sandbox.changes import Changes
from bot.sandbox.chat import Chat
from bot.sandbox.clock import Clock
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.message import Message
from bot.sandbox.refusal import Refusal, bad
from bot.sandbox.updates import TAP_LIFETIME, Updates

FIRST_CHAT = 1001
ANSWERABLE_FOR = timedelta(seconds=TAP_LIFETIME)


@dataclass(slots=True)
class Query:
    """A tap on a callback button."""

    chat_id: int
    at: datetime
    answered: bool = False


class Cloud:
    def __init__(self, bot_id: int, clock: Clock) -> None:
        self.clock = clock
        self.changes = Changes()
        self.card = Card(bot_id)
        self.updates = Updates(clock)
        self.limits = Limits()
        self.meter = Meter()
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.webhook: Webhook | None = None
        self.on_webhook: Callable[[Webhook | None], None] = lambda _: None
        self._last_message = 0  # private chats share one count; a group has its own
        self._last_query = 0

    def chat(self, chat_id: object) -> Chat:
        """Raises Refusal for a chat the bot has never met."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad("chat not found")
        return chat

    def writable(self, chat_id: object) -> Chat:
        """A chat the bot may write to. Raises Refusal 403 where it may not."""
        chat = self.chat(chat_id)
        if chat.private:
            if chat.blocked:
                raise Refusal(403, "bot was blocked by the user")
            if not chat.started:
                raise Refusal(403, "bot can't initiate conversation with a user")
        elif chat.bot_status in ("left", "kicked"):
            how = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
            raise Refusal(403, f"bot {how} the {chat.type} chat")
        return chat

    def add_chat(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        self.changes.touch()
        return chat

    def free_chat_id(self) -> int:
        return max((chat_id for chat_id in self.chats if chat_id >= FIRST_CHAT), default=FIRST_CHAT - 1) + 1

    def next_message_id(self, chat: Chat) -> int:
        if not chat.private:
            chat.last_id += 1
            return chat.last_id
        self._last_message += 1
        return self._last_message

    def saw_message_id(self, message_id: int) -> None:
        """Ids given from now on are higher."""
        self._last_message = max(self._last_message, message_id)

    def open_query(self, chat_id: int) -> str:
        """A new tap's query id."""
        self._last_query += 1
        query_id = str(self._last_query)
        self.note_query(query_id, chat_id)
        return query_id

    def note_query(self, query_id: str, chat_id: int) -> None:
        now = self.clock.now()
        for old_id in list(self.queries):
            if now - self.queries[old_id].at <= ANSWERABLE_FOR:
                break
            del self.queries[old_id]
        self.queries[query_id] = Query(chat_id, now)

    def from_bot(self, chat: Chat, **details: Any) -> Message:
        """A new message by the bot, placed in the chat and announced on the phone."""
        message = Message(self.next_message_id(chat), chat.api, self.card.user, "bot", self.clock.now(), **details)
        chat.add(message)
        chat.notify(message, self.card.name(chat.lang) if chat.private else chat.title)
        return message

    def reset(self) -> None:
        """Forgets chats and updates; the bot's card, its webhook and the counters stay."""
        self.chats.clear()
        self.queries.clear()
        self.updates.clear()
        self.meter.clear()
        self.changes.touch()


@dataclass
class Webhook:
    """What setWebhook asked for, and how the delivery fares."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""
