"""The single door: what each event leads to."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.visit import Lang
from flows.decide import FLOWS, decide
from flows.engine import (
    Action,
    AskLocation,
    Event,
    Exit,
    Located,
    Other,
    Started,
    Tapped,
    Typed,
    World,
    go,
)
from flows.find.needs import NEEDS
from tests.flows.screens import addresses, assert_proper, buttons, tap
from tests.flows.village import FAR, METRO, SMALL, not_carried, somebody


@pytest.mark.parametrize(
    "text", ["вихід", "Вихід!", " ВИЙТИ ", "сховай…", "стоп", "Exit.", "hide", "quit", "STOP", "/exit", "/exit@a_bot"]
)
def test_an_exit_word_vanishes_without_a_screen(text: str, village: World, lang: Lang) -> None:
    """A whole message that is an exit word leaves at once and changes nothing else."""
    visit = somebody(lang, awaiting=go("find.where", "law").encode())
    reply = decide(Typed(text), visit, village)
    assert reply.effects == (Exit(),)
    assert reply.screen is None
    assert reply.visit == visit


@pytest.mark.parametrize("text", ["де вихід з метро", "stop it please", "не вийти звідси", "вихід вихід"])
def test_an_exit_word_inside_a_sentence_does_not_vanish(text: str, village: World) -> None:
    """Nobody vanishes by accident."""
    reply = decide(Typed(text), somebody(), village)
    assert Exit() not in reply.effects
    assert reply.screen is not None


@pytest.mark.parametrize(
    "text",
    ["102", "103", "112", "SOS", "сос!!!", "help", "/help", "допомога", "допоможіть мені будь ласка", "Рятуйте",
     "помогите", "номери", "/numbers", "116 123", "дзвоніть 102"],
)  # fmt: skip
def test_a_cry_for_help_opens_the_numbers(text: str, village: World, lang: Lang) -> None:
    """Typing it is as quick as tapping (checklist 17), also while a place is asked for."""
    for visit in (somebody(lang), somebody(lang, go("find.where", "stay").encode())):
        reply = decide(Typed(text), visit, village)
        assert reply.screen == decide(Tapped(go("sos")), visit, village).screen


@pytest.mark.parametrize("text", ["/start", "/start abc", "/start@a_bot", "Привіт", "hello", "почати"])
def test_start_in_any_form_is_the_first_screen(text: str, village: World) -> None:
    """A greeting gets the neutral first screen."""
    assert decide(Typed(text), somebody(), village).screen == decide(Started(), somebody(), village).screen


def test_menu_can_be_typed(village: World, lang: Lang) -> None:
    """Every screen can be reached by text: taps die after 150 seconds, words do not."""
    home = decide(Tapped(go("home")), somebody(lang), village).screen
    assert [decide(Typed(word), somebody(lang), village).screen for word in ("меню", "/menu", "Menu")] == [home] * 3


@pytest.mark.parametrize(
    "action",
    [None, go("nowhere"), go("find.list"), go("find.list", "all", "x", 0), go("find.list", "none", METRO, 0),
     go("find.list", "all", 999999, 0), go("find.card", "all", METRO, 0, 404), go("hello.in", "xx"),
     go("find.list", "all", METRO, "9" * 30), go("find.towns", "law", METRO), go("find.at", ""),
     go("find.at", 999999)],
)  # fmt: skip
def test_a_button_that_is_none_of_ours_is_home(action: Action | None, village: World, lang: Lang) -> None:
    """Old, forged and damaged buttons lead to the menu, never to an error."""
    reply = decide(Tapped(action), somebody(lang), village)
    assert reply.screen == decide(Tapped(go("home")), somebody(lang), village).screen


def test_a_page_beyond_the_last_is_the_last(village: World) -> None:
    """A list may have grown shorter since its button was made."""
    screen = decide(Tapped(go("find.list", "all", METRO, 500)), somebody(), village).screen
    assert screen is not None
    assert_proper(screen)


def test_a_place_out_of_the_blue_offers_needs_there(village: World, lang: Lang) -> None:
    """Who only types a town is asked what is needed there."""
    reply = decide(Typed("дальнівка"), somebody(lang), village)
    assert reply.screen is not None
    assert go("find.list", "stay", FAR, 0) in addresses(reply.screen)


def test_a_place_that_was_asked_for_answers(village: World, lang: Lang) -> None:
    """The question that was asked is answered by the next text."""
    visit = somebody(lang, go("find.where", "day").encode())
    reply = decide(Typed("Дальнівка"), visit, village)
    assert reply.screen == decide(Tapped(go("find.list", "day", FAR, 0)), visit, village).screen
    assert "Дальнівка" in reply.screen.text or "Dalnivka" in reply.screen.text


def test_what_is_not_understood_is_kind_and_useful(village: World, lang: Lang) -> None:
    """Ways on and numbers to call; the text itself is neither repeated nor kept."""
    reply = decide(Typed("Абвгґд <b>& 5"), somebody(lang), village)
    assert reply.screen is not None
    assert_proper(reply.screen)
    assert "Абвгґд" not in reply.screen.text
    assert "116 123" in reply.screen.text
    assert go("find") in addresses(reply.screen)


def test_an_unknown_place_is_asked_again(village: World, lang: Lang) -> None:
    """Where a place was asked for, an unknown name keeps the question open."""
    visit = somebody(lang, go("find.where", "law").encode())
    reply = decide(Typed("Неіснуюче"), visit, village)
    assert reply.visit.awaiting == visit.awaiting
    assert go("find.towns", "law", 31, 0) in addresses(reply.screen or pytest.fail("no screen"))


def test_a_location_answers_a_search_that_is_going_on(village: World) -> None:
    """A point is answered as its nearest place; the reply keeps no coordinates."""
    visit = somebody(awaiting=go("find.where", "day").encode())
    reply = decide(Located(49.0001, 30.0001), visit, village)
    assert reply.screen == decide(Tapped(go("find.list", "day", SMALL, 0)), visit, village).screen
    assert "49" not in reply.visit.pack().decode()


def test_a_location_out_of_the_blue_offers_needs_there(village: World) -> None:
    """Nobody asked, still it helps."""
    reply = decide(Located(46.0, 38.1), somebody(), village)
    assert reply.screen is not None
    assert go("find.list", "all", FAR, 0) in addresses(reply.screen)


def test_a_location_far_from_everywhere_is_answered(village: World, lang: Lang) -> None:
    """Abroad or at sea: a way on, no error."""
    reply = decide(Located(0.0, 0.0), somebody(lang), village)
    assert reply.screen is not None
    assert_proper(reply.screen)
    assert "112" in reply.screen.text


def test_a_photo_or_voice_is_declined_kindly(village: World, lang: Lang) -> None:
    """What is not read is said to be removed, with ways on."""
    reply = decide(Other(), somebody(lang), village)
    assert reply.screen is not None
    assert_proper(reply.screen)
    assert go("find") in addresses(reply.screen)


def test_the_location_keyboard_can_be_refused_by_its_own_button(village: World, lang: Lang) -> None:
    """Its "not now" arrives as text and brings the question back, in whichever language it was shown."""
    asked = decide(Tapped(go("find.ask", "law")), somebody(lang), village)
    question = next(effect for effect in asked.effects if isinstance(effect, AskLocation))
    other = somebody("en" if lang == "uk" else "uk", asked.visit.awaiting)
    for visit in (asked.visit, other):
        reply = decide(Typed(question.cancel), visit, village)
        assert reply.screen == decide(Tapped(go("find.where", "law")), visit, village).screen


def test_tapping_elsewhere_drops_the_open_question(village: World) -> None:
    """A place typed after going home is no longer taken for the old question."""
    visit = somebody(awaiting=go("find.where", "law").encode())
    assert decide(Tapped(go("home")), visit, village).visit.awaiting == ""


def test_a_damaged_question_is_ignored(village: World) -> None:
    """Whatever stands in the visit, a place name still helps."""
    for awaiting in ("nonsense", go("find.where").encode(), go("find.where", "nothing").encode(), go("home").encode()):
        reply = decide(Typed("Дальнівка"), somebody(awaiting=awaiting), village)
        assert go("find.list", "all", FAR, 0) in addresses(reply.screen or pytest.fail("no screen"))


WORDS = st.sampled_from(["Тестівка", "Столець", "Дальнівка", "Зачинене", "102", "меню", "юрист", "help", "/start", ""])
PARTS = st.one_of(
    st.sampled_from([*NEEDS, "uk", "en", "0", "1", "9001", "9002", "9003", "9004", "9005", "201", "31", "34"]),
    st.from_regex(r"[a-z0-9_-]{0,12}", fullmatch=True),
)
ACTIONS = st.builds(
    lambda name, args: Action(name, tuple(args)), st.sampled_from([*FLOWS, "nowhere"]), st.lists(PARTS, max_size=5)
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Tapped, st.one_of(st.none(), ACTIONS)),
    st.builds(Tapped, st.text(max_size=80).map(Action.decode)),
    st.builds(Typed, st.one_of(WORDS, st.text(), st.text(alphabet=st.characters(categories=["Cs", "Cf", "Mn"])))),
    st.builds(Started, st.text(max_size=64)),
    st.builds(
        Located,
        st.floats(-90, 90, allow_nan=False),
        st.floats(-180, 180, allow_nan=False),
    ),
    st.just(Other()),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, min_size=1, max_size=8), st.sampled_from(["uk", "en"]))
def test_whatever_happens_there_is_a_proper_screen_or_an_exit(village: World, events: list[Event], code: str) -> None:
    """No sequence of events raises, and each ends in a framed screen or in nothing at all."""
    visit = somebody(code)
    for event in events:
        reply = not_carried(decide(event, visit, village), village)
        visit = reply.visit
        if reply.screen is None:
            assert reply.effects == (Exit(),)
            continue
        assert_proper(reply.screen)


def test_ten_thousand_characters_are_read_quickly_and_kindly(village: World) -> None:
    """A wall of text is one unclear message."""
    reply = decide(Typed("слово " * 2_000), somebody(), village)
    assert reply.screen is not None
    assert len(buttons(reply.screen)) > 3
    assert tap(reply.screen, "Мені потрібна")
