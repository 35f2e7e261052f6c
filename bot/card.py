"""The bot's card and commands in Telegram: set at start, neutral in every language (checklist 1)."""

from __future__ import annotations

from typing import Any

import structlog
from flows.card import CARDS
from telegram import Bot
from telegram.error import TelegramError

from bot.transport import call

log = structlog.get_logger()


async def show(bot: Bot, name: str) -> None:
    """Sets what differs. A refusal is no reason not to serve: it is logged and the old card stays."""
    for language, face in CARDS.items():
        wanted: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("Name", "name", {"name": name}),
            ("ShortDescription", "short_description", {"short_description": face.short_description}),
            ("Description", "description", {"description": face.description}),
        )
        for what, field, fields in wanted:
            if fields[field]:
                await _set(bot, f"getMy{what}", f"setMy{what}", field, fields, language)
        commands = {"commands": [{"command": one, "description": text} for one, text in face.commands.items()]}
        await _set(bot, "getMyCommands", "setMyCommands", "commands", commands, language)


async def _set(bot: Bot, ask: str, tell: str, field: str, fields: dict[str, Any], language: str) -> None:
    where = {"language_code": language} if language else {}
    try:
        found = await call(bot, ask, where)
        if (found.get(field) if isinstance(found, dict) else found) != fields[field]:
            await call(bot, tell, fields | where)
    except (TelegramError, TimeoutError) as fault:
        log.warning("card_not_set", what=tell, fault=type(fault).__name__)
