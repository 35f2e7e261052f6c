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
    person_id: int
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
        self.files: dict[str, tuple[str, Any]] = {}  # file id → kind of message and its field; kept for ever
        self.webhook: Webhook | None = None
        self.on_webhook: Callable[[Webhook | None], None] = lambda _: None
        self._last_message = 0  # private chats share one count; a group has its own
        self._last_query = 0
        self.popups = 0  # shown so far, on all phones

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
            return chat
        if chat.moved_to is not None:
            raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
        return self.readable(chat_id)

    def readable(self, chat_id: object) -> Chat:
        """A chat the bot may look into. Raises Refusal 403 for a group it is no longer in.

        A group that was upgraded can still be looked at (`check_chat` of Telegram's Bot API server).
        """
        chat = self.chat(chat_id)
        if not chat.private and chat.moved_to is None and chat.bot_status in ("left", "kicked"):
            how = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
            raise Refusal(403, f"bot {how} the {chat.type} chat")
        return chat

    def user(self, user_id: int) -> dict[str, Any] | None:
        """Bot API User of somebody the bot can know: itself, or a person with a phone here."""
        if user_id == self.card.id:
            return self.card.user
        chat = self.chats.get(user_id)
        return chat.user if chat is not None and chat.private else None

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

    def open_query(self, chat_id: int, person_id: int | None = None) -> str:
        """A new tap's query id; in a private chat it is the chat's person who tapped."""
        self._last_query += 1
        query_id = str(self._last_query)
        self.note_query(query_id, chat_id, chat_id if person_id is None else person_id)
        return query_id

    def note_query(self, query_id: str, chat_id: int, person_id: int) -> None:
        now = self.clock.now()
        for old_id in list(self.queries):
            if now - self.queries[old_id].at <= ANSWERABLE_FOR:
                break
            del self.queries[old_id]
        self.queries[query_id] = Query(chat_id, person_id, now)

    def from_bot(self, chat: Chat, **details: Any) -> Message:
        """A new message by the bot, placed in the chat and announced on the phones."""
        message = Message(self.next_message_id(chat), chat.api, self.card.user, "bot", self.clock.now(), **details)
        message.protected |= chat.protected
        chat.add(message)
        chat.announce(message, self.card.name(chat.lang) if chat.private else chat.title)
        return message

    def from_person(self, chat: Chat, user: dict[str, Any], **details: Any) -> Message:
        """A new message somebody wrote. In a group it reaches the other phones."""
        message = Message(self.next_message_id(chat), chat.api, user, "user", self.clock.now(), **details)
        message.protected |= chat.protected
        chat.add(message)
        if (screen := chat.screens.get(user["id"])) is not None:
            screen.unseen.clear()
        chat.announce(message, chat.title)
        return message

    def service(self, chat: Chat, user: dict[str, Any], what: str, value: Any) -> Message:
        """Telegram's own line in a chat, and the update about it, which every bot in it gets: of what comes after
        its own removal none does."""
        sender = "bot" if user["id"] == self.card.id else "user"
        message = Message(self.next_message_id(chat), chat.api, user, sender, self.clock.now(), kind=what, service=True)
        message.extra = {what: value}
        chat.add(message)
        if chat.private or chat.bot_status not in ("left", "kicked") or value == self.card.user:
            self.updates.push({"message": message.to_api()})
        return message

    def tell(self, kind: str, body: dict[str, Any]) -> None:
        """An update for the bot."""
        self.updates.push({kind: body})
        self.changes.touch()

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
