"""The cover: ordinary, useful, true, personal to nobody, and with no way out of it but those that are meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from db.directory.directory import Directory
from db.visit import LANGS, Lang
from flows.cover import door
from flows.cover.cards import CAPITAL, cover, is_card, show, sun_at, tip_of
from flows.cover.kind import BUILT_IN, FOLDER, CoverError, load
from flows.cover.sun import TOWNS, sun
from flows.discretion import banned_words
from flows.engine import EXIT, HOME, Action, Event, Located, Other, OwnWord, Screen, Started, Tapped, Typed, World, go
from tests.flows.screens import addresses, assert_balanced, buttons
from tests.flows.village import SMALL

YEAR = [datetime(2028, 1, 1, 10, tzinfo=UTC) + timedelta(days=day) for day in range(366)]


@pytest.fixture(params=BUILT_IN)
def world(request: pytest.FixtureRequest, ukraine: World) -> World:
    """The real world under each of the covers."""
    return replace(ukraine, cover=load(request.param))


def everywhere(world: World, lang: Lang) -> dict[Action, Screen]:
    """Every card that can be reached from the one an exit leaves."""
    found: dict[Action, Screen] = {}
    waiting = [tip_of(world, lang)]
    while waiting:
        action = waiting.pop()
        if action in found or (action.name in ("cover.tip", "cover.more") and int(action.args[1]) > 420):
            continue
        found[action] = show(action, world)
        waiting += addresses(found[action])
    return found


def test_no_button_of_the_cover_leads_off_it(world: World, lang: Lang) -> None:
    """Taps alone never leave it, and all of its words are neutral, not only the first line (checklist 10)."""
    found = everywhere(world, lang)
    assert {action.name for action in found} == {"cover.tip", "cover.more", "cover.sun", "cover.numbers"}
    assert {action.args[0] for action in found} == set(LANGS)
    for screen in found.values():
        assert all(is_card(action) for action in addresses(screen))
        assert banned_words(screen.text + " ".join(button.label for button in buttons(screen))) == ()
        assert_balanced(screen.text)
        assert 0 < len(screen.text) <= 900
        assert len(screen.text.split("\n\n")) <= 4
        for row in screen.rows:
            assert len(row) == 1 or all(len(button.label) <= 22 for button in row), row


def test_what_an_exit_leaves_changes_with_the_day(world: World, lang: Lang) -> None:
    """Another tip than yesterday's, and every tip has its day."""
    tips = [cover(lang, replace(world, now=day)).text.partition("\n")[0] for day in YEAR]
    assert all(today != tomorrow for today, tomorrow in pairwise(tips))
    assert len(set(tips)) == len(world.cover[lang].tips)


def test_the_sun_is_true(ukraine: World) -> None:
    """Within two minutes of what almanacs print for Kyiv: 22 June 2026 4:46 and 21:13, 21 December 2026 7:56, 15:56."""
    for day, rises, sets in (((2026, 6, 22), (4, 46), (21, 13)), ((2026, 12, 21), (7, 56), (15, 56))):
        found = sun(50.4547, 30.5238, date(*day))
        for at, wanted in zip(found, (rises, sets), strict=True):
            assert abs((at.hour * 60 + at.minute) - (wanted[0] * 60 + wanted[1])) <= 2
    text = show(sun_at(ukraine.places.get(CAPITAL), "en"), ukraine).text  # type: ignore[arg-type]
    rises, sets = sun(50.4547, 30.5238, date(2026, 11, 22))
    assert f"{rises:%-H:%M}" in text
    assert f"{sets:%-H:%M}" in text
    assert "22 November" in text


def test_the_towns_of_the_buttons_are_in_the_gazetteer(ukraine: World) -> None:
    """Each of them is a real place, and its card names it."""
    for number in TOWNS:
        place = ukraine.places.get(number)
        assert place is not None
        assert place.name_uk in show(sun_at(place, "uk"), ukraine).text


def test_the_useful_numbers_are_there_without_a_telling_word(world: World, lang: Lang) -> None:
    """102, 103 and 112 from the directory, on a card nobody would wonder about."""
    text = show(go("cover.numbers", lang), world).text
    assert all(number in text for number in ("102", "103", "112"))
    assert banned_words(text) == ()


def test_the_cover_comes_without_directory_and_gazetteer(village: World, lang: Lang) -> None:
    """An exit must not depend on data: no capital in the gazetteer, no number in the directory, an odd address."""
    bare = replace(village, directory=Directory([]))
    for action in (go("cover.numbers", lang), go("cover.sun", lang, 5), go("cover.tip"), go("cover.x", lang, "z")):
        screen = show(action, bare)
        assert screen.text
        assert all(is_card(one) for one in addresses(screen))


# --- who comes in ------------------------------------------------------------------------------------------

IN: tuple[Event, ...] = (
    Started(), Started("k7rw"), Typed("/menu"), Typed("привіт"), Typed("Hello!"), Typed("стежка"), Typed("Path"),
    Typed("/join ab12-cd34"),
    Typed("help"), Typed("102"), Typed("він мене душить"), Typed("мені потрібен юрист"), Typed("допоможіть мені"),
    Tapped(HOME), Tapped(None), Tapped(go("find.list", "all", SMALL, 0)),
)  # fmt: skip
OUT: tuple[Event, ...] = (Tapped(EXIT), Typed("вихід"), Typed("exit"), Typed("vyhid"))
STAYS: tuple[Event, ...] = (
    Tapped(go("cover.tip", "uk", 3)), Tapped(go("cover.numbers", "en")), Typed("Житомир"), Typed("ромашка"),
    Typed("how tall is it"), Typed(""), Located(50.45, 30.52), Located(0.0, 0.0), Other(),
)  # fmt: skip


@pytest.mark.parametrize("event", OUT)
@pytest.mark.parametrize("locked", [True, False])
def test_an_exit_is_an_exit_on_the_cover_too(event: Event, locked: bool, ukraine: World) -> None:
    """Exits work for everyone at all times."""
    assert door.answer(event, ukraine, locked=locked) == event


@pytest.mark.parametrize("event", IN)
def test_without_an_own_word_there_are_ways_back(event: Event, ukraine: World) -> None:
    """/start, a greeting, a neutral word, whatever asks for help, a screen's own button."""
    assert not isinstance(door.answer(event, ukraine, locked=False), Action)


@pytest.mark.parametrize("event", STAYS)
@pytest.mark.parametrize("locked", [True, False])
def test_anything_else_stays_on_the_cover(event: Event, locked: bool, ukraine: World) -> None:
    """And is answered alike, whether there is a word or not."""
    answer = door.answer(event, ukraine, locked=locked)
    assert isinstance(answer, Action)
    assert answer == door.answer(event, ukraine, locked=not locked)


@pytest.mark.parametrize("event", IN)
def test_with_an_own_word_nothing_of_that_leads_in(event: Event, ukraine: World) -> None:
    """/start, greetings, the neutral words and old buttons show the cover."""
    assert is_card(door.answer(event, ukraine, locked=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["102", "112", "help", "допомога", "SOS", "він мене душить", "мені потрібен психолог"])
def test_help_is_never_out_of_reach(text: str, ukraine: World) -> None:
    """With an own word, whoever asks for help finds the useful numbers on the cover."""
    answer = door.answer(Typed(text), ukraine, locked=True)
    assert isinstance(answer, Action)
    assert answer.name == "cover.numbers"


@pytest.mark.parametrize("locked", [True, False])
def test_the_own_word_leads_back_to_the_first_screen(locked: bool, ukraine: World) -> None:
    """As neutral as for anybody who comes; nothing is resumed."""
    assert door.answer(OwnWord(), ukraine, locked=locked) == Started()


def test_a_town_is_answered_with_its_sun(ukraine: World) -> None:
    """Typed or shared; in the language of the letters."""
    assert door.answer(Typed("Lviv"), ukraine, locked=True) == go("cover.sun", "en", 702550)
    shared = door.answer(Located(49.84, 24.02), ukraine, locked=True)
    assert isinstance(shared, Action)
    assert shared.name == "cover.sun"


# --- a deployment's own cover ------------------------------------------------------------------------------


def own(folder: Path, *changes: tuple[str, str]) -> str:
    """A cover file made of a built-in one."""
    text = (FOLDER / "plants.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_deployment_may_write_its_own(tmp_path: Path) -> None:
    """A file of its own is a cover like any other."""
    assert load(own(tmp_path, ("Green windowsill", "My balcony")))["en"].name == "My balcony"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[en]", "[de]"), "section"),
        (('next = "Another tip"\n', ""), "'next' is missing"),
        (('next = "Another tip"', 'next = 5'), "must be a text"),
        (('next = "Another tip"', 'next = ""'), "empty"),
        (('next = "Another tip"', f'next = "{"x" * 30}"'), "longer"),
        (("  \"in winter most plants need less water.\",\n", ""), "another length"),
        (("in winter most plants", "a shelter for victims"), "gives itself away"),
        (("in winter most plants", "in {winter} plants"), "without braces"),
        (("in winter most plants", "in {winter plants"), "tips"),
        (("{tel:ua-112}: one number", "112: one number"), "{tel:ua-112}"),
        (('name = "Зелене підвіконня"', "name = "), "cannot be read"),
    ],
)  # fmt: skip
def test_a_cover_that_will_not_do_is_refused_in_one_line(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    """With the file, the text and what is wrong with it."""
    with pytest.raises(CoverError) as fault:
        load(own(tmp_path, change))
    assert said in str(fault.value)
    assert "own.toml" in str(fault.value)


@pytest.mark.parametrize("chosen", ["sailing", "/nowhere/own.toml", "walking.toml.bak"])
def test_a_cover_that_is_not_there_is_refused(chosen: str) -> None:
    """With the names of those that are."""
    with pytest.raises(CoverError, match="plants, walking"):
        load(chosen)
