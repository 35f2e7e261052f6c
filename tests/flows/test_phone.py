"""Phone safety: each thing on a screen of its own, another device first, and the price of each change said."""

from __future__ import annotations

import pytest

from db.visit import Lang
from flows.decide import decide
from flows.engine import Screen, Tapped, World, go
from flows.phone import TOPICS
from tests.flows.screens import addresses, assert_proper
from tests.flows.village import somebody

# What each must name and what each must warn of (content.md 3.9 to 3.27; checklist 15 and 25).
SAID = {
    "device": (("бібліотеці", "акаунта"), ("library", "account")),
    "sessions": (("Пристрої", "помітять"), ("Devices", "noticed")),
    "timer": (("після ввімкнення", "зважте"), ("after it is switched on", "consider")),
    "chat": (("для обох сторін", "порожнеча"), ("both sides", "emptiness")),
    "widgets": (("віджет", "помітним"), ("widget", "noticed")),
    "contacts": (("синхронізацію", "дізнатися"), ("sync", "learn of it")),
    "translate": (("google",), ("google",)),
    "calls": (("списку викликів", "менш помітно"), ("call list", "less noticeable")),
    "clipboard": (("клавіатури",), ("keyboards",)),
    "spying": (("поки не порадитеся", "помітити"), ("before getting advice", "noticed", "another device")),
}


def screen(name: str, world: World, lang: Lang, *args: str) -> Screen:
    """A proper screen."""
    found = decide(Tapped(go(name, *args)), somebody(lang), world).screen
    assert found is not None
    assert_proper(found)
    return found


def test_it_begins_with_the_warning_and_another_device(ukraine: World, lang: Lang) -> None:
    """That sudden changes can be noticed comes before any step; "another device" is the first button."""
    found = screen("phone", ukraine, lang)
    assert ("раптові зміни можуть помітити" if lang == "uk" else "sudden changes can be noticed") in found.text
    assert ("можуть трохи відрізнятися" if lang == "uk" else "may differ") in found.text
    assert addresses(found)[0] == go("phone.about", "device")
    assert [action.args[0] for action in addresses(found) if action.name == "phone.about"] == list(TOPICS)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_each_topic_says_what_to_do_and_what_it_may_cost(topic: str, ukraine: World, lang: Lang) -> None:
    """The named things are there, in both languages."""
    assert SAID.keys() == TOPICS.keys()
    text = screen("phone.about", ukraine, lang, topic).text.casefold()
    for said in SAID[topic][lang == "en"]:
        assert said.casefold() in text
