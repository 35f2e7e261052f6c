"""A crowd of people on their phones, and what must have become of each: worked out beside the bot, not by it.

Every action goes to the sandbox as a person would do it (only buttons that can be seen are tapped), and at the same
time to the flows themselves, in the same order. What the flows answer is what the chat has to show in the end.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from bot import render
from bot.sandbox.api.texts import read_text
from bot.sandbox.entry import Entry
from bot.sandbox.message import Message
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from db.directory import queries as directory_queries
from db.directory.directory import Directory
from db.places import queries as places_queries
from db.places.places import Places
from db.store import Store
from db.visit import LANGS, Visit
from flows.cover import door
from flows.cover.cards import is_card
from flows.decide import decide
from flows.engine import Action, Event, Exit, Located, Started, Tally, Tapped, Typed, World
from flows.neutral import shell
from flows.texts import Texts
from tests.stage import is_cover

PLACES = ("Київ", "Житомир", "Кременчук", "Lviv", "Вигаданівка", "біла церква", "Kharkiv")
WORDS = ("вихід", "exit", "СТОП", "сховай")
CRIES = ("допоможіть", "102", "help")
Shown = tuple[str, str]  # a screen by its first line and its keyboard: what hours say changes with the minute
COVER: Shown = ("·", "cover")
SHELLS = frozenset(shell(lang) for lang in LANGS)


async def knowledge(store: Store) -> tuple[Directory, Places]:
    """What the flows may know, as the bot reads it."""
    async with store.read() as connection:
        return await directory_queries.load(connection), await places_queries.load(connection)


def shown(text: str, rows: Any) -> Shown:
    """A screen as it is told from others."""
    if is_cover(rows):
        return COVER
    return text.partition("\n")[0], json.dumps(rows or [], ensure_ascii=False, sort_keys=True)


def on_screen(message: Message) -> Shown:
    """What a phone shows."""
    return shown(message.text, message.markup.inline)


def in_call(params: dict[str, Any]) -> Shown:
    """What an edit is about to show."""
    plain, _ = read_text(params)
    return shown(plain, (params.get("reply_markup") or {}).get("inline_keyboard"))


@dataclass
class Member:
    """A person, and what the flows say of their visit so far."""

    person: Person
    visit: Visit | None = None
    screens: list[Shown] = field(default_factory=list)
    leaving: Entry | None = None  # the last exit, until the bot has heard it
    left_at: int = 0  # the newest message that was there then
    taps: list[str] = field(default_factory=list)  # to be answered; those before an exit go with it

    @property
    def inside(self) -> bool:
        """Whether the last thing done was not an exit."""
        return self.visit is not None

    def stays(self, screen: Message) -> bool:
        """Whether a screen is of a visit that has not ended."""
        if self.leaving is not None and self.leaving.gone:
            self.leaving = None
            self.left_at = max((one.message_id for one in self.person.messages), default=0)
        return self.leaving is None and screen.message_id > self.left_at


class Crowd:
    """People who act at random, all by the same seed."""

    def __init__(self, sandbox: Sandbox, directory: Directory, places: Places, random: Random, size: int) -> None:
        self.members = [Member(sandbox.person()) for _ in range(size)]
        self.acted = 0
        self.counts: Counter[tuple[str, str]] = Counter()
        self._sandbox = sandbox
        self._random = random
        self._known = (Texts(), directory, places)

    def act(self) -> None:
        """Somebody does something: one update."""
        member = self._random.choice(self.members)
        choice = self._random.random()
        screens = [one for one in member.person.bot_messages if one.markup.inline]
        # Inside, a cover further up is left alone: it is no screen of the visit. A screen that an exit has left is not
        # tapped: whether that tap still counts depends on whether the bot was killed since (bot.covered). A bot that is
        # far behind may put such a screen into the chat after the exit, so until it has heard of that none is tapped.
        screens = [
            one
            for one in screens
            if is_cover(one.markup.inline) != member.inside and (not member.inside or member.stays(one))
        ]
        if screens and choice < 0.6:
            self._tap(member, screens[-1])
        elif member.person.keys and choice < 0.8:
            self._share(member)
        elif choice < 0.75:
            self._say(member, self._random.choice(PLACES))
        elif choice < 0.8:
            self._say(member, self._random.choice(CRIES))
        elif choice < 0.88:
            self._say(member, self._random.choice(WORDS))
        else:
            self._say(member, "/start")

    def _tap(self, member: Member, message: Message) -> None:
        buttons = [button for row in message.buttons for button in row if button.kind == "callback"]
        button = self._random.choice(buttons)
        query = member.person.tap_button(message.message_id, button)
        assert query is not None
        member.taps.append(query)
        self._happened(member, Tapped(Action.decode(button.value)))

    def _share(self, member: Member) -> None:
        lat, lon = member.person.location
        member.person.send_location(lat, lon)
        self._happened(member, Located(lat, lon))

    def _say(self, member: Member, words: str) -> None:
        member.person.send(words)
        self._happened(member, Started() if words == "/start" else Typed(words))

    def _happened(self, member: Member, event: Event) -> None:
        self.acted += 1
        known, visit = member.visit, member.visit or Visit(member.person.chat_id, 1)
        world = World(datetime.now(UTC), *self._known)
        if known is None or (isinstance(event, Tapped) and is_card(event.action)):
            entered = door.answer(event, world, locked=False)
            if isinstance(entered, Action):  # the cover answers, and whoever is outside stays there
                member.screens.append(COVER)
                return
            event = entered
        reply = decide(event, visit, world)
        if any(isinstance(effect, Exit) for effect in reply.effects):
            self.counts["exit", ""] += 1
            member.visit = None
            member.leaving = self._sandbox.cloud.updates.entries[-1]
            member.screens.append(COVER)
            member.taps.clear()
            return
        self.counts.update((effect.measure, effect.label) for effect in reply.effects if isinstance(effect, Tally))
        if known is None:
            self.counts["visit", ""] += 1
        member.visit = reply.visit
        if reply.screen:
            fields = render.screen(reply.screen)
            member.screens.append(in_call(fields))

    def wrong(self, member: Member) -> str:
        """What in this person's chat is not as their last action implies; empty when all is well."""
        messages = member.person.messages
        if any(message.sender == "user" for message in messages):
            return "something the person wrote is left"
        live = [message for message in messages if message.markup.inline and not is_cover(message.markup.inline)]
        if not member.inside:
            return "a screen is left after the exit" if live else self._odd(messages)
        if len(live) != 1:
            return f"{len(live)} live messages"
        if on_screen(live[0]) != member.screens[-1]:
            return f"shows {on_screen(live[0])[0]!r} instead of {member.screens[-1][0]!r}"
        return self._odd([message for message in messages if message is not live[0]])

    def _odd(self, messages: list[Message]) -> str:
        """Anything beside the live message that is neither a cover, nor a neutral shell, nor a location keyboard."""
        odd = [
            one for one in messages if one.text not in SHELLS and on_screen(one) != COVER and not one.markup.keyboard
        ]
        return f"{odd[0].text[:40]!r} is left" if odd else ""

    def orphans(self) -> int:
        """Messages nobody knows of any more, since a process ended between sending one and storing its id: neutral
        shells, and after an exit a location keyboard."""
        return sum(
            message.text in SHELLS or (message.markup.keyboard is not None and not member.inside)
            for member in self.members
            for message in member.person.messages
        )
