"""Ways through the bot by the words on its buttons: from an empty chat to every kind of screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from db.visit import Lang
from tests.e2e.window import Window


class Visitor(Protocol):
    """Who goes a way: by the page, or past it."""

    lang: Lang

    def word(self, key: str) -> str: ...
    async def start(self) -> None: ...
    async def press(self, label: str) -> None: ...
    async def say(self, words: str) -> None: ...
    async def keys(self) -> list[str]: ...


class Shortcut:
    """Goes a way without the page, which is slower; the page then shows where it leads."""

    def __init__(self, window: Window) -> None:
        self.lang = window.lang
        self._window = window
        self._person = window.person

    def word(self, key: str) -> str:
        return self._window.word(key)

    async def start(self) -> None:
        await self.say("/start")

    async def press(self, label: str) -> None:
        self._person.press(label)
        await self._window.at.settled()

    async def say(self, words: str) -> None:
        self._person.send(words)
        await self._window.at.settled()

    async def keys(self) -> list[str]:
        return [label for row in self._window.at.labels(self._person.bot_messages[-1]) for label in row]


Step = Callable[[Visitor], Awaitable[None]]
Way = tuple[Step, ...]


def tap(key: str) -> Step:
    """The button with these words of the catalogue."""
    return lambda visitor: visitor.press(visitor.word(key))


def place(name_uk: str, name_en: str) -> Step:
    """The button of a place."""
    return lambda visitor: visitor.press(name_uk if visitor.lang == "uk" else name_en)


def write(words_uk: str, words_en: str) -> Step:
    """Typed words."""
    return lambda visitor: visitor.say(words_uk if visitor.lang == "uk" else words_en)


async def start(visitor: Visitor) -> None:
    """/start."""
    await visitor.start()


async def language(visitor: Visitor) -> None:
    """The person's own language on the first screen."""
    await visitor.press(visitor.word(f"lang.{visitor.lang}"))


async def first(visitor: Visitor) -> None:
    """The first service of a list."""
    await visitor.press(next(label for label in await visitor.keys() if label.startswith("1. ")))


BEFORE: Way = (start, language)
HOME: Way = (*BEFORE, tap("hello.on"))
WHERE: Way = (*HOME, tap("home.need"), tap("need.day"))
NEAR: Way = (*HOME, tap("home.near"))

KYIV: Way = (*WHERE, place("м. Київ", "Kyiv city"), tap("where.whole_city"), first)
ZHYTOMYR: Way = (*HOME, write("Житомир", "Zhytomyr"), tap("need.day"), first)
KREMENCHUK: Way = (*HOME, write("Кременчук", "Kremenchuk"), tap("need.day"), first)

EMERGENCY: Way = (*BEFORE, tap("frame.emergency"))
SCREENS: Mapping[str, Way] = {
    "first": (start,),
    "before": BEFORE,
    "home": HOME,
    "language": (*HOME, tap("home.lang")),
    "needs": (*HOME, tap("home.need")),
    "where": WHERE,
    "towns": (*WHERE, place("Полтавська", "Poltava oblast")),
    "districts": KYIV[:-2],
    "namesakes": (*BEFORE, write("Іванівка", "Ivanivka")),
    "unknown": (*NEAR, write("Немає Такого", "No Such Place")),
    "results": ZHYTOMYR[:-1],
    "card": ZHYTOMYR,
    "way": (*ZHYTOMYR, tap("card.way")),
    "pass": (*ZHYTOMYR, tap("card.pass")),
    "exists": KREMENCHUK,
    "share": (*NEAR, tap("where.share")),
    "keyboard": (*NEAR, tap("where.share"), tap("share.yes")),
    "relative": (*HOME, tap("home.ally")),
    "far": (*HOME, tap("home.ally"), tap("ally.on")),
    "privacy": (*HOME, tap("home.privacy")),
    "exit": (*HOME, tap("home.privacy"), tap("privacy.exit_on")),
    "chat": (*HOME, tap("home.privacy"), tap("privacy.chat_on")),
    "word": (*HOME, tap("home.privacy"), tap("privacy.word_on")),
    "ask": (*HOME, tap("home.privacy"), tap("privacy.word_on"), tap("word.choose")),
    "phone": (*HOME, tap("home.privacy"), tap("privacy.phone_on")),
    "sessions": (*HOME, tap("home.privacy"), tap("privacy.phone_on"), tap("phone.sessions_on")),
    "device": (*BEFORE, tap("hello.unsure")),
    "unread": (*BEFORE, write("шось таке", "whatever")),
    "emergency": EMERGENCY,
    "silent": (*EMERGENCY, tap("sos.on")),
}


async def jump(window: Window, way: Way) -> None:
    """To the end of a way, past the page."""
    shortcut = Shortcut(window)
    await shortcut.say("exit")  # a new visit: its first minute is told once
    window.person.clear()
    for step in way:
        await step(shortcut)
    await window.answered()
