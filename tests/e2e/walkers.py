"""What visitors do with a chat in their hands: everything the phone offers, in any order, at any moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.events import clean
from bot.sandbox.message import Message
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from flows.cover.cards import ROOM
from flows.cover.door import answer
from flows.engine import EXIT, Action, Typed, World

EXITS = ("вихід", "Вийти!", "стоп", "exit", "quit", "  сховай ")
WORDS = (
    "Київ", "Житомир", "Кременчук", "Полтавський район", "Zhytomyr", "kyiv", "Луганськ", "Іванівка", "Немає Такого",
    "допоможіть", "він мене б'є, що робити", "help", "102", "меню", "привіт", "/menu", "/exit_not", "/numbers@bot x",
    "😀", "👩‍👧", "ㅤ", "?", "<b>", "&amp; {place} {0} %s", "\u202eКиїв\u202c", "x" * 4096, "мені страшно " * 200,
    "Не зараз", "Share location", "не вихід, а просто слово", "\ud83d",
)  # fmt: skip
POINTS = (
    (50.45, 30.52), (50.25, 28.66), (49.07, 33.42), (48.57, 39.3), (43.4, 31.5), (52.52, 13.4), (-90.0, 180.0),
)  # fmt: skip
# Addresses that may hang under an old message: good, outdated, made up.
OLD = (
    EXIT.encode(),
    *["1/find.ask/all"] * 3,
    "1/lang",
    "0/find",
    "1/no.such",
    "1/find.card/all/1/2/3",
    "",
    "1/" + "x" * 80,
)
MEDIA = ("photo", "voice", "sticker", "contact", "document", "poll", "video", "dice", "venue")


class Walker:
    """One visitor. Every act is done by a number that chooses what exactly; what a phone does not offer at this
    moment is not done."""

    def __init__(self, sandbox: Sandbox, person: Person, world: World) -> None:
        self.person = person
        self.gone = True  # nothing since the last exit has led in again
        self.exits = 0
        self.cards = 0  # what the cover has answered at most
        self._world = world
        self.taken = 0
        self.tapped: set[str] = set()  # names of the screens that were asked for by a button
        self._sandbox = sandbox
        self._seen: list[str] = [*OLD]
        self._screens: set[int] = set()  # messages that had buttons once; some are gone

    def act(self, kind: str, choice: int) -> bool:
        """Does one thing; whether it could be done now."""
        done = ACTS[kind](self, choice)
        self.taken += done
        return done

    # --- with the message on the screen ---

    def tap(self, choice: int) -> bool:
        """Any button but exit and the cover's (which have acts of their own, or nobody would get far); /start where
        there is none."""
        return self._tap(choice, lambda data: data != EXIT.encode() and not _of_cover(data)) or self.start(choice)

    def tap_card(self, choice: int) -> bool:
        """A button of the cover."""
        return self._tap(choice, _of_cover)

    def tap_exit(self, choice: int) -> bool:
        """Quick exit, if there is one on the screen."""
        return self._tap(choice, lambda data: data == EXIT.encode())

    def _tap(self, choice: int, wanted: Callable[[str], bool]) -> bool:
        offered = [(message, button) for message in self.person.bot_messages for button in _buttons(message)]
        offered = [(message, button) for message, button in offered if wanted(button.get("callback_data", ""))]
        if not offered:
            return False
        message, button = offered[choice % len(offered)]
        data = button.get("callback_data", "")
        self._seen.append(data)
        self.tapped.add(data.split("/")[1] if data else "copied")
        self._screens.add(message.message_id)
        self.person.tap(message.message_id, data or button["text"])
        return self._pressed(data) if data else True

    def tap_old(self, choice: int) -> bool:
        """A button that stood on the screen some time ago, or never: on this message or on one that is gone."""
        ids = sorted(self._screens)
        return bool(ids) and self._forge(ids[choice % len(ids)], self._seen[choice % len(self._seen)])

    def _forge(self, number: int, data: str) -> bool:
        bot = {"id": 1, "is_bot": True, "first_name": "Sample"}
        message = {"message_id": number, "chat": self.person.chat.api, "from": bot, "text": "?"}
        message["date"] = round(self._sandbox.clock.now().timestamp())
        query = {"id": f"old{self.person.chat_id}-{self.taken}", "from": self.person.api, "chat_instance": "1"}
        self._sandbox.push({"callback_query": {**query, "message": message, "data": data}})
        return self._pressed(data)

    def _pressed(self, data: str) -> bool:
        return self._heard(exits=data == EXIT.encode(), enters=not _of_cover(data))

    def key(self, choice: int) -> bool:
        """A key below the input field: a location, or "not now". Where there are none, they are asked for."""
        keys = [key for row in self.person.reply_keyboard or () for key in row]
        if not keys:
            live = [message.message_id for message in self.person.bot_messages if message.markup.inline]
            return bool(live) and self._forge(live[-1], "1/find.ask/all")
        self.person.location = POINTS[choice % len(POINTS)]
        self.person.press_key(keys[choice % len(keys)])
        return self._heard(enters=False)

    # --- with words and things ---

    def write(self, choice: int) -> bool:
        """Places, words, nonsense."""
        words = WORDS[choice % len(WORDS)]
        self.person.send(words)
        return self._heard(enters=self._leads_in(words))

    def write_exit(self, choice: int) -> bool:
        """An exit word."""
        self.person.send(EXITS[choice % len(EXITS)])
        return self._heard(exits=True)

    def start(self, choice: int) -> bool:
        """/start, with and without the code of a link."""
        self.person.send(("/start", "/start poster-1", "/START@sample")[choice % 3])
        return self._heard()

    def locate(self, choice: int) -> bool:
        """A location nobody asked for."""
        self.person.send_location(*POINTS[choice % len(POINTS)])
        return self._heard(enters=False)

    def attach(self, choice: int) -> bool:
        """A photo, a voice message, a contact …"""
        self.person.send_other(MEDIA[choice % len(MEDIA)])
        return self._heard(enters=False)

    def rewrite(self, choice: int) -> bool:
        """Types something and corrects it at once."""
        words = WORDS[choice % len(WORDS)]
        typed = self.person.send(words)
        self.person.edit(typed.message_id, "Львів")
        return self._heard(enters=self._leads_in(words))

    def forward(self, choice: int) -> bool:
        """A text that somebody else wrote."""
        words = WORDS[choice % len(WORDS)]
        self.person.forward(words)
        return self._heard(enters=self._leads_in(words))

    # --- with the chat, of which a bot hears nothing ---

    def delete(self, choice: int) -> bool:
        """One message, for both sides or only here."""
        messages = self.person.messages
        if not messages:
            return False
        self.person.delete(messages[choice % len(messages)].message_id, for_both=choice % 3 > 0)
        return True

    def clear(self, choice: int) -> bool:
        """The whole history."""
        self.person.clear(for_both=choice % 3 > 0)
        return True

    def rest(self, _: int) -> bool:
        """Nothing."""
        return False

    def _leads_in(self, words: str) -> bool:
        """Whether somebody on the cover comes in by this text."""
        return not isinstance(answer(Typed(clean(words)), self._world, locked=False), Action)

    def _heard(self, *, exits: bool = False, enters: bool = True) -> bool:
        """Who is gone stays so until something leads in again; in a visit everything is part of it."""
        self.cards += not enters
        self.gone = exits or (self.gone and not enters)
        self.exits += exits
        return True


Act = Callable[[Walker, int], bool]

ACTS: dict[str, Act] = {
    "rest": Walker.rest,
    "tap": Walker.tap,
    "write": Walker.write,
    "tap_exit": Walker.tap_exit,
    "tap_card": Walker.tap_card,
    "write_exit": Walker.write_exit,
    "start": Walker.start,
    "key": Walker.key,
    "locate": Walker.locate,
    "attach": Walker.attach,
    "rewrite": Walker.rewrite,
    "forward": Walker.forward,
    "tap_old": Walker.tap_old,
    "delete": Walker.delete,
    "clear": Walker.clear,
}
# How often each is done. The first is what a failing walk is shortened to.
KINDS: Sequence[str] = (
    "rest", *["tap"] * 20, *["write"] * 4, *["key"] * 2, *["tap_old"] * 2, "tap_exit", "tap_card",
    "write_exit", "start", "locate", "attach", "rewrite", "forward", "delete", "clear",
)  # fmt: skip


def _of_cover(data: str) -> bool:
    return data.startswith(f"1/{ROOM}")


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [button for row in message.markup.inline or () for button in row]
