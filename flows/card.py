"""The bot's card as anyone sees it in the chat list and in search: neutral, in both languages (checklist 1).

The name belongs to the deployment: this source is public, so a name in it protects nobody. What stands here
is used when the deployment gives none.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from db.visit import Lang
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


def card(lang: Lang) -> Card:
    """The card in one language."""
    words = gettext.translation(DOMAIN, str(LOCALES), [lang])
    return Card(
        name=words.gettext(N_("bot.name")),
        short_description=words.gettext(N_("bot.short")),
        description=words.gettext(N_("bot.description")),
        commands={command: words.gettext(key) for command, key in _COMMANDS.items()},
    )


class _Cards(Mapping[str, Card]):
    """Telegram's language code → card, read when asked for: catalogues may not be compiled at import."""

    _langs: Mapping[str, Lang] = {"": "uk", "uk": "uk", "en": "en"}  # "" is for everybody else's language

    def __getitem__(self, code: str) -> Card:
        return card(self._langs[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._langs)

    def __len__(self) -> int:
        return len(self._langs)


CARDS: Mapping[str, Card] = _Cards()
