"""The bot's card as anyone sees it in the chat list and in search: neutral, in both languages (checklist 1).

The name belongs to the deployment: this source is public, so a name in it protects nobody. What stands here
is used when the deployment gives none.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass

from db.visit import Lang
from flows.texts import DOMAIN, LOCALES, N_

# Every command is also understood when it is typed (see `flows.words`).
_COMMANDS = (
    ("start", N_("bot.start")),
    ("menu", N_("bot.menu")),
    ("numbers", N_("bot.numbers")),
    ("exit", N_("bot.exit")),
)


@dataclass(frozen=True, slots=True)
class Card:
    """What Telegram shows before the first message. Limits of the Bot API: 64, 120 and 512 characters."""

    name: str
    short_description: str
    description: str
    commands: tuple[tuple[str, str], ...]  # command, what the menu says about it


def card(lang: Lang, name: str = "") -> Card:
    """The card in one language, under the deployment's name when it has one."""
    words = gettext.translation(DOMAIN, str(LOCALES), [lang])
    return Card(
        name=name or words.gettext(N_("bot.name")),
        short_description=words.gettext(N_("bot.short")),
        description=words.gettext(N_("bot.description")),
        commands=tuple((command, words.gettext(key)) for command, key in _COMMANDS),
    )
