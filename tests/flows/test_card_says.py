"""What a card says of how one gets in, of access and of the war, whose number it is, and how it stays short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from db.directory.directory import Directory
from db.directory.service import ACCESS, AUDIENCES, ENTRIES, WARTIME, Service
from db.visit import Lang
from flows.decide import decide
from flows.engine import Screen, Tapped, World, go
from flows.find.wording import ACCESS as ACCESS_WORDS
from flows.find.wording import ENTRIES as ENTRY_WORDS
from flows.find.wording import WARTIME as WARTIME_WORDS
from tests.flows.screens import assert_proper
from tests.flows.village import METRO, SERVICES, SMALL, somebody

CENTRE, ROOM, RUMOUR, LONG = 7, 8, 10, 11
EVERYTHING = {
    "entry": frozenset(ENTRIES),
    "access": frozenset(ACCESS),
    "audience": frozenset(AUDIENCES) - {"all"},
    "languages": ("uk", "en", "pl", "ro", "hu", "crh", "de"),
    **dict.fromkeys(WARTIME, True),
}


def with_row(world: World, num: int, **said: object) -> World:
    """The village with one row changed."""
    rows: Iterable[Service] = (replace(one, **said) if one.num == num else one for one in SERVICES)  # type: ignore[arg-type]
    return replace(world, directory=Directory(rows))


def card(world: World, num: int, lang: Lang, place: int = METRO) -> Screen:
    """A service's card."""
    screen = decide(Tapped(go("find.card", "all", place, 0, num)), somebody(lang), world).screen
    assert screen is not None
    return screen


@pytest.mark.parametrize("num", [CENTRE, RUMOUR])
def test_everything_known_of_a_service_is_on_its_card(num: int, village: World, lang: Lang) -> None:
    """Each way in, each help to come and each thing the war changed is said in words, with or without a contact."""
    t = village.speak(lang)
    known = [("entry", ENTRY_WORDS, {code: frozenset({code}) for code in ENTRIES})]
    known.append(("access", ACCESS_WORDS, {code: frozenset({code}) for code in ACCESS}))
    for column, words, values in known:
        for code, value in values.items():
            assert t.label(words[code]) in card(with_row(village, num, **{column: value}), num, lang).text
    for name in WARTIME:
        assert t.label(WARTIME_WORDS[name]) in card(with_row(village, num, **{name: True}), num, lang).text


def test_what_nobody_knows_is_not_said(village: World, lang: Lang) -> None:
    """An empty cell is no "no": the card has no line for it."""
    t = village.speak(lang)
    text = card(village, CENTRE, lang).text
    for key in ("card.entry", "card.access", "card.war", "card.lent"):
        assert t.label(key, how="", what="", name="").partition(":")[0] not in text


def test_a_row_that_has_everything_to_say_stays_within_a_screen(village: World, lang: Lang) -> None:
    """The note goes, then what a call answers as well; the way in, the number and the doubt stay."""
    world = with_row(village, LONG, **EVERYTHING, telegram="@example_centre")
    screen = card(world, LONG, lang)
    assert_proper(screen)
    t = village.speak(lang)
    for kept in (t.label("entry.court"), "044 000 00 03", "@example_centre", t.label("card.no_date")):
        assert kept in screen.text
    assert ("примітка" if lang == "uk" else "A long note") not in screen.text
    assert t.label("card.languages", languages="").strip() not in screen.text


def test_a_short_row_keeps_everything(village: World, lang: Lang) -> None:
    """Nothing is left out where there is room."""
    world = with_row(
        village, CENTRE, entry=frozenset({"own_request"}), shelter_on_site=True, access=frozenset({"lift"})
    )
    text = card(world, CENTRE, lang).text
    t = village.speak(lang)
    for kept in ("entry.own_request", "war.shelter_on_site", "access.lift"):
        assert t.label(kept) in text
    assert ("Перший візит за записом." if lang == "uk" else "The first visit is by appointment.") in text


def test_a_lent_number_says_whose_it_is(village: World, lang: Lang) -> None:
    """Who calls should know who answers. With a number of its own nobody else is named."""
    named = "Лінія 15-47" if lang == "uk" else "Line 15-47"
    assert named in card(with_row(village, CENTRE, parent="ua-1547", phones=()), CENTRE, lang).text
    assert named not in card(with_row(village, CENTRE, parent="ua-1547"), CENTRE, lang).text


def test_whose_number_it_is_gives_no_hidden_place_away(village: World, lang: Lang) -> None:
    """A crisis room in a small place does not name the centre of that place whose number it uses."""
    world = with_row(village, ROOM, parent="stolets-centre", phones=())
    text = card(world, ROOM, lang, SMALL).text
    assert "044 000 00 00" in text
    assert ("Вигадка" if lang == "uk" else "Fiction") not in text


def test_a_source_without_a_date_says_so_in_words(village: World, lang: Lang) -> None:
    """No bracket of jargon: the date of the source is unknown."""
    said = "дата джерела невідома" if lang == "uk" else "date of the source unknown"
    assert said in card(village, LONG, lang).text
    assert said not in card(village, RUMOUR, lang).text
