"""The deployment's keys for a command that reads or writes what is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings
    from db.sealing import Keyring


def keyring(settings: Settings) -> Keyring:
    """The same keys the bot has. Raises SealError."""
    from bot.app import secret_of  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.sealing import Keyring  # noqa: PLC0415

    return Keyring(secret_of(settings), settings.keys_dir)
