"""How groups come to be and grow: their ids, and the upgrade of a basic group to a supergroup."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chat import Chat
from bot.sandbox.cloud import Cloud

_FIRST_SUPERGROUP = -1_001_000_000_001  # supergroups and channels count down from here, as on Telegram
_FIRST_GROUP = -4_000_001  # a basic group has a short id


def free_id(cloud: Cloud, kind: str) -> int:
    """An id no chat has yet."""
    basic = kind == "group"
    first = _FIRST_GROUP if basic else _FIRST_SUPERGROUP
    alike = (known for known in cloud.chats if known <= first and basic == (known > _FIRST_SUPERGROUP))
    return min(alike, default=first + 1) - 1


def grown(cloud: Cloud, old: Chat, owner: dict[str, Any]) -> Chat:
    """The supergroup a basic group becomes; both sides of the move are told by a service message.

    Messages stay behind: a bot can no longer reach them.
    """
    if old.type != "group" or old.moved_to is not None:
        raise ValueError("only a basic group can be upgraded, once")
    new = cloud.add_chat(
        Chat(
            free_id(cloud, "supergroup"),
            "supergroup",
            old.title,
            persona=old.persona,
            started=True,
            protected=old.protected,
            bot_status=old.bot_status,
            bot_rights=dict(old.bot_rights),
            permissions=dict(old.permissions),
            members=dict(old.members),
            screens=dict(old.screens),
        )
    )
    for screen in new.screens.values():
        screen.unseen.clear()
    cloud.service(old, owner, "migrate_to_chat_id", new.id)
    old.moved_to = new.id
    cloud.service(new, owner, "migrate_from_chat_id", old.id)
    cloud.changes.touch()
    return new
