"""A list made shorter by what matters to a person: open now, round the clock, for whom, in which language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.directory.directory import Directory
from db.visit import Lang
from flows.decide import decide
from flows.engine import Action, Screen, Tapped, World, go
from tests.flows.screens import addresses, assert_proper, buttons, tap
from tests.flows.village import METRO, SERVICES, TAKEN, somebody

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 10:00 in Kyiv: the centre is open
LIST = go("find.list", "all", METRO, 0)
NOW, ALWAYS, MEN, ENGLISH = (go("find.list", "all", METRO, 0, said) for said in ("n--", "r--", "-m-", "--en"))


@pytest.fixture
def monday(village: World) -> World:
    """The village on a working morning."""
    return replace(village, now=MONDAY)


def shown(action: Action, world: World, lang: Lang = "uk") -> Screen:
    """The screen at an address."""
    screen = decide(Tapped(action), somebody(lang), world).screen
    assert screen is not None
    return screen


def cards(action: Action, world: World) -> list[int]:
    """The services of all pages of a list, by number."""
    found: list[int] = []
    following: Action | None = action
    while following is not None:
        taps = addresses(shown(following, world))
        found += [int(tap.args[3]) for tap in taps if tap.name == "find.card"]
        page = int(following.args[2]) + 1
        wanted = go("find.list", *following.args[:2], page, *following.args[3:])
        following = wanted if wanted in taps else None
    return found


def test_open_now_is_one_tap_away(monday: World, lang: Lang) -> None:
    """The list keeps who is open at this moment, says so, and offers everybody again."""
    screen = shown(LIST, monday, lang)
    assert tap(screen, "Працює зараз" if lang == "uk" else "Open now") == NOW
    narrowed = shown(NOW, monday, lang)
    assert_proper(narrowed)
    assert ("Тут лише ті, хто: працює зараз." if lang == "uk" else "Only those who: are open now.") in narrowed.text
    assert tap(narrowed, "Усі варіанти" if lang == "uk" else "All options") == LIST
    assert set(cards(NOW, monday)) == {4, 5, 7, 16}


@pytest.mark.parametrize(
    ("address", "kept"), [(ALWAYS, {4, 5, 16}), (ENGLISH, {5, 7}), (go("find.list", "day", METRO, 0, "n-m-en"), {5, 7})]
)
def test_each_choice_keeps_who_it_names(address: Action, kept: set[int], monday: World) -> None:
    """Round the clock, a language, and all of them together; the closing line is always there."""
    assert set(cards(address, monday)) == kept


def test_who_is_not_admitted_is_left_out(monday: World) -> None:
    """A man is not sent to a line for children; whoever admits everybody stays."""
    assert 6 in cards(LIST, monday)
    assert 6 not in cards(MEN, monday)
    assert {4, 7, 9} <= set(cards(MEN, monday))


def test_choices_add_up_and_each_is_offered_once(monday: World, lang: Lang) -> None:
    """For whom, then which language: the second keeps the first, and what is chosen is not offered again."""
    first = shown(go("find.only", "all", METRO), monday, lang)
    assert MEN in addresses(first)
    second = shown(go("find.only", "all", METRO, "-m-"), monday, lang)
    assert go("find.list", "all", METRO, 0, "-m-en") in addresses(second)
    assert MEN not in [button.action for row in second.rows[:-1] for button in row]
    assert ("допомагає чоловікам" if lang == "uk" else "help men") in second.text
    for screen in (first, second):
        assert_proper(screen)


def test_what_would_change_nothing_is_not_offered(village: World) -> None:
    """Where everybody speaks Ukrainian, is open or not alike, there is no button for it."""
    plain = [replace(one, hours="", languages=("uk",), audience=frozenset({"all"})) for one in SERVICES if one.num > 6]
    world = replace(village, directory=Directory([*SERVICES[:6], *plain]))
    screen = shown(go("find.list", "stay", METRO, 0), world)
    assert not [one for one in addresses(screen) if one.name == "find.only"]
    assert not [one for one in addresses(screen) if one.name == "find.list" and len(one.args) > 3]


def test_a_card_leads_back_to_the_shorter_list(monday: World) -> None:
    """Back from a card, from the way there and from the words to pass on keeps what was chosen."""
    card = tap(shown(NOW, monday), "1. Денний центр")
    screen = shown(card, monday)
    assert screen.rows[-1][0].action == NOW
    for name in ("find.way", "find.pass"):
        there = next(address for address in addresses(screen) if address.name == name)
        assert shown(there, monday).rows[-1][0].action == card


def test_to_an_occupied_place_the_choices_are_about_who_can_be_reached(monday: World) -> None:
    """No choice is offered that only somebody who cannot come would fulfil."""
    for address in addresses(shown(go("find.only", "all", TAKEN), monday)):
        if address.name == "find.list" and len(address.args) > 3:
            assert 13 not in cards(address, monday)


@pytest.mark.parametrize("forged", ["", "x--", "n", "n-q-", "n-m-english", "n-m-e", "N--", "--en-"])
def test_a_forged_choice_leads_home(forged: str, village: World) -> None:
    """As every address that no flow writes."""
    home = shown(go("home"), village)
    for name, args in (
        ("find.list", ("all", METRO, 0)),
        ("find.only", ("all", METRO)),
        ("find.card", ("all", METRO, 0, 7)),
    ):
        assert shown(go(name, *args, forged), village).rows == home.rows


def test_every_choice_fits_its_button(ukraine: World, lang: Lang) -> None:
    """The longest need, place and choice still fit an address, and the labels a phone."""
    for place in (703448, 704147, 12):
        for need in ("all", "talk", "stay"):
            screen = shown(go("find.only", need, place), ukraine, lang)
            assert_proper(screen)
            for button in buttons(screen):
                if button.action and button.action.name == "find.list" and len(button.action.args) > 3:
                    assert_proper(shown(button.action, ukraine, lang))
