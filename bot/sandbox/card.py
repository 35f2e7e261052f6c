"""What the bot says of itself: name, descriptions, commands, menu button, wished rights. Per language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

_DEFAULT_SCOPE = '{"type": "default"}'


@dataclass
class Card:
    id: int
    username: str = "sandbox_bot"
    reads_all: bool = False  # privacy mode switched off by its owner
    given_name: str = "Bot"  # what its owner called it, shown where `names` has nothing
    names: dict[str, str] = field(default_factory=dict)  # language code, or "" → text
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)  # (scope, language)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)  # 0 is the default
    rights: dict[bool, dict[str, bool]] = field(default_factory=dict)  # for channels or not

    def name(self, lang: str = "") -> str:
        return self.names.get(lang) or self.names.get("") or self.given_name

    @property
    def user(self) -> dict[str, Any]:
        """Bot API User, as the author of its messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.name(), "username": self.username}

    @staticmethod
    def scope(value: Any) -> str:
        """A command scope as a key."""
        return json.dumps(value, sort_keys=True) if value else _DEFAULT_SCOPE

    def default_commands(self) -> dict[str, list[dict[str, str]]]:
        """Language → commands of the default scope."""
        return {lang: commands for (scope, lang), commands in self.commands.items() if scope == _DEFAULT_SCOPE}
