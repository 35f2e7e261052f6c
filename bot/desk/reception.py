"""The desk's door: whose chat it is, what happens in a desk's group, and who is told when somebody is gone."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import turns
from bot.desk import cards, telling
from bot.desk.answering import OperatorSide
from bot.desk.hand import Hand
from bot.desk.house import House
from bot.desk.side import Side
from bot.desk.visiting import VisitorSide
from bot.events import GroupTap, Incoming, LeftGroup, Upgraded
from bot.ledger import Ledger
from bot.lines import Lines
from bot.practice.practice import Practice
from db import memory
from db.desk import cards as standing
from db.desk import claims, ending, lines, roster
from db.desk.staff import Operator
from db.outbox import Lane, Order
from flows.desk import notices
from flows.engine import Tapped, World


class Reception:
    """Brings an update to the right conversation."""

    def __init__(
        self, house: House, order: Order, lines: Lines, random: Random, practice: Practice | None = None
    ) -> None:
        self.house = house
        self._order = order
        self._lines = lines
        self._random = random
        self._practice = practice

    def hand(self, connection: AsyncConnection, ledger: Ledger, world: World) -> Hand:
        """What a batch has in hand."""
        return Hand(connection, ledger, world, self.house, self._order, self._lines, self._random, self._practice)

    async def take(self, hand: Hand, incoming: Incoming) -> None:
        """One person's turn, with the conversations that are theirs. What a scripted visitor does is not counted."""
        side = await self._side(hand, incoming)
        counts = hand.ledger.counts.copy() if hand.plays(hand.keys.chat(incoming.chat_id)) else None
        await turns.take(incoming, hand.ledger, hand.world, self._lines.redraws, side)
        if counts is not None:
            hand.ledger.counts = counts

    async def tap(self, hand: Hand, tapped: GroupTap) -> None:
        """A button in a desk's group: it is answered in the operator's own chat. Who is no operator is told how."""
        if self.house.of_group(tapped.chat_id) is None:
            return
        if not self.house.is_staff(hand.keys.chat(tapped.person)):
            said = notices.not_staff(hand.world)
            hand.ledger.answer(tapped.update_id, tapped.chat_id, tapped.query, said=said)
            return
        event = Tapped(tapped.action)
        await self.take(hand, Incoming(tapped.update_id, tapped.person, event, 0, tapped.query, in_group=True))

    async def upgraded(self, hand: Hand, change: Upgraded) -> None:
        """A desk's group has another id: everything is posted anew there."""
        await standing.moved(hand.connection, hand.keys, change.chat_id, change.new_id)
        await self.house.refresh(hand.connection)

    async def left_group(self, hand: Hand, gone: LeftGroup) -> None:
        """An operator who left the desk's group is off duty; what they held waits again."""
        desk = self.house.of_group(gone.chat_id)
        who = await self._operator(hand, hand.keys.chat(gone.person))
        if desk is not None and who is not None and who.desk == desk.num:
            await self._off(hand, who)

    def writes(self, hand: Hand, group: int, *, allowed: bool) -> None:
        """The bot was taken out of a group, or let in, or its rights there have changed: the desk's clock sees to
        it."""
        self.house.groups.heard[hand.keys.chat(group)] = allowed

    async def unreachable(self, hand: Hand, chats: Collection[bytes]) -> None:
        """People who blocked the bot: a visitor's operator is told, an operator's cases go back."""
        for case in await ending.blocked(hand.connection, chats):
            await telling.operator(hand, case, loud=False)
        for chat in chats:
            if (who := await self._operator(hand, chat)) is not None:
                await self._off(hand, who)

    async def departed(self, hand: Hand) -> None:
        """The end of a batch. Who exited or faded in it: an exit ends what they had open for good, a fade lets it go
        on. Then operators see what has changed, once."""
        left = hand.ledger.left
        exits = [chat for chat, (_, _, lane) in left.items() if lane is Lane.EXIT]
        for case in await ending.left(hand.connection, hand.keys, exits, hand.now) if exits else ():
            if not case.operator:
                cards.withdraw(hand, case)
            await telling.operator(hand, case, loud=False)
            await telling.wipe(hand, case)
        faded = left.keys() - set(exits)
        unread = await memory.unopened(hand.connection, hand.keys, faded) if faded else {}
        for case in await ending.faded(hand.connection, faded) if faded else ():
            if case.chat in unread:  # the fade takes the line away that announced it
                await lines.taken_away(hand.connection, case.id)
            await telling.operator(hand, case, loud=False)
        await telling.renew(hand)

    async def _side(self, hand: Hand, incoming: Incoming) -> Side:
        who = await self._operator(hand, hand.keys.chat(incoming.chat_id))
        return OperatorSide(hand, incoming, who) if who is not None else VisitorSide(hand, incoming)

    async def _operator(self, hand: Hand, chat: bytes) -> Operator | None:
        if not self.house.is_staff(chat):
            return None
        return (await roster.operators_of(hand.connection, hand.keys, [chat])).get(chat)

    async def _off(self, hand: Hand, who: Operator) -> None:
        await roster.set_state(hand.connection, who.num, "off", hand.now)
        for case in await claims.give_back_all(hand.connection, who.num, hand.now):
            cards.post(hand, case)
            await telling.no_longer(hand, who.num, case)
        await self.house.refresh(hand.connection)
