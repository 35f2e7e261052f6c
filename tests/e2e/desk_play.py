"""A whole conversation on the sandbox page: asked for, taken in the group, talked both ways, ended; by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.group import Group
from bot.sandbox.people import Person
from db.desk.staff import Desk, Role
from tests.desk.room import ASK, Room
from tests.e2e.handset import Handset
from tests.e2e.window import Window

# What they call themselves, what they may do, and whose phone it is.
STAFF: tuple[tuple[str, Role, str], ...] = (
    ("Оксана", "operator", "Оператор 1"),
    ("Інна", "operator", "Оператор 2"),
    ("Ніна", "supervisor", "Супервізія"),
)
Snap = Callable[[str], Awaitable[None]]


@dataclass
class Play:
    """The page with everybody on it: the visitor's phone is the window's own."""

    window: Window
    room: Room
    desk: Desk
    group: Group
    first: Person
    second: Person
    chief: Person
    snap: Snap

    def word(self, key: str, **params: object) -> str:
        """The words of a button, in the language all of them speak."""
        return self.room.word(key, self.window.lang, **params)

    def phone(self, person: Person, *, group: bool = False) -> Handset:
        """Somebody's phone."""
        return self.window.handset(person, self.group if group else None)

    async def on(self, phone: Handset, *labels: str) -> None:
        """Turns to a phone and presses these buttons, one after another."""
        await phone.turn_to()
        for label in labels:
            await phone.press(label)
            await self.caught_up()

    async def words(self, phone: Handset, text: str) -> None:
        """Turns to a phone and writes."""
        await phone.turn_to()
        await phone.say(text)
        await self.caught_up()

    async def shown(self, name: str) -> None:
        """The page has caught up; a picture, or whatever is done with it."""
        await self.caught_up()
        await self.snap(name)

    async def caught_up(self) -> None:
        """The bot has answered, and every phone on the page shows what its chat holds."""
        await self.window.answered()
        for person in (self.first, self.second, self.chief):
            await self.window.shows(person)


async def staffed(window: Window, snap: Snap) -> Play:
    """A desk with two operators and a supervisor on duty, in their group."""
    room = Room(window.at)
    desk = await room.desk(languages=(window.lang,))
    group = room.groups[desk.slug]
    people: list[Person] = []
    for name, role, holder in STAFF:
        person = await room.operator(desk, name, role)
        person.chat.title = holder
        group.join(person)
        if window.lang == "en":
            await window.at.say(person, "/lang")
            person.press(room.word("lang.en"))
        people.append(person)
    await window.at.settled()
    return Play(window, room, desk, group, *people, snap)


async def ask(play: Play) -> None:
    """The visitor asks for a human."""
    visitor = play.window
    await visitor.turn_to()
    await visitor.start()
    await visitor.press(visitor.word(f"lang.{visitor.lang}"))
    await visitor.press(visitor.word("hello.on"))
    for key in (*ASK, "talk.when.now"):
        await visitor.press(visitor.word(key))
    await play.shown("asked")


async def take(play: Play) -> None:
    """Both tap the card in the group; the first has it."""
    first, second = (play.phone(person, group=True) for person in (play.first, play.second))
    await first.turn_to()
    await play.shown("card")
    await play.on(first, play.word("card.take"))
    await play.shown("taken-group")
    own = play.phone(play.first)
    await own.turn_to()
    await play.shown("taken-case")
    await second.turn_to()
    await play.shown("taken-other")


async def talk(play: Play) -> None:
    """Words both ways, and one that is put differently."""
    visitor, operator = play.window, play.phone(play.first)
    uk = visitor.lang == "uk"
    await play.words(visitor, "Він забрав мій телефон на день." if uk else "He took my phone for a day.")
    await play.shown("visitor-wrote")
    await operator.turn_to()
    await play.shown("operator-reads")
    answer = "Добре, що ви написали." if uk else "It is good that you wrote."
    await play.words(operator, answer)
    await play.shown("operator-answered")
    await visitor.turn_to()
    await play.shown("announced")
    await play.on(visitor, visitor.word("announce.open"))
    await play.shown("opened")
    await operator.turn_to()
    await operator.choose(operator.actions(answer), "edit")
    await play.words(operator, f"{answer} 💛")
    await visitor.turn_to()
    await visitor.sees(f"{answer} 💛")
    await play.shown("edited")


async def park(play: Play) -> None:
    """Aside, and back."""
    operator = play.phone(play.first)
    await play.on(operator, play.word("desk.park"))
    await play.shown("parked")
    begins = play.word("desk.resume", name="|").partition("|")[0]
    await play.on(operator, next(label for label in await operator.keys() if label.startswith(begins)))
    await play.shown("resumed")


async def hand_over(play: Play) -> None:
    """To the queue, where the other one takes it."""
    buttons = (play.word(key) for key in ("desk.hand", "desk.hand.queue", "desk.hand.no_note"))
    await play.on(play.phone(play.first), *buttons)
    await play.shown("handed")
    await play.on(play.phone(play.second, group=True), play.word("card.take"))
    own = play.phone(play.second)
    await own.turn_to()
    await play.shown("handed-taken")


async def urgent(play: Play) -> None:
    """Marked urgent, so it is not ended alone: a supervisor is asked, looks, and goes on with it."""
    operator, chief = play.phone(play.second), play.phone(play.chief)
    await play.on(operator, play.word("desk.flag"))
    await play.shown("flagged")
    await play.on(operator, play.word("desk.close"))
    await play.shown("not-alone")
    await play.on(operator, play.word("desk.call"))
    await chief.turn_to()
    await play.shown("supervisor-asked")
    await play.on(chief, play.word("ping.open"))
    await play.shown("supervisor-looks")
    await play.on(chief, play.word("desk.take_over"))
    await play.shown("supervisor-took")


async def close(play: Play) -> None:
    """The supervisor ends it."""
    chief = play.phone(play.chief)
    await play.on(chief, play.word("desk.close"))
    await play.shown("closing")
    await play.on(chief, play.word("close.now"))
    await play.shown("closed")
    await play.window.turn_to()
    await play.shown("closed-visitor")


async def team(play: Play) -> None:
    """Another day: not a talk but a visit at a place and a time that are safe; taken, arranged, ended."""
    visitor, operator = play.window, play.phone(play.first)
    await visitor.turn_to()
    await visitor.press(visitor.word("frame.home"))
    for key in (*ASK, "talk.when.now"):
        await visitor.press(visitor.word("talk.team" if key == "talk.agree" else key))
    await play.shown("team-when")
    await visitor.press((await visitor.keys())[0])
    await play.shown("team-what")
    await play.words(
        visitor, "Біля школи, після уроків." if visitor.lang == "uk" else "Near the school, after lessons."
    )
    await play.shown("team-asked")
    await play.on(play.phone(play.first, group=True), play.word("card.take"))
    await operator.turn_to()
    await play.shown("team-taken")
    await play.on(operator, play.word("desk.close"), play.word("close.now"))
    await play.shown("team-closed")


STEPS = (ask, take, talk, park, hand_over, urgent, close, team)
