"""What every message is sent with: no link preview, no caption, no sound."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot
from bot import render
from db.directory.directory import Directory
from db.directory.starting import starting_services
from db.places.places import Places
from db.places.starting import starting_places
from db.visit import LANGS, Lang
from flows.cover.cards import cover
from flows.decide import decide
from flows.engine import AskLocation, Tapped, World, go
from flows.neutral import announcement
from flows.texts import Texts
from tests.flows.village import somebody


@pytest.mark.parametrize("lang", LANGS)
def test_no_link_is_previewed(lang: Lang) -> None:
    """Screens, the cover and announcements switch previews off, whatever links stand in them (checklist 5)."""
    places, directory = Places(starting_places()), Directory(starting_services())
    world = World(datetime(2026, 11, 22, 10, tzinfo=UTC), Texts(), directory, places)
    home = decide(Tapped(go("home")), somebody(lang), world)
    assert home.screen is not None
    for shown in (home.screen, cover(lang, world), announcement(lang, go("home"))):
        assert render.screen(shown)["link_preview_options"] == {"is_disabled": True}


def test_nothing_is_sent_with_a_caption() -> None:
    """The bot calls no method that sends media to a visitor: all of its words are texts (checklist 5)."""
    room = Path(bot.__file__).parent
    sources = list(room.glob("*.py"))
    called = {name for path in sources for name in re.findall(r'"(send[A-Z]\w+)"', path.read_text("utf-8"))}
    assert called == {"sendMessage"}


def test_the_location_keyboard_asks_for_nothing_else() -> None:
    """Two keys: one shares the place, one does not; neither asks for a phone number."""
    fields = render.location_keyboard(AskLocation("text", "share", "no"))
    keys = [key for row in fields["reply_markup"]["keyboard"] for key in row]
    assert keys == [{"text": "share", "request_location": True}, {"text": "no"}]
