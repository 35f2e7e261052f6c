"""Telegram's speed limits: about 30 messages a second overall, 1 a second per chat with a small burst, 20 a
minute per group. Edits spend the same budget as sends.

Source: the Bot API FAQ ("My bot is hitting limits"); that edits count and how large a burst is forgiven is not
written there, so both are on the strict side here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from bot.sandbox.refusal import too_many

METERED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})


@dataclass
class Limits:
    """What is allowed. `enforced=False` switches all of it off (as a local Bot API server would)."""

    enforced: bool = True
    overall: float = 30  # a second
    per_chat: float = 1  # a second
    per_group: float = 20  # a minute
    burst: int = 5  # calls a private chat may make at once before `per_chat` bites

    def off(self) -> Limits:
        """The same, not enforced."""
        return replace(self, enforced=False)


class Meter:
    """Counts calls against the limits by the moment at which each budget is whole again."""

    def __init__(self) -> None:
        self._whole_at: dict[int, float] = {}  # 0 is the bot as a whole: no chat has this id

    def spend(self, limits: Limits, chat_id: int, *, group: bool, now: float) -> None:
        """Raises Refusal 429 with `retry_after` and spends nothing when any budget is used up."""
        if not limits.enforced:
            return
        rate, burst = (limits.per_group / 60, limits.per_group) if group else (limits.per_chat, limits.burst)
        budgets = ((0, limits.overall, limits.overall), (chat_id, rate, burst))
        filled = {key: max(self._whole_at.get(key, 0.0), now) + 1 / rate for key, rate, _ in budgets}
        wait = max(filled[key] - now - burst / rate for key, rate, burst in budgets)
        if wait > 1e-6:  # noqa: PLR2004 - rounding, not a wait
            raise too_many(max(1, math.ceil(wait)))
        self._whole_at.update(filled)

    def clear(self) -> None:
        self._whole_at.clear()
