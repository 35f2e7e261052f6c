"""Nothing that a glance can see gives anybody away."""

from __future__ import annotations

import pytest

from db.directory.directory import Directory
from db.visit import Lang
from flows.card import cards
from flows.cover.kind import BUILT_IN, load, starting_cover
from flows.decide import decide
from flows.discretion import banned_words, first_line_is_neutral, glimpse
from flows.engine import AskLocation, Tapped, World, go
from flows.neutral import shell, sorry
from flows.understand.intent.whole import means_exit
from flows.words import means_emergency, means_menu, means_start
from tests.flows.screens import assert_framed, assert_proper
from tests.flows.village import somebody


@pytest.mark.parametrize(
    "text",
    ["Домашнє насильство", "допомога ПОСТРАЖДАЛИМ", "жертва", "кривдник", "Притулок у місті", "шелтер", "він б’є мене",
     "бʼють", "abuse", "Violence line", "victims", "a survivor", "women’s shelter", "насилие", "приют", "абьюзер",
     "на\u00adсиль\u200bство", "ｖｉｏｌｅｎｃｅ", "зґвалтування", "rape"],
)  # fmt: skip
def test_telling_words_are_caught(text: str) -> None:
    """In three languages, in any case, with any apostrophe, with invisible marks inside."""
    assert banned_words(text)
    assert not first_line_is_neutral(f"<b>{text}</b>")


@pytest.mark.parametrize(
    "text",
    ["Що зробити сьогодні", "любити прогулянки", "забити цвях", "a beautiful walk", "white", "Hello"],
)
def test_ordinary_words_are_not(text: str) -> None:
    """A stem is not looked for in the middle of ordinary words."""
    assert first_line_is_neutral(text)


def test_a_short_first_line_does_not_hide_the_second() -> None:
    """A preview shows about sixty characters, whatever the lines."""
    assert not first_line_is_neutral("Добрий день.\nЛінія для жертв")
    assert first_line_is_neutral("Довгий і цілком звичайний перший рядок, за яким нічого не видно.\nЛінія для жертв")
    assert glimpse("<b>Так</b> &amp; так") == "Так & так"


@pytest.mark.parametrize("kind", BUILT_IN)
@pytest.mark.parametrize("code", list(cards(starting_cover())))
def test_the_bots_card_is_neutral_and_fits(kind: str, code: str) -> None:
    """Name, descriptions and commands hold no telling word in uk, en or ru, and keep Telegram's limits."""
    card = cards(load(kind))[code]
    for text, limit in ((card.name, 64), (card.short_description, 120), (card.description, 512)):
        assert 0 < len(text) <= limit
        assert not banned_words(text)
    for command, about in card.commands.items():
        assert not banned_words(f"{command} {about}")


def test_a_russian_telegram_shows_a_neutral_card_too() -> None:
    """There is no Russian card: such a phone shows the one that is there for everybody else (checklist 1)."""
    found = cards(starting_cover())
    assert "ru" not in found
    assert found[""] == found["uk"]


def test_every_command_of_the_card_is_understood() -> None:
    """What the menu button offers works when it is sent as text."""
    meanings = {"start": means_start, "menu": means_menu, "numbers": means_emergency, "exit": means_exit}
    for card in cards(starting_cover()).values():
        assert meanings.keys() == card.commands.keys()
    assert all(means(f"/{command}") for command, means in meanings.items())


def test_the_shell_of_a_message_says_nothing(lang: Lang) -> None:
    """All that a notification can ever show."""
    assert 0 < len(shell(lang)) < 30
    assert not banned_words(shell(lang))


def test_the_message_with_the_location_keyboard_is_neutral(village: World, lang: Lang) -> None:
    """It is sent, not edited in, so the whole of it may be read on a lock screen."""
    reply = decide(Tapped(go("find.ask", "stay")), somebody(lang), village)
    ask = next(effect for effect in reply.effects if isinstance(effect, AskLocation))
    assert not banned_words(f"{ask.text} {ask.share} {ask.cancel}")


def test_when_a_flow_failed_there_is_still_a_kind_screen(village: World, lang: Lang) -> None:
    """With the numbers, or without them when the directory itself is the trouble."""
    screen = sorry(lang, village)
    assert_proper(screen)
    assert "102" in screen.text
    bare = sorry(lang, World(village.now, village.texts, Directory([]), village.places))
    assert_framed(bare)
    assert bare.text != screen.text
