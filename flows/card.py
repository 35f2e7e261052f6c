"""The bot's card as anyone sees it in the chat list and in search: neutral, in both languages (checklist 1).

It speaks of the cover, since that is what stays in the chat. Name and cover belong to the deployment: this source is
public, so what is built in protects nobody.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass

from db.visit import Lang
from flows.cover.kind import Cover
from flows.texts import DOMAIN, LOCALES, N_

# Every command is also understood when it is typed (see `flows.words`).
_COMMANDS = {
    "start": N_("bot.start"),
    "menu": N_("bot.menu"),
    "numbers": N_("bot.numbers"),
    "exit": N_("bot.exit"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What Telegram shows before the first message. Limits of the Bot API: 64, 120 and 512 characters."""

    name: str
    short_description: str
    description: str
    commands: dict[str, str]  # command → what the menu says about it


# Telegram's language code → ours; "" is everybody else's, Russian among them.
_LANGS: Mapping[str, Lang] = {"": "uk", "uk": "uk", "en": "en"}


def cards(cover: Cover) -> dict[str, Card]:
    """Telegram's language code → the card in it."""
    return {code: _card(cover, lang) for code, lang in _LANGS.items()}


def _card(cover: Cover, lang: Lang) -> Card:
    words = gettext.translation(DOMAIN, str(LOCALES), [lang])
    return Card(
        name=cover[lang].name,
        short_description=cover[lang].short,
        description=cover[lang].description,
        commands={command: words.gettext(key) for command, key in _COMMANDS.items()},
    )
