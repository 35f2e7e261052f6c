"""The bot talks to Telegram and to nobody else (checklist 35)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Hands
from tests.stage import stage

_heard: list[tuple[str, Any]] = []
_listening = [False]


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _listening[0] and event == "socket.connect":
        _heard.append((event, args[1]))
    elif _listening[0] and event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _heard.append((event, args[0]))


sys.addaudithook(_hook)  # Python calls it for every connection and every look-up; it cannot be taken away again


@pytest.fixture
def connections() -> Iterator[list[tuple[str, Any]]]:
    """Every connection that is made and every name that is looked up, from here to the end of the test."""
    _heard.clear()
    _listening[0] = True
    yield _heard
    _listening[0] = False


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_telegram_is_called(
    database_url: str, tmp_path: Path, clock: Hands, connections: list[tuple[str, Any]]
) -> None:
    """A visit with texts, taps, a place and media: every connection goes to the Bot API's address, none elsewhere."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        for words in ("Житомир", "допомога", "мені потрібен психолог", "щось таке", "вихід", "Львів", "/start"):
            await at.say(anna, words)
        anna.send_location(50.25, 28.66)
        anna.send_other("photo")
        await at.settled()
        host, _, port = at.sandbox.url.removeprefix("http://").partition(":")
    assert connections
    assert {address for event, address in connections if event == "socket.connect"} == {(host, int(port))}
    assert {name for event, name in connections if event != "socket.connect"} <= {host}
