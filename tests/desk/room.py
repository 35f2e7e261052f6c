"""A room to play in: the real bot behind the sandbox, a desk with its group, operators on duty, visitors who ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.clock import Clock
from bot.sandbox.group import Group
from bot.sandbox.message import Message
from bot.sandbox.people import Person
from bot.sandbox.tapping import tap_callback
from db.desk import cases, desks, invites, roster
from db.desk.case import Case
from db.desk.staff import Desk, Operator, Role
from flows.engine import go
from tests.conftest import Hands
from tests.stage import Stage, stage

_FIRST_GROUP = -1_009_000_000_001
_FIRST_BASIC = -4_900_001  # a basic group has a short id
ASK = ("talk.on", "talk.human", "talk.agree", "talk.safe.yes", "talk.who.self", "talk.desk.any", "topic.mind")


class Room:
    """What a test of the desk plays on."""

    def __init__(self, at: Stage) -> None:
        self.at = at
        self.groups: dict[str, Group] = {}

    def word(self, key: str, lang: str = "uk", **params: object) -> str:
        """The words of a button."""
        return self.at.app.knowledge.world().speak("en" if lang == "en" else "uk").label(key, **params)

    async def desk(self, slug: str = "kyiv", *, kind: str = "supergroup", **fields: Any) -> Desk:
        """A desk with a group of its own."""
        number = (_FIRST_GROUP if kind == "supergroup" else _FIRST_BASIC) - len(self.groups)
        async with self.at.app.store.write() as connection:
            kept = await desks.save_desk(
                connection,
                self.at.app.keys,
                Desk(slug, f"Стійка {slug}", f"Desk {slug}", group=number, **fields),
            )
        await self.at.app.clock.renew()
        self.groups[slug] = self.at.sandbox.group(chat_id=number, title=f"Walks {slug}", kind=kind, admin=True)
        await self.at.settled()
        return kept

    async def operator(self, desk: Desk, name: str, role: Role = "operator", *, on: bool = True) -> Person:
        """Somebody joins with a one-time code and goes on duty."""
        app = self.at.app
        async with app.store.write() as connection:
            code = await invites.invite(connection, app.keys, role, desk.num, 0, self.at.clock())
        person = self.at.sandbox.person(persona="operator")
        await self.at.say(person, "/start")
        await self.at.say(person, f"/join {code}")
        await self.at.say(person, name)
        if on:
            await self.at.say(person, "/on")
        return person

    async def ask(self, person: Person, lang: str = "uk", when: str = "talk.when.now") -> str:
        """A visitor asks for a human; the name of their request."""
        await self.at.arrive(person, lang)
        await self.at.press(person, self.word("hello.on", lang))
        for key in ASK:
            await self.at.press(person, self.word(key, lang))
        await self.at.press(person, self.word(when, lang))
        return self.name(person)

    async def asks(
        self,
        person: Person,
        *,
        lang: str = "uk",
        kind: str = "chat",
        desk: int = 0,
        urgency: int = 1,
        more: tuple[str, ...] = (),
    ) -> Case:
        """The same by one tap on a button that stands at the end of it; the case."""
        await self.at.arrive(person, lang)
        await self.at.press(person, self.word("hello.on", lang))
        name = "talk.detail" if kind != "chat" else "talk.keep" if more else "talk.send"
        await self.tap(person, name, kind, "self", desk, "mind", urgency, *more)
        return await self.case(person)

    async def tap(self, person: Person, name: str, *args: object) -> None:
        """A button with this address on what stands lowest; it may be an old one."""
        self.tap_now(person, name, *args)
        await self.at.settled()

    def tap_now(self, person: Person, name: str, *args: object) -> None:
        """The same without waiting for the answer."""
        tap_callback(self.at.sandbox.cloud, person.chat, person.api, person.bot_messages[-1], go(name, *args).encode())

    async def press(self, person: Person, key: str, lang: str = "uk", **params: object) -> None:
        """The newest button with these words."""
        person.press(self.word(key, lang, **params))
        await self.at.settled()

    async def take(self, operator: Person, case: Case) -> None:
        """A request is taken by its card's address, in the operator's own chat."""
        await self.tap(operator, "desk.take", case.id)

    async def case(self, person: Person) -> Case:
        """The open case of a visitor."""
        chat = self.at.app.keys.chat(person.chat_id)
        async with self.at.app.store.read() as connection:
            return (await cases.case_of(connection, [chat]))[chat]

    async def now(self, case: Case) -> Case:
        """A case as it is now, its shell when it is closed."""
        async with self.at.app.store.read() as connection:
            return (await cases.cases_by_id(connection, [case.id]))[case.id]

    async def staff(self, person: Person) -> Operator:
        """What is known of an operator."""
        chat = self.at.app.keys.chat(person.chat_id)
        async with self.at.app.store.read() as connection:
            return (await roster.operators_of(connection, self.at.app.keys, [chat]))[chat]

    def cards(self, slug: str = "kyiv") -> list[Message]:
        """What stands in a desk's group but for the board."""
        board = self.word("board.text", desk="|", on_duty=0, waiting=0).partition("|")[0]
        return [one for one in self.groups[slug].bot_messages if not one.text.startswith(board)]

    async def tick(self, **span: float) -> None:
        """Time goes on, and the desk's clock with it."""
        self.at.move(**span)
        await self.at.app.clock.desk()
        await self.at.settled()

    async def open(self, person: Person) -> Message:
        """The visitor taps the neutral line that announces an answer."""
        line = person.bot_messages[-1]
        person.tap(line.message_id, line.markup.inline[0][0]["text"])  # type: ignore[index]  # it has one
        await self.at.settled()
        return person.bot_messages[-1]

    async def again(self, person: Person) -> None:
        """Somebody whose visit has faded comes in from the cover, which stays above."""
        await self.at.say(person, "/start")
        person.press("Українська")
        await self.at.settled()
        await self.press(person, "hello.on")

    def lines(self, person: Person) -> list[Message]:
        """The neutral lines that announce something and have not been opened."""
        return [one for one in person.bot_messages if one.text == self.word("announce.text")]

    @staticmethod
    def seen(*people: Person | Group) -> str:
        """Every word in these chats, whoever wrote it."""
        return "\n".join(message.text for one in people for message in one.messages)

    @staticmethod
    def screen(person: Person) -> str:
        """What the live message says."""
        return person.bot_messages[-1].text

    def name(self, person: Person) -> str:
        """The name at the head of a screen: its bold words."""
        return str(self.screen(person)).split(" · ", 1)[0].split(":", 1)[0].split(".", 1)[0].strip()


@asynccontextmanager
async def room(url: str, folder: Path, clock: Hands, **changes: Any) -> AsyncIterator[Room]:
    """The bot at work, without a desk yet. Its clock ticks only when a test says so."""
    with patch.object(Clock, "start", lambda _: None):
        async with stage(url, folder, clock, **changes) as at:
            yield Room(at)
