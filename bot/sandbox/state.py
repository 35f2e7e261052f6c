"""The whole state as JSON, for the page and for anyone who wants to look. Built only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chat import Chat
from bot.sandbox.message import Message

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
    }


async def _chat(sandbox: Sandbox, chat: Chat) -> dict[str, Any]:
    holdings = await sandbox.inspect(chat.id) if sandbox.inspect is not None and chat.private else None
    name = sandbox.cloud.card.name(chat.lang) if chat.private else chat.title
    line = chat.line(name)
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "persona": chat.persona,
        "lang": chat.lang,
        "blocked": chat.blocked,
        "messages": [_message(message) for message in chat.visible],
        "reply_keyboard": _keyboard(chat),
        "lock_screen": [
            {"at": note.at.isoformat(), "title": note.title, "preview": note.preview, "silent": note.silent}
            for note in chat.lock_screen[-_NOTIFICATIONS:]
        ],
        "chat_list": {
            "title": line.title,
            "preview": line.preview,
            "at": line.at.isoformat() if line.at else None,
            "unread": line.unread,
        },
        "holdings": holdings,
        "toast": chat.toast,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "from": message.sender,
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
