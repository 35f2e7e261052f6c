"""The bot's card and commands in Telegram: set at start, neutral in every language (checklist 1)."""

from __future__ import annotations

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.transport import call
from flows.card import cards
from flows.cover.kind import Cover

log = structlog.get_logger()


async def show(bot: Bot, name: str, cover: Cover) -> None:
    """Sets what differs. A refusal is no reason not to serve: it is logged and the old card stays."""
    for code, face in cards(cover).items():
        await _set(bot, "Name", "name", name or face.name, code)
        await _set(bot, "ShortDescription", "short_description", face.short_description, code)
        await _set(bot, "Description", "description", face.description, code)
        commands = [{"command": command, "description": text} for command, text in face.commands.items()]
        await _set(bot, "Commands", "commands", commands, code)


async def _set(bot: Bot, what: str, field: str, wanted: object, code: str) -> None:
    where = {"language_code": code} if code else {}
    try:
        found = await call(bot, f"getMy{what}", where)
        if (found.get(field) if isinstance(found, dict) else found) != wanted:
            await call(bot, f"setMy{what}", {field: wanted} | where)
    except (TelegramError, TimeoutError) as fault:
        log.warning("card_not_set", what=what, fault=type(fault).__name__)
