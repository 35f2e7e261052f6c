"""What must hold after every step of every visitor, read from the calls Telegram got and the chats it keeps."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.message import Message
from bot.turns import KYIV
from db.visit import LANGS
from flows.cover import cover, shell
from flows.discretion import first_line_is_neutral
from flows.engine import EMERGENCY, World
from tests.e2e.walkers import Walker

CALLBACK_BYTES, COPY_CHARACTERS = 64, 256  # Bot API
CHARACTERS, PARAGRAPHS = 900, 4  # of a screen
_TAG = re.compile(r"</?[a-z][^>]*>")


class Promises:
    """The fixed words that tell a screen, a cover and a shell apart, and the rules about them."""

    def __init__(self, world: World, now: datetime) -> None:
        self._speak = [world.speak(lang) for lang in LANGS]
        self._frames = [[t.label(f"frame.{name}") for name in ("back", "home", "exit")] for t in self._speak]
        self._emergency = [[t.label("frame.emergency")] for t in self._speak]
        self._numbers = {plain(t(key)) for t in self._speak for key in ("sos.text", "sos.more")}
        self.covers = {cover(lang, now.astimezone(KYIV).date()).text for lang in LANGS}
        self._arrivals = {shell(lang) for lang in LANGS} | {t.label("share.carrier") for t in self._speak}
        self._proper: set[str] = set()  # screens that were looked at already

    def call(self, call: Call) -> None:
        """What arrives is a neutral shell without a sound; what is edited in is a cover or a proper screen."""
        if call.method == "sendMessage":
            assert call.params["text"] in self._arrivals, call.params["text"]
            assert call.params["disable_notification"] is True
        elif call.method == "editMessageText" and repr(call.params) not in self._proper:
            self._text(call.params["text"])
            markup = call.params.get("reply_markup")
            if markup is None:
                assert call.params["text"] in self.covers, call.params["text"]
            else:
                self._screen(plain(call.params["text"]), markup["inline_keyboard"])
            self._proper.add(repr(call.params))

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
        covers = [one for one in messages if one.text in self.covers]
        assert len(covers) <= walker.exits
        others = [one for one in messages if one.text not in self.covers]
        assert len(_live(others)) <= 1, "two live messages"
        assert len(others) - len(_live(others)) <= 1, "more than a location keyboard beside the live message"
        assert all(_live([one]) or one.markup.keyboard for one in others), "an empty shell was left"
        if walker.gone:
            assert not others, "a screen after the exit"
            assert not any(one.markup.inline for one in covers)

    def lock_screen(self, walker: Walker) -> None:
        """A locked phone never showed more than a shell."""
        assert {one.preview for one in walker.person.lock_screen} <= self._arrivals


def _live(messages: list[Message]) -> list[Message]:
    return [one for one in messages if one.markup.inline]


def plain(text: str) -> str:
    """A text as it is read, without tags."""
    return unescape(_TAG.sub("", text))
