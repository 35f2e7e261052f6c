"""Something serious may have been written: what is shown, from any state, in both languages."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from db.directory.directory import Directory
from db.visit import Lang
from flows.decide import decide
from flows.engine import Screen, Tally, Tapped, Typed, World, go
from flows.find.needs import NEEDS
from flows.meant import NEED_FOR
from flows.understand.intent import CAUSES
from tests.flows.screens import addresses, assert_proper, buttons, tap
from tests.flows.village import FAR, METRO, SERVICES, SMALL, somebody

SAID = {
    "now": ("чоловік мене б'є", "he hits me"),
    "weapon": ("у нього ніж", "he has a gun"),
    "choking": ("схопив за горло", "he choked me"),
    "threat": ("каже що вб'є мене", "he threatened to kill me"),
    "rape": ("мене зґвалтували", "he raped me"),
    "locked": ("не випускає мене з дому", "he locked me in"),
    "child": ("вітчим б'є дитину", "he beats my kids"),
    "suicide": ("не хочу жити", "i see no way out"),
}
# What must stand on the screen: numbers that fit, and a sentence that is the cause's own.
NUMBERS = {
    "now": ("102", "103"), "weapon": ("102",), "choking": ("103", "102"), "threat": ("102",),
    "rape": ("116 123", "103", "102"), "locked": ("102", "112"), "child": ("102", "116 111"),
    "suicide": ("7333", "103"),
}  # fmt: skip
OWN = {
    "choking": ("слідів", "marks"),
    "rape": ("трьох діб", "three days"),
    "locked": ("зважити", "considering"),
    "child": ("згоди", "consent"),
    "weapon": ("Зброя", "weapon"),
    "threat": ("законом", "law"),
    "suicide": ("на самоті", "alone"),
    "now": ("знову", "again"),
}


def shown(text: str, world: World, lang: Lang, awaiting: str = "") -> Screen:
    """The screen a text brings."""
    screen = decide(Typed(text), somebody(lang, awaiting), world).screen
    assert screen is not None
    return screen


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_has_its_screen(cause: str, village: World, lang: Lang) -> None:
    """In either language of the text: acknowledged, the numbers that fit, somebody to talk to, and a way out of it."""
    screens = {decide(Typed(text), somebody(lang), village).screen for text in SAID[cause]}
    assert screens == {decide(Tapped(go("danger", cause, "none", 0)), somebody(lang), village).screen}
    (screen,) = screens
    assert screen is not None
    assert_proper(screen)
    assert all(number in screen.text for number in (*NUMBERS[cause], OWN[cause][lang == "en"], "116 123"))
    assert {go("talk"), go("danger.not"), go("sos")} <= set(addresses(screen))


def test_the_first_number_to_copy_is_the_one_that_fits(village: World, lang: Lang) -> None:
    """Police for violence, the doctor for a throat, the line for who cannot live."""
    first = {cause: buttons(shown(SAID[cause][0], village, lang))[0].copy for cause in CAUSES}
    assert {first[cause] for cause in ("now", "weapon", "threat", "locked", "child")} == {"102"}
    assert (first["choking"], first["suicide"], first["rape"]) == ("103", "7333", "116123")


@pytest.mark.parametrize(
    "awaiting", ["", go("find.where", "law").encode(), go("find.where", "all").encode(), "nonsense"]
)
def test_danger_is_heard_from_any_state(awaiting: str, village: World, lang: Lang) -> None:
    """Also while a place is asked for; the question is dropped, and offered again by "it's not about that"."""
    reply = decide(Typed("він душить мене"), somebody(lang, awaiting), village)
    assert Tally("danger", "choking") in reply.effects
    assert reply.visit.awaiting == ""
    waved = tap(reply.screen or pytest.fail("no screen"), "Це не про те" if lang == "uk" else "It’s not about that")
    assert waved == {"law": go("find.where", "law"), "all": go("find.where", "all")}.get(
        awaiting[-3:], go("danger.not")
    )


def test_a_false_alarm_is_waved_away_in_one_tap(village: World, lang: Lang) -> None:
    """To the place the text named, with the need that was asked for, or else to all ways on."""
    label = "Це не про те" if lang == "uk" else "It’s not about that"
    here = shown("він б'є мене, я у Дальнівці", village, lang)
    assert tap(here, label) == go("find.at", FAR)
    asked = shown("він б'є мене, я у Дальнівці", village, lang, go("find.where", "law").encode())
    assert tap(asked, label) == go("find.list", "law", FAR, 0)
    ways = decide(Tapped(go("danger.not")), somebody(lang), village).screen
    assert ways is not None
    assert_proper(ways)
    assert {go("find"), go("ally"), go("talk")} <= set(addresses(ways))


@pytest.mark.parametrize(
    "address",
    [("nothing", "none", 0), ("now", "nothing", 0), ("now", "none", "x"), ("now", "none", 999_999), ("now",), ()],
)
def test_a_forged_address_is_home(address: tuple[object, ...], village: World) -> None:
    """No error, whatever stands in an old button."""
    home = decide(Tapped(go("home")), somebody(), village).screen
    assert decide(Tapped(go("danger", *address)), somebody(), village).screen == home


def test_a_directory_without_a_line_still_shows_the_numbers(village: World, lang: Lang) -> None:
    """The emergency card comes when the line for this cause is not known."""
    world = replace(village, directory=Directory(one for one in SERVICES if one.slug != "ua-lifeline-7333"))
    assert shown("не хочу жити", world, lang) == decide(Tapped(go("sos")), somebody(lang), world).screen


def test_a_cry_goes_first_and_a_plea_for_something_is_answered(village: World, lang: Lang) -> None:
    """ "Рятуйте" brings all numbers; "допоможіть знайти юриста" brings the lawyer; a bare plea brings numbers."""
    numbers = decide(Tapped(go("sos")), somebody(lang), village).screen
    assert shown("рятуйте він мене б'є", village, lang) == numbers
    assert shown("допоможіть мені, прошу вас", village, lang) == numbers
    lawyer = decide(Typed("допоможіть знайти юриста"), somebody(lang), village)
    assert lawyer.visit.awaiting == go("find.where", "law").encode()


# --- and everything else a text may mean ------------------------------------------------------------------


def test_a_service_by_name_asks_where_or_goes_there(village: World, lang: Lang) -> None:
    """ "Юрист" asks for the place; with a place in the text the list comes at once."""
    asked = decide(Typed("потрібен юрист"), somebody(lang), village)
    assert asked.visit.awaiting == go("find.where", "law").encode()
    there = shown("потрібен юрист у Дальнівці", village, lang)
    assert there == decide(Tapped(go("find.list", "law", FAR, 0)), somebody(lang), village).screen


def test_every_kind_has_its_need() -> None:
    """Whatever kind is understood, there is a need that shows it (help for who hurts others among them)."""
    assert set(NEED_FOR.values()) <= set(NEEDS)
    assert [kind for kind, code in NEED_FOR.items() if kind not in NEEDS[code].kinds] == []


def test_a_person_is_a_line_that_answers_now(village: World, lang: Lang) -> None:
    """Whoever wants to talk gets lines, in words and to copy."""
    screen = shown("хочу поговорити з людиною", village, lang)
    assert_proper(screen)
    assert screen == decide(Tapped(go("talk")), somebody(lang), village).screen
    assert {"116123", "1547", "7333", "116111"} <= {button.copy for button in buttons(screen)}


def test_a_relative_and_a_greeting_find_their_conversations(village: World, lang: Lang) -> None:
    """Advice for who worries; the menu for a good evening; both drop an open question."""
    awaiting = go("find.where", "law").encode()
    ally = decide(Typed("як допомогти подрузі"), somebody(lang, awaiting), village)
    assert ally.screen == decide(Tapped(go("ally")), somebody(lang), village).screen
    assert ally.visit.awaiting == ""
    assert shown("добрий вечір", village, lang) == decide(Tapped(go("home")), somebody(lang), village).screen


def test_a_place_that_was_asked_for_wins_over_all_but_danger(village: World, lang: Lang) -> None:
    """While a place is asked for, a text with a place answers that, whatever service it names."""
    awaiting = go("find.where", "day").encode()
    screen = shown("психолог у Дальнівці", village, lang, awaiting)
    assert screen == decide(Tapped(go("find.list", "day", FAR, 0)), somebody(lang), village).screen
    assert shown("він б'є мене у Дальнівці", village, lang, awaiting) != screen


def test_namesakes_of_a_named_place_are_told_apart(village: World, lang: Lang) -> None:
    """A service with a name that several places bear asks which one."""
    screen = shown("юрист, Тестівка", village, lang)
    assert go("find.list", "law", SMALL, 0) in addresses(screen)
    assert shown("юрист, Столець", village, lang) == (
        decide(Tapped(go("find.list", "law", METRO, 0)), somebody(lang), village).screen
    )


# --- nothing typed is kept --------------------------------------------------------------------------------

MARKER = "Зразкомаркер"
TEXTS = (
    "{m} він мене б'є", "не хочу жити {m}", "{m}", "потрібен юрист {m}", "хочу поговорити {m}",
    "як допомогти подрузі {m}", "привіт {m}", "вихід {m}", "Тестівка {m}", "допоможіть {m}", "102 {m}",
    "{m} у Дальнівці",
)  # fmt: skip


def test_typed_text_reaches_nothing(village: World, lang: Lang, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the next visit, a screen, a button's address, an effect nor a log line holds what was typed."""
    caplog.set_level(logging.DEBUG)
    for awaiting in ("", go("find.where", "law").encode()):
        for text in TEXTS:
            reply = decide(Typed(text.format(m=MARKER)), somebody(lang, awaiting), village)
            left = f"{reply.visit} {reply.screen} {reply.effects} {reply.visit.pack().decode()}"
            assert MARKER.casefold() not in left.casefold(), text
    assert MARKER.casefold() not in caplog.text.casefold()


class _Broken:
    """A directory nobody can read."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(f"broken: {name}")


def test_typed_text_is_in_no_exception(village: World) -> None:
    """When a flow fails, its exception, notes and causes hold no word of the visitor."""
    world = replace(village, directory=_Broken())  # type: ignore[arg-type]
    failed = 0
    for text in TEXTS:
        try:
            decide(Typed(text.format(m=MARKER)), somebody(), world)
        except Exception as fault:
            failed += 1
            told = f"{fault!r} {fault.__cause__!r} {fault.__context__!r} {getattr(fault, '__notes__', '')}"
            assert MARKER not in told
    assert failed > 3
