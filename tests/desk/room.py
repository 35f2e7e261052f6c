"""A room to play in: the real bot behind the sandbox, a desk with its group, operators on duty, visitors who ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.group import Group
from bot.sandbox.message import Message
from bot.sandbox.people import Person
from db.desk import desks, invites
from db.desk.staff import Desk, Role
from tests.conftest import Hands
from tests.stage import Stage, stage

_FIRST_GROUP = -1_009_000_000_001
ASK = ("talk.on", "talk.human", "talk.agree", "talk.safe.yes", "talk.who.self", "talk.desk.any", "topic.mind")


class Room:
    """What a test of the desk plays on."""

    def __init__(self, at: Stage) -> None:
        self.at = at
        self.groups: dict[str, Group] = {}

    def word(self, key: str, lang: str = "uk", **params: object) -> str:
        """The words of a button."""
        return self.at.app.knowledge.world().speak("en" if lang == "en" else "uk").label(key, **params)

    async def desk(self, slug: str = "kyiv", *, members: tuple[Person, ...] = (), **fields: Any) -> Desk:
        """A desk with a group of its own."""
        number = _FIRST_GROUP - len(self.groups)
        async with self.at.app.store.write() as connection:
            kept = await desks.save_desk(
                connection,
                self.at.app.keys,
                Desk(slug, f"Стійка {slug}", f"Desk {slug}", group=number, **fields),
            )
        await self.at.app.clock.renew()
        self.groups[slug] = self.at.sandbox.group(
            chat_id=number, title=f"Walks {slug}", kind="supergroup", members=members, admin=True
        )
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
        return self.at.live(person)

    @staticmethod
    def screen(person: Person) -> str:
        """What the live message says."""
        return person.bot_messages[-1].text

    def name(self, person: Person) -> str:
        """The name at the head of a screen: its bold words."""
        return str(self.screen(person)).split(" · ", 1)[0].split(":", 1)[0].split(".", 1)[0].strip()


@asynccontextmanager
async def room(url: str, folder: Path, clock: Hands, **changes: Any) -> AsyncIterator[Room]:
    """The bot at work, without a desk yet."""
    async with stage(url, folder, clock, **changes) as at:
        yield Room(at)
