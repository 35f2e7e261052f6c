"""What a visitor's and an operator's chat have in common: acts are carried out, and their outcome gives the screen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from bot.desk.hand import Hand
from db.visit import Visit
from flows.acts import Act, Carried
from flows.engine import Event, Reply


class Side(ABC):
    """One chat in one batch. `staff`: an operator's, so what is shown is protected, and what was typed last stays
    until the next, because it can still be edited."""

    staff: bool

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def greet(self, visit: Visit) -> Visit:
        """A visit that has just begun."""
        return visit

    async def carry(self, acts: Sequence[Act], visit: Visit) -> Reply:
        """Carries acts out, all or none, and asks the conversation what to show."""
        reply = Reply(visit)
        async with self._hand.connection.begin_nested():
            for act in acts:
                outcome, after = await self.carry_one(act, reply.visit)
                reply = await self.decide(outcome, after)
        return reply

    @abstractmethod
    async def decide(self, event: Event, visit: Visit) -> Reply:
        """What the conversation says."""

    @abstractmethod
    async def carry_one(self, act: Act, visit: Visit) -> tuple[Carried, Visit]:
        """One act, and the visit after it."""

    @abstractmethod
    async def edited(self, text: str) -> bool:
        """A message was edited; whether it had been passed on before."""
