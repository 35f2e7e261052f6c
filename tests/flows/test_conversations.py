"""What the fixed screens promise: welcome, home, emergency, relatives, privacy."""

from __future__ import annotations

import pytest

from db.visit import Lang
from flows.decide import decide
from flows.engine import Exit, Screen, Started, Tally, Tapped, World, go
from tests.flows.screens import addresses, assert_proper, buttons
from tests.flows.village import somebody


def shown(name: str, world: World, lang: Lang = "uk") -> Screen:
    """The screen of a conversation."""
    screen = decide(Tapped(go(name)), somebody(lang), world).screen
    assert screen is not None
    assert_proper(screen)
    return screen


def test_the_first_screen_is_neutral_in_both_languages(village: World, lang: Lang) -> None:
    """A greeting and the choice of language in both at once; nothing that says what this is for."""
    reply = decide(Started("poster"), somebody(lang), village)
    screen = reply.screen
    assert screen is not None
    assert_proper(screen)
    assert "Вітаємо" in screen.text
    assert "Hello" in screen.text
    assert [address.args for address in addresses(screen)[:2]] == [("uk",), ("en",)]
    assert reply.effects == (Tally("start"),)


@pytest.mark.parametrize("code", ["uk", "en"])
def test_the_language_can_be_changed_from_the_menu(code: str, village: World) -> None:
    """The menu comes back in the chosen language."""
    reply = decide(Tapped(go("lang.in", code)), somebody("en" if code == "uk" else "uk"), village)
    assert reply.visit.lang == code
    assert reply.screen == decide(Tapped(go("home")), somebody(code), village).screen


def test_home_leads_everywhere(village: World, lang: Lang) -> None:
    """Help, relatives, nearby, privacy, language, emergency: each one tap away."""
    screen = shown("home", village, lang)
    wanted = {go("find"), go("ally"), go("find.where", "all"), go("privacy"), go("lang"), go("sos"), go("exit")}
    assert wanted <= set(addresses(screen))


def test_exit_leaves_without_a_screen(village: World, lang: Lang) -> None:
    """No question, no farewell."""
    visit = somebody(lang, "1/find.where/law")
    reply = decide(Tapped(go("exit")), visit, village)
    assert (reply.visit, reply.screen, reply.effects) == (visit, None, (Exit(),))


def test_emergency_says_whom_to_call_and_that_nobody_was_called(village: World, lang: Lang) -> None:
    """All five numbers with what they do, as text and to copy; strangling means a doctor; the bot calls nobody."""
    screen = shown("sos", village, lang)
    for number in ("102", "103", "112", "116 123", "15-47"):
        assert f"<b>{number}</b>" in screen.text
    assert {button.copy for button in buttons(screen) if button.copy} == {"102", "103", "112", "116123", "1547"}
    assert ("нікому не телефонує" if lang == "uk" else "calls nobody") in screen.text
    assert ("горло" if lang == "uk" else "throat") in screen.text


def test_numbers_are_the_same_in_both_languages(village: World) -> None:
    """Phone numbers come from the directory, so the languages cannot differ (checklist 19)."""
    for name in ("sos", "sos.more", "ally", "ally.far", "privacy.exit"):
        uk, en = (shown(name, village, lang) for lang in ("uk", "en"))
        digits = [sorted(w.strip(".,:;") for w in s.text.split() if any(c.isdigit() for c in w)) for s in (uk, en)]
        assert digits[0] == digits[1]
        assert digits[0]


def test_a_text_to_112_may_bring_a_call_back(village: World, lang: Lang) -> None:
    """The silent way is not promised to be silent: a link or a call may follow, which can be dangerous."""
    text = shown("sos.more", village, lang).text
    said = ("відеорозмову", "дзвінок", "небезпечно") if lang == "uk" else ("video call", "call back", "dangerous")
    assert all(word in text for word in said)


def test_relatives_are_told_not_to_step_between(village: World, lang: Lang) -> None:
    """What to say, what not to, not to confront, and a line for them too (checklist 27)."""
    text, far = shown("ally", village, lang).text, shown("ally.far", village, lang).text
    assert ("Не ставайте між ними" if lang == "uk" else "don’t step between") in text
    assert ("Я тобі вірю" if lang == "uk" else "I believe you") in text
    assert "116 123" in far
    assert "0 800 500 225" in far


def test_privacy_says_what_is_kept_and_for_how_long(village: World, lang: Lang) -> None:
    """Telegram's part, ours with its times, who answers for it."""
    text = shown("privacy", village, lang).text
    for said in ("Telegram", "30", "48"):
        assert said in text
    assert ("організація" if lang == "uk" else "organisation") in text


def test_privacy_says_what_exit_cannot_do(village: World, lang: Lang) -> None:
    """Devices, notifications, screenshots, old messages, spying apps; no advice to remove one alone."""
    text = shown("privacy.exit", village, lang).text
    uk = ("сповіщення", "знімки екрана", "48", "пристроях", "стеження", "порадитеся")
    en = ("notifications", "screenshots", "48", "devices", "spying", "advice")
    assert all(said in text for said in (uk if lang == "uk" else en))


def test_privacy_teaches_to_delete_the_chat_and_warns_of_emptiness(village: World, lang: Lang) -> None:
    """The visitor's strongest clean-up, with its price (checklist 15)."""
    text = shown("privacy.chat", village, lang).text
    said = ("обох сторін", "порожнеча", "Автовидалення") if lang == "uk" else ("both sides", "emptiness", "Auto-delete")
    assert all(word in text for word in said)
