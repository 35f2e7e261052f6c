"""An update's JSON becomes something a flow can decide on. Tolerant and pure.

Updates come from the outside world: every field may be missing, of the wrong type or absurd. Whatever cannot
be understood becomes nothing and is counted; it never stops the others (promise 3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flows.engine import Action, Event, Located, Other, Started, Tapped, Typed

MAX_ID = 2**52  # Telegram: ids have at most 52 significant bits
MAX_TEXT = 4096  # Telegram's longest message; anything longer is cut, not refused
GROUPS = ("group", "supergroup", "channel")
MEDIA = ("photo", "voice")  # what an operator can be shown; a contact or a document names people

# What we ask Telegram to send; everything else never comes.
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "channel_post"]


class Malformed(Exception):  # noqa: N818 (a name for the situation)
    """An update that makes no sense. Says nothing about its content."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something a person did in a private chat.

    event       None when only the message itself must go (an edited message).
    message_id  the message that was written, or the one whose button was tapped; 0 when unknown.
    query       the id of a tap, to be answered; empty otherwise.
    sent_at     when the person wrote; None for taps (Telegram does not say; they expire after 150 s).
    edited      the new words of an edited message (`event` is None then).
    in_group    the tap was in a desk's group; what follows from it is shown in the person's own chat.
    """

    update_id: int
    chat_id: int
    event: Event | None
    message_id: int = 0
    query: str = ""
    sent_at: datetime | None = None
    edited: str = ""
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked the bot or deleted the chat: nothing can be sent, nothing must be remembered."""

    update_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The bot is in a group or channel where it has no business: it leaves silently (checklist 7)."""

    update_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class GroupTap:
    """Somebody tapped a button in a group. `person` is their id, which is also their private chat's."""

    update_id: int
    chat_id: int
    person: int
    action: Action | None
    query: str


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A group became a supergroup and has another id from now on."""

    update_id: int
    chat_id: int
    new_id: int


@dataclass(frozen=True, slots=True)
class LeftGroup:
    """Somebody is in a group no more."""

    update_id: int
    chat_id: int
    person: int


@dataclass(frozen=True, slots=True)
class LetIn:
    """The bot was added to a group, or its rights there have changed."""

    update_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class ShutOut:
    """The bot itself was taken out of a group."""

    update_id: int
    chat_id: int


Parsed = Incoming | Gone | Elsewhere | GroupTap | Upgraded | LeftGroup | LetIn | ShutOut


def update_id(update: Any) -> int:
    """The update's number. Raises Malformed."""
    if isinstance(update, dict) and (number := _id(update.get("update_id"))) is not None and number >= 0:
        return number
    raise Malformed


def parse(update: Any) -> Parsed | None:
    """What happened, or None when it is nothing to us. Raises Malformed."""
    number = update_id(update)
    for name, read in _READERS.items():
        if isinstance(content := update.get(name), dict):
            return read(number, content)
    if any(name in update for name in ALLOWED_UPDATES):
        raise Malformed
    return None


def _tap(number: int, query: dict[str, Any]) -> Parsed | None:
    query_id, data = query.get("id"), query.get("data")
    if not isinstance(query_id, str) or not query_id.isascii() or len(query_id) > MAX_TEXT:
        raise Malformed
    message = query.get("message")
    if not isinstance(message, dict):  # a message sent through somebody's inline mode: not ours
        return None
    chat_id, kind = _chat(message)
    action = Action.decode(data) if isinstance(data, str) else None
    if kind in GROUPS:
        person = _person(query)
        return GroupTap(number, chat_id, person, action, query_id) if person else None
    if kind != "private":
        return None
    reachable = message.get("date") != 0  # 0: Telegram says the message is out of our reach
    message_id = (_id(message.get("message_id")) or 0) if reachable else 0
    return Incoming(number, chat_id, Tapped(action), message_id, query_id)


def _message(number: int, message: dict[str, Any]) -> Parsed | None:
    chat_id, kind = _chat(message)
    if kind in GROUPS:
        return _group_message(number, chat_id, message)
    sender = message.get("from")
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return None
    message_id = _id(message.get("message_id"))
    if message_id is None or message_id <= 0:
        raise Malformed
    return Incoming(number, chat_id, _event(message), message_id, sent_at=_when(message.get("date")))


def _edited(number: int, message: dict[str, Any]) -> Incoming | None:
    chat_id, kind = _chat(message)
    message_id = _id(message.get("message_id")) or 0
    if kind != "private" or message_id <= 0:
        return None
    text = message.get("text")
    edited = clean(text) if isinstance(text, str) else ""
    return Incoming(number, chat_id, None, message_id, sent_at=_when(message.get("date")), edited=edited)


def _group_message(number: int, chat_id: int, message: dict[str, Any]) -> Parsed:
    if (new_id := _id(message.get("migrate_to_chat_id"))) is not None:
        return Upgraded(number, chat_id, new_id)
    if (old_id := _id(message.get("migrate_from_chat_id"))) is not None:  # the same, told by the new group
        return Upgraded(number, old_id, chat_id)
    left = message.get("left_chat_member")
    if isinstance(left, dict) and (person := _id(left.get("id"))):
        return LeftGroup(number, chat_id, person)
    return Elsewhere(number, chat_id)


def _member(number: int, member: dict[str, Any]) -> LeftGroup | None:
    """Somebody's standing in a group changed; Telegram tells a bot that is an administrator and asked for it."""
    chat_id, _ = _chat(member)
    now = member.get("new_chat_member")
    if not isinstance(now, dict) or now.get("status") not in ("left", "kicked"):
        return None
    user = now.get("user")
    person = _id(user.get("id")) if isinstance(user, dict) else None
    return LeftGroup(number, chat_id, person) if person else None


def _membership(number: int, member: dict[str, Any]) -> Parsed | None:
    chat_id, kind = _chat(member)
    now = member.get("new_chat_member")
    status = now.get("status") if isinstance(now, dict) else None
    if kind == "private":
        return Gone(number, chat_id) if status == "kicked" else None
    if status in ("left", "kicked"):
        return ShutOut(number, chat_id)
    return LetIn(number, chat_id) if status in ("member", "administrator", "restricted") else None


def _event(message: dict[str, Any]) -> Event:
    text = message.get("text")
    if isinstance(text, str):
        return _text(clean(text))
    location = message.get("location")
    if isinstance(location, dict):
        lat, lon = location.get("latitude"), location.get("longitude")
        if _degree(lat, 90) and _degree(lon, 180):
            return Located(float(lat), float(lon))  # type: ignore[arg-type]  # _degree has looked
    return Other(media=any(kind in message for kind in MEDIA))


def _text(text: str) -> Event:
    command, _, rest = text.partition(" ")
    if command.partition("@")[0].lower() == "/start":
        return Started(rest.strip()[:64])
    return Typed(text)


_CONTROLS = {sign: " " for sign in range(32) if chr(sign) not in "\t\n\r"}


def clean(text: str) -> str:
    """Text that can be encoded: lone surrogates replaced, cut to Telegram's own limit."""
    return text[:MAX_TEXT].encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_CONTROLS)


def _person(query: dict[str, Any]) -> int:
    """Who tapped; 0 when that cannot be told."""
    person = query.get("from")
    found = _id(person.get("id")) if isinstance(person, dict) else None
    return found if found is not None and found > 0 else 0


def _chat(thing: dict[str, Any]) -> tuple[int, str]:
    chat = thing.get("chat")
    chat_id = _id(chat.get("id")) if isinstance(chat, dict) else None
    if not isinstance(chat, dict) or chat_id is None or chat_id == 0:
        raise Malformed
    kind = chat.get("type")
    if kind == "private" and chat_id < 0:
        raise Malformed
    return chat_id, kind if isinstance(kind, str) else ""


def _id(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and -MAX_ID < value < MAX_ID:
        return value
    return None


def _degree(value: object, limit: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -limit <= value <= limit


def _when(value: object) -> datetime | None:
    seconds = _id(value)
    if seconds is None or not 0 < seconds < 2**33:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _post(number: int, post: dict[str, Any]) -> Elsewhere | None:
    chat_id, kind = _chat(post)
    return Elsewhere(number, chat_id) if kind in GROUPS else None


_READERS: dict[str, Callable[[int, dict[str, Any]], Parsed | None]] = {
    "callback_query": _tap,
    "message": _message,
    "edited_message": _edited,
    "my_chat_member": _membership,
    "chat_member": _member,
    "channel_post": _post,
}
