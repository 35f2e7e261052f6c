"""The desks as this process knows them: who is staff, which group is whose, how full each desk is.

Read again every few seconds, and at once when somebody here comes, goes or joins. What is counted for boards and
waiting visitors may be that old; who gets a case is decided by the database.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.groups import Groups
from db.desk import desks, roster
from db.desk.figures import Figures, figures
from db.desk.staff import Desk, Operator
from db.sealing import Keyring
from flows.desk.known import DeskNow

DEFAULT = "duty"  # the slug of the desk that DESK_CHAT_ID makes


class House:
    """All desks. `supervisors`: Telegram ids of the first ones, who need no invitation (SUPERVISOR_IDS)."""

    def __init__(self, keys: Keyring, now: Callable[[], datetime], supervisors: frozenset[int] = frozenset()) -> None:
        self._keys = keys
        self._now = now
        self.supervisors = supervisors
        self._chats: frozenset[bytes] = frozenset()
        self._staff: dict[int, Operator] = {}
        self.desks: tuple[DeskNow, ...] = ()
        self.groups = Groups()
        self.stirred: set[int] = set()  # cases whose lines have come further since the last tick
        self.unshown: set[int] = set()  # cases that changed while the message with their screen was on its way

    async def refresh(self, connection: AsyncConnection) -> None:
        """Reads desks, staff and figures."""
        counted = await figures(connection, self._now())
        found = await desks.all_desks(connection, self._keys)
        self.desks = tuple(_now(desk, counted.get(desk.num, Figures())) for desk in found)
        self._staff = {one.num: one for one in await roster.staff(connection, self._keys)}
        self._chats = frozenset(one.chat for one in self._staff.values() if one.chat)

    async def found(self, connection: AsyncConnection, group: int | None) -> None:
        """The default desk, made at the first start with a group for it (DESK_CHAT_ID); then reads everything."""
        if group and not await desks.all_desks(connection, self._keys):
            await desks.save_desk(connection, self._keys, Desk(DEFAULT, "Чергова стійка", "Duty desk", group=group))
        await self.refresh(connection)

    def is_staff(self, chat: bytes) -> bool:
        """Whether this chat is an operator's own."""
        return chat in self._chats

    def name(self, num: int) -> str:
        """An operator's first name, nothing for nobody."""
        return self._staff[num].name if num in self._staff else ""

    def colleagues(self, me: Operator) -> tuple[Operator, ...]:
        """Everybody else at the same desk."""
        return tuple(one for one in self._staff.values() if one.desk == me.desk and one.num != me.num)

    def supervising(self) -> tuple[bytes, ...]:
        """The chats of all who may read along."""
        return tuple(one.chat for one in self._staff.values() if one.chat and one.supervises)

    def desk(self, num: int) -> Desk | None:
        """A desk by number."""
        return next((one.desk for one in self.desks if one.desk.num == num), None)

    def of_group(self, group: int) -> Desk | None:
        """The desk whose group this is."""
        return next((one.desk for one in self.desks if one.desk.group == group), None)

    def belongs_in(self, group: int) -> bool:
        """Whether the bot has business in that group; every other it leaves silently (checklist 7)."""
        return self.of_group(group) is not None

    def on_duty(self) -> frozenset[int]:
        """Desks where somebody is on duty."""
        return frozenset(one.desk.num for one in self.desks if one.on_duty)


def _now(desk: Desk, counted: Figures) -> DeskNow:
    return DeskNow(desk, counted.on_duty, counted.waiting, counted.usual_minutes)
