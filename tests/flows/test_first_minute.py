"""The first minute: how to vanish and what that cannot do is told once, before anything else is shown."""

from __future__ import annotations

import pytest

from db.visit import Lang, Visit
from flows.decide import FLOWS, decide
from flows.engine import EXIT, HOME, Action, Event, Exit, Located, Screen, Started, Tapped, Typed, World, go
from flows.welcome import OPEN
from tests.flows.screens import addresses, assert_proper, tap
from tests.flows.village import FAR, somebody


def stranger(lang: Lang) -> Visit:
    """Somebody who has just come."""
    return somebody(lang).but(taught=False)


def told(screen: Screen | None, world: World, lang: Lang) -> bool:
    """Whether this is the card of the first minute."""
    return screen is not None and screen.text == str(world.speak(lang)("hello.before"))


def test_it_says_how_to_vanish_and_what_that_cannot_do(village: World, lang: Lang) -> None:
    """The button, the word, the way back; devices, notifications, widgets, screenshots, age, spying (checklist 14)."""
    screen = decide(Tapped(go("hello.in", lang)), stranger(lang), village).screen
    assert screen is not None
    assert_proper(screen)
    uk = ("«вихід»", "/start", "сповіщення", "віджети", "знімки екрана", "48", "інших пристроях", "стежить", "безпечно")
    en = ("“exit”", "/start", "notifications", "widgets", "screenshots", "48", "other devices", "watches", "safe")
    for said in uk if lang == "uk" else en:
        assert said in screen.text


def test_it_asks_whether_it_is_safe_to_read(village: World, lang: Lang) -> None:
    """Yes leads on, no is an exit at once, not sure leads to another device."""
    t = village.speak(lang)
    screen = decide(Tapped(go("hello.in", lang)), stranger(lang), village).screen
    assert screen is not None
    assert tap(screen, t.label("hello.on")) == HOME
    assert tap(screen, t.label("hello.hide")) == EXIT
    assert tap(screen, t.label("hello.unsure")) == go("phone.about", "device")
    assert decide(Tapped(EXIT), stranger(lang), village).effects == (Exit(),)


@pytest.mark.parametrize("name", sorted(set(FLOWS) - OPEN - {"hello.again"}))
def test_it_goes_before_every_other_screen(name: str, village: World, lang: Lang) -> None:
    """Wherever a visit begins, and "yes" leads to what was wanted."""
    reply = decide(Tapped(go(name)), stranger(lang), village)
    assert told(reply.screen, village, lang)
    assert reply.visit.taught
    assert reply.screen is not None
    assert addresses(reply.screen)[0] == go(name)


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        (Typed("Дальнівка"), go("find.at", FAR)),
        (Typed("мені потрібен юрист"), go("find.where", "law")),
        (Typed("хочу поговорити з кимось"), go("talk")),
        (Typed("щось незрозуміле геть"), HOME),
        (Typed("menu"), HOME),
        (Tapped(None), HOME),
        (Tapped(go("no.such")), HOME),
        (Located(46.0, 38.1), go("find.at", FAR)),
    ],
)
def test_it_goes_before_the_answer_to_a_text(event: Event, wanted: Action, village: World, lang: Lang) -> None:
    """What was typed is not lost: "yes" leads there."""
    reply = decide(event, stranger(lang), village)
    assert told(reply.screen, village, lang)
    assert reply.screen is not None
    assert addresses(reply.screen)[0] == wanted


@pytest.mark.parametrize("event", [Typed("допомога"), Typed("102"), Tapped(go("sos")), Typed("він мене душить")])
def test_who_is_in_danger_does_not_wait_for_it(event: Event, village: World, lang: Lang) -> None:
    """The numbers and what answers a danger come at once (checklist 17)."""
    reply = decide(event, stranger(lang), village)
    assert reply.screen is not None
    assert "103" in reply.screen.text
    assert not reply.visit.taught


def test_it_is_shown_once_in_a_visit(village: World, lang: Lang) -> None:
    """Not after /start again, not after another choice of language; from privacy whenever it is wanted."""
    visit = decide(Tapped(go("hello.in", lang)), stranger(lang), village).visit
    for event in (Tapped(HOME), Tapped(go("hello.in", lang)), Typed("Дальнівка"), Tapped(go("find"))):
        assert not told(decide(event, visit, village).screen, village, lang)
    first = decide(Started(), visit, village)
    assert first.screen is not None
    chosen = decide(Tapped(addresses(first.screen)[0]), first.visit, village)
    assert not told(chosen.screen, village, chosen.visit.lang)
    privacy = decide(Tapped(go("privacy")), visit, village).screen
    assert privacy is not None
    again = tap(privacy, village.speak(lang).label("privacy.before_on"))
    assert told(decide(Tapped(again), visit, village).screen, village, lang)
