"""Choosing, changing and dropping an own word; what the screens say, and what they never say."""

from __future__ import annotations

import pytest

from db.visit import Lang, Visit
from flows.decide import decide
from flows.engine import DropWord, Exit, KeepWord, OwnWord, Reply, Screen, Tapped, Typed, World, go
from flows.own_word import form
from tests.flows.screens import assert_proper, tap
from tests.flows.village import somebody

MARK, OTHER = "a" * 32, "b" * 32


def shown(reply: Reply) -> Screen:
    """The screen, which is proper."""
    assert reply.screen is not None
    assert_proper(reply.screen)
    return reply.screen


def asked(world: World, lang: Lang) -> Visit:
    """Somebody who came from privacy to the question for a word, by the buttons."""
    t, visit = world.speak(lang), somebody(lang)
    privacy = shown(decide(Tapped(go("privacy")), visit, world))
    about = shown(decide(Tapped(tap(privacy, t.label("privacy.word_on"))), visit, world))
    reply = decide(Tapped(tap(about, t.label("word.choose"))), visit, world)
    shown(reply)
    return reply.visit


def test_a_word_typed_twice_is_kept(ukraine: World, lang: Lang) -> None:
    """As its mark only; neither screen shows it."""
    first = decide(Typed("Ромашка", MARK), asked(ukraine, lang), ukraine)
    assert first.effects == ()
    second = decide(Typed("ромашка!", MARK), first.visit, ukraine)
    assert KeepWord(MARK) in second.effects
    assert second.visit.awaiting == ""
    for reply in (first, second):
        assert "ромашка" not in shown(reply).text.casefold()


def test_two_different_words_are_none(ukraine: World, lang: Lang) -> None:
    """A slip in a word nobody shows would lock its owner out: it is asked for anew."""
    first = decide(Typed("ромашка", MARK), asked(ukraine, lang), ukraine)
    second = decide(Typed("ромашко", OTHER), first.visit, ukraine)
    assert second.effects == ()
    assert shown(second).text == str(ukraine.speak(lang)("word.other"))
    third = decide(Typed("волошка", OTHER), second.visit, ukraine)
    assert decide(Typed("волошка", OTHER), third.visit, ukraine).effects[0] == KeepWord(OTHER)


@pytest.mark.parametrize("text", ["кіт", "x" * 41, "чотири слова тут є", "😀😀😀😀", "…", "a b"])
def test_what_is_no_word_is_asked_for_again(text: str, ukraine: World, lang: Lang) -> None:
    """Too short, too long, too many, no letters."""
    assert form(text) == ""
    reply = decide(Typed(text, ""), asked(ukraine, lang), ukraine)
    assert shown(reply).text == str(ukraine.speak(lang)("word.unfit"))


@pytest.mark.parametrize("text", ["стежка", "маршрут", "Київ", "харків", "психолог", "хочу поговорити", "route"])
def test_a_word_that_means_something_is_refused(text: str, ukraine: World, lang: Lang) -> None:
    """It would hide when nobody wants that, or never be heard as a word."""
    reply = decide(Typed(text, MARK), asked(ukraine, lang), ukraine)
    assert reply.effects == ()
    assert shown(reply).text == str(ukraine.speak(lang)("word.taken"))


@pytest.mark.parametrize("text", ["вихід", "exit", "стоп"])
def test_an_exit_word_is_an_exit_while_a_word_is_asked_for(text: str, ukraine: World, lang: Lang) -> None:
    """Exits work at all times."""
    assert decide(Typed(text, MARK), asked(ukraine, lang), ukraine).effects == (Exit(),)


def test_a_cry_for_help_is_heard_while_a_word_is_asked_for(ukraine: World, lang: Lang) -> None:
    """The numbers come at once, and no word is kept."""
    reply = decide(Typed("допомога", MARK), asked(ukraine, lang), ukraine)
    assert "102" in shown(reply).text
    assert reply.visit.awaiting == ""


@pytest.mark.parametrize("awaiting", ["", "1/find.where/law", "1/word.ask", f"1/word.again/{MARK}"])
def test_the_own_word_hides_from_any_state(awaiting: str, ukraine: World, lang: Lang) -> None:
    """Without a screen and without a question (checklist 16)."""
    reply = decide(OwnWord(), somebody(lang, awaiting), ukraine)
    assert (reply.screen, reply.effects) == (None, (Exit(),))


def test_no_screen_tells_whether_there_is_a_word(ukraine: World, lang: Lang) -> None:
    """The same screens for who has one and who has none; dropping answers alike. A flow does not even know."""
    t, visit = ukraine.speak(lang), somebody(lang)
    about = shown(decide(Tapped(go("word")), visit, ukraine))
    reply = decide(Tapped(tap(about, t.label("word.drop_on"))), visit, ukraine)
    assert reply.effects == (DropWord(),)
    assert shown(reply).text == str(t("word.dropped"))


def test_privacy_says_what_is_kept_of_it(ukraine: World, lang: Lang) -> None:
    """A code, until it is dropped or for ninety days; what happens when it is forgotten; what opens without it."""
    privacy = shown(decide(Tapped(go("privacy")), somebody(lang), ukraine)).text
    about = shown(decide(Tapped(go("word")), somebody(lang), ukraine)).text
    for text in (privacy, about):
        assert "90" in text
        assert ("код" if lang == "uk" else "code") in text
    for said in ("102", "112", "забудеться" if lang == "uk" else "forgotten", "п’ять" if lang == "uk" else "five"):
        assert said in about


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Ромашка", "ромашка"), (" РОМАШКА!! ", "ромашка"), ("ро\u00adмаш\u200bка", "ромашка"),
     ("синя  ромашка", "синя ромашка"), ("ｄａｉｓｙ", "daisy"), ("", ""), ("/ромашка", "ромашка")],
)  # fmt: skip
def test_a_word_is_the_same_however_it_is_typed(text: str, wanted: str) -> None:
    """Capitals, spaces, signs around it and invisible marks make no difference."""
    assert form(text) == wanted
