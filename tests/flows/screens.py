"""What every screen must be, whoever made it: framed, short, neutral at a glance, whole in its language."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from flows.discretion import first_line_is_neutral
from flows.engine import EMERGENCY, EXIT, HOME, Action, Button, Screen
from flows.texts import LOCALES

TEXT_LIMIT, PARAGRAPHS, COPY_LIMIT, CALLBACK_LIMIT = 900, 4, 256, 64
TAGS = frozenset({"b", "i", "code", "pre", "a", "blockquote"})


@cache
def keys(lang: str = "uk") -> frozenset[str]:
    """The message ids of a catalogue's source."""
    with (LOCALES / lang / "LC_MESSAGES" / "stezhka.po").open("rb") as source:
        ids = [message.id for message in read_po(source) if message.id]
    return frozenset(one if isinstance(one, str) else one[0] for one in ids)


_KEYS = frozenset(key for key in keys() if "." in key)
_WORD_LIKE_A_KEY = re.compile(r"\w+(?:[.-]\w+)+")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        assert tag in TAGS, tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def assert_balanced(text: str) -> None:
    """Telegram would refuse the whole message for one tag left open."""
    parser = _Tags()
    parser.feed(text)
    parser.close()
    assert not parser.open, text


def buttons(screen: Screen) -> list[Button]:
    """All buttons in reading order."""
    return [button for row in screen.rows for button in row]


def addresses(screen: Screen) -> list[Action]:
    """All addresses that can be tapped."""
    return [button.action for button in buttons(screen) if button.action]


def tap(screen: Screen, label: str) -> Action:
    """The address of the button whose label begins so. Fails when there is none."""
    found = [button.action for button in buttons(screen) if button.label.startswith(label) and button.action]
    assert found, f"no button '{label}' among {[button.label for button in buttons(screen)]}"
    return found[0]


def assert_framed(screen: Screen) -> None:
    """Emergency one tap away; the last row is Back · Home · Quick exit."""
    last = [button.action for button in screen.rows[-1]]
    assert len(last) == 3
    assert last[1:] == [HOME, EXIT]
    on_emergency = EMERGENCY in addresses(screen) or "102" in screen.text
    assert on_emergency


def assert_proper(screen: Screen) -> None:
    """All that is promised of every screen."""
    assert_framed(screen)
    assert_balanced(screen.text)
    assert 0 < len(screen.text) <= TEXT_LIMIT, screen.text
    assert len(screen.text.split("\n\n")) <= PARAGRAPHS, screen.text
    assert first_line_is_neutral(screen.text), screen.text
    for button in buttons(screen):
        _assert_button(button)
    for row in screen.rows:
        assert len(row) == 1 or all(len(button.label) <= 44 // len(row) for button in row), row
    told = " ".join([screen.text, *[button.label for button in buttons(screen)]])
    assert not [word for word in _WORD_LIKE_A_KEY.findall(told) if word in _KEYS], told


def _assert_button(button: Button) -> None:
    assert any(letter.isalnum() for letter in button.label), "buttons are words"
    assert len(button.label) <= 60, button.label
    assert sum(map(bool, (button.action, button.copy, button.url))) == 1
    assert len(button.copy) <= COPY_LIMIT
    if button.action:
        assert len(button.action.encode().encode()) <= CALLBACK_LIMIT
        assert Action.decode(button.action.encode()) == button.action
