"""Telegram's speed limits: about 30 messages a second overall, 1 a second per chat with a small burst, 20 in any
minute per group. Edits spend the same budget as sends, and a pin does, which leaves a line.

Source: the Bot API FAQ ("My bot is hitting limits"); that edits count and how large a burst is forgiven is not
written there, so both are on the strict side here.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace

from bot.sandbox.refusal import too_many

METERED = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendVoice",
        "copyMessage",
        "editMessageText",
        "editMessageReplyMarkup",
        "pinChatMessage",
    }
)
MINUTE = 60  # seconds


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
        self._spent: dict[int, deque[float]] = {}  # a group's calls of the last minute

    def spend(self, limits: Limits, chat_id: int, *, group: bool, now: float) -> None:
        """Raises Refusal 429 with `retry_after` and spends nothing when any budget is used up."""
        if not limits.enforced:
            return
        budgets = [(0, limits.overall, limits.overall)]
        if not group:
            budgets.append((chat_id, limits.per_chat, limits.burst))
        filled = {key: max(self._whole_at.get(key, 0.0), now) + 1 / rate for key, rate, _ in budgets}
        wait = max(filled[key] - now - burst / rate for key, rate, burst in budgets)
        minute = self._minute(chat_id, now) if group else deque[float]()
        if len(minute) >= limits.per_group:
            wait = max(wait, minute[-int(limits.per_group)] + MINUTE - now)
        if wait > 1e-6:  # noqa: PLR2004 - rounding, not a wait
            raise too_many(max(1, math.ceil(wait)))
        self._whole_at.update(filled)
        minute.append(now)

    def _minute(self, chat_id: int, now: float) -> deque[float]:
        minute = self._spent.setdefault(chat_id, deque())
        while minute and minute[0] <= now - MINUTE:
            minute.popleft()
        return minute

    def clear(self) -> None:
        self._whole_at.clear()
        self._spent.clear()
