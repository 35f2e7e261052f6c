"""Every screen that can be reached by tapping is a proper one."""

from __future__ import annotations

from collections import Counter, deque

import pytest

from db.visit import LANGS, Lang
from flows.decide import decide
from flows.engine import Action, Exit, Screen, Tapped, World, go
from flows.understand.intent import CAUSES
from tests.flows.screens import addresses, assert_proper
from tests.flows.village import somebody, without_a_desk

EACH_AT_MOST = 120  # of one kind of screen in the real world, whose places are five thousand


def walk(world: World, lang: Lang, *, each_at_most: int) -> dict[Action, Screen]:
    """The screens reached from the menu, the first screen and what a typed text may open, breadth first."""
    doors = [go("home"), go("hello"), *(go("danger", cause, "none", 0) for cause in CAUSES)]
    waiting, known = deque(doors), set(doors)
    met: Counter[str] = Counter()
    seen: dict[Action, Screen] = {}
    while waiting:
        action = waiting.popleft()
        met[action.name] += 1
        if met[action.name] > each_at_most:
            continue
        reply = decide(Tapped(action), somebody(lang), world)
        if reply.screen is None:
            assert reply.effects == (Exit(),)
            continue
        assert_proper(reply.screen)
        seen[action] = reply.screen
        fresh = [address for address in addresses(reply.screen) if address not in known]
        known.update(fresh)
        waiting.extend(fresh)
    return seen


@pytest.fixture(scope="module")
def walked(village: World) -> dict[Lang, dict[Action, Screen]]:
    """All of the small world, in each language; every screen that was met is a proper one."""
    return {lang: walk(village, lang, each_at_most=5_000) for lang in LANGS}


@pytest.mark.untraced
def test_every_screen_of_the_village_is_proper(walked: dict[Lang, dict[Action, Screen]], lang: Lang) -> None:
    """Whatever is tapped in the small world, the screen is framed, short, neutral and whole."""
    seen = walked[lang]
    assert {action.name for action in seen} == without_a_desk() - {"exit"}
    assert len(seen) > 200


@pytest.mark.untraced
def test_every_kind_of_screen_of_ukraine_is_proper(ukraine: World, lang: Lang) -> None:
    """The same with the real directory and gazetteer, a part of each kind of screen."""
    seen = walk(ukraine, lang, each_at_most=EACH_AT_MOST)
    assert {action.name for action in seen} >= without_a_desk() - {"exit", "find.way"}


@pytest.mark.untraced
def test_every_real_service_has_proper_screens(ukraine: World, lang: Lang) -> None:
    """No row of the directory is too long, unescaped or telling at its first line."""
    for service in ukraine.directory.services:
        for name in ("find.card", "find.way", "find.pass"):
            reply = decide(Tapped(go(name, "all", 703448, 0, service.num)), somebody(lang), ukraine)
            assert reply.screen is not None
            assert_proper(reply.screen)


@pytest.mark.untraced
def test_both_languages_offer_the_same_taps(walked: dict[Lang, dict[Action, Screen]]) -> None:
    """What can be tapped does not depend on the language."""
    uk, en = walked["uk"], walked["en"]
    assert uk.keys() == en.keys()
    assert all(addresses(uk[action]) == addresses(en[action]) for action in uk)
