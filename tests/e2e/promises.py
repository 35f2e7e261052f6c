"""What must hold after every step of every visitor, read from the calls Telegram got and the chats it keeps."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.message import Message
from db.visit import LANGS
from flows.discretion import banned_words, first_line_is_neutral
from flows.engine import EMERGENCY, World
from flows.neutral import shell
from tests.e2e.walkers import Walker
from tests.stage import is_cover

CALLBACK_BYTES, COPY_CHARACTERS = 64, 256  # Bot API
CHARACTERS, PARAGRAPHS = 900, 4  # of a screen
_TAG = re.compile(r"</?[a-z][^>]*>")


class Promises:
    """The fixed words that tell a screen, a cover and a shell apart, and the rules about them."""

    def __init__(self, world: World) -> None:
        self._speak = [world.speak(lang) for lang in LANGS]
        self._frames = [[t.label(f"frame.{name}") for name in ("back", "home", "exit")] for t in self._speak]
        self._emergency = [[t.label("frame.emergency")] for t in self._speak]
        self._numbers = {plain(t(key)) for t in self._speak for key in ("sos.text", "sos.more")}
        self._cards: set[str] = set()  # what the cover has sent; of nothing else may a notification show the words
        self._arrivals = {shell(lang) for lang in LANGS} | {t.label("share.carrier") for t in self._speak}
        self._proper: set[str] = set()  # screens that were looked at already

    def call(self, call: Call) -> None:
        """What arrives is a neutral shell or a card of the cover, without a sound; what is edited in is a card or a
        proper screen."""
        rows = (call.params.get("reply_markup") or {}).get("inline_keyboard")
        if call.method == "sendMessage":
            assert call.params["disable_notification"] is True
            if is_cover(rows):
                self._card(call.params["text"])
            else:
                assert call.params["text"] in self._arrivals, call.params["text"]
        elif call.method == "editMessageText" and repr(call.params) not in self._proper:
            self._text(call.params["text"])
            if is_cover(rows):
                self._card(call.params["text"])
            else:
                self._screen(plain(call.params["text"]), rows or [])
            self._proper.add(repr(call.params))

    def _card(self, text: str) -> None:
        """Anybody may read all of it."""
        assert banned_words(plain(text)) == (), text
        self._cards.add(plain(text))

    def _text(self, text: str) -> None:
        assert 0 < len(text) <= CHARACTERS, text
        assert len(text.split("\n\n")) <= PARAGRAPHS, text
        assert first_line_is_neutral(text), text

    def _screen(self, text: str, rows: list[list[dict[str, Any]]]) -> None:
        labels = [[button["text"] for button in row] for row in rows]
        assert labels[-1] in self._frames, labels
        assert text in self._numbers or labels[-2] in self._emergency, labels
        assert rows[-1][-1]["callback_data"] == "1/exit"
        assert text in self._numbers or rows[-2][0]["callback_data"] == EMERGENCY.encode()
        for button in (button for row in rows for button in row):
            assert len(button.get("callback_data", "").encode()) <= CALLBACK_BYTES
            assert len(button.get("copy_text", {}).get("text", "")) <= COPY_CHARACTERS

    def chat(self, walker: Walker) -> None:
        """One live message at most, nothing typed left, no shell left empty; after an exit covers or nothing."""
        messages = list(walker.person.chat.messages.values())  # those hidden on this phone too
        assert not [one for one in messages if one.sender == "user"], "what was typed is still there"
        others = [one for one in messages if not is_cover(one.markup.inline)]
        assert len(messages) - len(others) <= walker.exits + walker.cards
        assert len(_live(others)) <= 1, "two live messages"
        assert len(others) - len(_live(others)) <= 1, "more than a location keyboard beside the live message"
        assert all(_live([one]) or one.markup.keyboard for one in others), "an empty shell was left"
        if walker.gone:
            assert not others, "a screen after the exit"

    def lock_screen(self, walker: Walker) -> None:
        """A locked phone never showed more than a shell, or words of the cover."""
        known = [" ".join(text.split()) for text in self._arrivals | self._cards]
        for one in {one.preview.rstrip("…") for one in walker.person.lock_screen}:
            assert any(text.startswith(one) for text in known), one


def _live(messages: list[Message]) -> list[Message]:
    return [one for one in messages if one.markup.inline]


def plain(text: str) -> str:
    """A text as it is read, without tags."""
    return unescape(_TAG.sub("", text))
