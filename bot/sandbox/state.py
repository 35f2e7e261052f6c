"""The whole state as JSON, for the page and for anyone who wants to look. Built only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chat import Chat
from bot.sandbox.message import Message
from bot.sandbox.screen import Screen

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

_NOTIFICATIONS = 50  # newest ones shown


async def whole_state(sandbox: Sandbox) -> dict[str, Any]:
    cloud = sandbox.cloud
    log, limits = sandbox.switchboard.log, cloud.limits
    hook = cloud.webhook
    mode = "webhook" if hook else "polling" if cloud.updates.polled else "none"
    return {
        "now": cloud.clock.now().isoformat(),
        "clock_offset": cloud.clock.offset,
        "bot": {
            "id": cloud.card.id,
            "username": cloud.card.username,
            "name": cloud.card.name(),
            "description": cloud.card.descriptions.get("", ""),
            "short_description": cloud.card.short_descriptions.get("", ""),
            "commands": {"": [], **cloud.card.default_commands()},
        },
        "delivery": {"mode": mode, "url": hook.url if hook else None, "pending": len(cloud.updates)},
        "chats": [await _chat(sandbox, chat) for chat in list(cloud.chats.values())],
        "faults": faults_json(sandbox),
        "limits": {
            "enforced": limits.enforced,
            "overall": limits.overall,
            "per_chat": limits.per_chat,
            "per_group": limits.per_group,
            "burst": limits.burst,
        },
        "calls": {
            "total": log.by_method.total(),
            "by_method": dict(log.by_method),
            "errors": dict(log.errors),
        },
    }


def faults_json(sandbox: Sandbox) -> dict[str, Any]:
    faults = sandbox.faults
    return {
        "rate_429": faults.rate_429,
        "rate_5xx": faults.rate_5xx,
        "rate_drop": faults.rate_drop,
        "delay": list(faults.delay),
        "retry_after": faults.retry_after,
        "methods": sorted(faults.methods) if faults.methods is not None else None,
        "chats": sorted(faults.chats) if faults.chats is not None else None,
    }


def messages_of(chat: Chat) -> dict[str, Any]:
    """What stands in one chat."""
    return {"id": chat.id, "messages": [_message(message) for message in chat.visible]}


async def _chat(sandbox: Sandbox, chat: Chat) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "protected": chat.protected,
        "pinned": chat.pinned[-1] if chat.pinned else None,
        "messages": [_message(message) for message in chat.visible],
    }
    if not chat.private:
        return {**shown, **_group(sandbox, chat)}
    return {
        **shown,
        "persona": chat.persona,
        "lang": chat.lang,
        "username": chat.username,
        "blocked": chat.blocked,
        "reply_keyboard": _keyboard(chat),
        "holdings": await sandbox.inspect(chat.id) if sandbox.inspect is not None else None,
        **_screen(chat, chat.own, sandbox.cloud.card.name(chat.lang)),
    }


def _group(sandbox: Sandbox, chat: Chat) -> dict[str, Any]:
    """A group: the bot's standing, and what each member's phone shows of it."""
    members = []
    for person_id, screen in chat.screens.items():
        person = sandbox.cloud.chats.get(person_id)
        if person is not None:
            who = {"id": person.id, "name": person.title, "status": chat.members.get(person_id, "member")}
            members.append({**who, **_screen(chat, screen, chat.title)})
    return {
        "bot": {"status": chat.bot_status, "rights": chat.bot_rights},
        "permissions": chat.permissions,
        "topics": sorted(chat.topics),
        "moved_to": chat.moved_to,
        "members": members,
    }


def _screen(chat: Chat, screen: Screen, title: str) -> dict[str, Any]:
    line, popup = chat.line(title, screen), screen.popup
    return {
        "lock_screen": [
            {"at": note.at.isoformat(), "title": note.title, "preview": note.preview, "silent": note.silent}
            for note in screen.lock_screen[-_NOTIFICATIONS:]
        ],
        "chat_list": {
            "title": line.title,
            "preview": line.preview,
            "at": line.at.isoformat() if line.at else None,
            "unread": line.unread,
        },
        "toast": {"text": popup.text, "alert": popup.alert, "number": popup.number} if popup else None,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "from": message.sender,
        "author": {"id": message.author.get("id"), "name": message.author.get("first_name", "")},
        "service": _service(message) if message.service else None,
        "reply_to": _quote(message.extra.get("reply_to_message")),
        "date": message.date.isoformat(),
        "edited": message.edited.isoformat() if message.edited else None,
        "text": message.text,
        "html": message.html,
        "kind": message.kind,
        "protected": message.protected,
        "silent": message.silent,
        "link_preview": message.link_preview,
        "inline_keyboard": [
            [{"text": button.text, "kind": button.kind, "value": button.value} for button in row]
            for row in message.buttons
        ],
    }


def _service(message: Message) -> dict[str, Any]:
    """Telegram's own line: what happened, and to whom."""
    value = message.extra[message.kind]
    people = value if isinstance(value, list) else [value]
    names = [user["first_name"] for user in people if isinstance(user, dict) and "first_name" in user]
    return {"what": message.kind, "names": names}


def _quote(answered: Any) -> dict[str, Any] | None:
    if not isinstance(answered, dict):
        return None
    words = answered.get("text") or answered.get("caption") or ""
    return {"message_id": answered["message_id"], "name": answered["from"].get("first_name", ""), "text": words}


def _keyboard(chat: Chat) -> dict[str, Any] | None:
    if chat.keyboard is None or (keyboard := chat.keyboard.markup.keyboard) is None:
        return None
    return {
        "message_id": chat.keyboard.message_id,
        "rows": [
            [{"text": key["text"], "request_location": bool(key.get("request_location"))} for key in row]
            for row in keyboard["keyboard"]
        ],
        "one_time": bool(keyboard.get("one_time_keyboard")),
        "placeholder": keyboard.get("input_field_placeholder", ""),
    }
