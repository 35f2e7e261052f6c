"""Every screen on the way to a human and in a case is a proper one, in both languages."""

from __future__ import annotations

from collections import Counter, deque
from html import unescape
from typing import Any

import pytest

from db.visit import Lang, Visit
from flows.acts import ACTS, Carried, CaseWord, ComeBack, Leave, OpenCase, Relay, RelayMedia
from flows.decide import FLOWS, decide
from flows.discretion import first_line_is_neutral
from flows.engine import EMERGENCY, EXIT, Action, Event, Exit, Other, Reply, Screen, Tapped, Typed, World, go
from tests.flows.desk.people import CASE, STATES, TELLING, a_case, some_lines, with_desks
from tests.flows.screens import addresses, assert_balanced, assert_framed, assert_proper
from tests.flows.village import somebody

LONGEST = 4096  # Telegram, after the entities are read
TALK = {name for name in FLOWS if name.startswith("talk")}
A_FEW = 30  # of a kind of screen, where another test has looked at all of them


def assert_conversation(screen: Screen) -> None:
    """The screen of a case may be longer than others, and no preview shows a word of it."""
    assert_framed(screen)
    assert_balanced(screen.text)
    assert len(unescape(screen.text)) <= LONGEST
    assert first_line_is_neutral(screen.text), screen.text
    assert "quiet-note" not in screen.text
    for action in addresses(screen):
        assert Action.decode(action.encode()) == action


def answered(event: Event, visit: Visit, world: World) -> tuple[Reply, list[object]]:
    """The reply, as it is after its acts were carried out; and those acts."""
    reply = decide(event, visit, world)
    acts = [effect for effect in reply.effects if isinstance(effect, ACTS)]
    for act in acts:
        reply = decide(Carried(act), reply.visit, world)  # type: ignore[arg-type]  # they are acts
    return reply, list(acts)


def in_case(lang: Lang) -> Visit:
    """A visit that takes part in the case."""
    return somebody(lang).but(case=CASE)


def walk(world: World, visit: Visit, *, each_at_most: int = 10_000) -> tuple[dict[Action, Screen], list[object]]:
    """The screens of talking that can be reached by tapping, and what they ask of the desk."""
    waiting, seen = deque([go("talk"), go("talk.case"), go("talk.back")]), {}
    asked: list[object] = []
    known, met = set(waiting), Counter[str]()
    while waiting:
        action = waiting.popleft()
        met[action.name] += 1
        if met[action.name] > each_at_most:
            continue
        reply, acts = answered(Tapped(action), visit, world)
        asked += acts
        if reply.screen is None:
            assert any(isinstance(effect, Exit) for effect in reply.effects)
            continue
        seen[action] = reply.screen
        fresh = [one for one in addresses(reply.screen) if one not in known and one.name in TALK]
        known.update(fresh)
        waiting.extend(fresh)
    return seen, asked


def test_every_screen_on_the_way_is_proper(village: World, lang: Lang) -> None:
    """All of consent, safety, the questions, hours and details, with somebody on duty and with nobody."""
    seen: set[str] = set()
    for on_duty in (0, 1):
        screens, acts = walk(with_desks(village, on_duty=on_duty), somebody(lang))
        for screen in screens.values():
            assert_proper(screen)
        seen |= {action.name for action in screens}
        asked = {(act.kind, bool(act.keep)) for act in acts if isinstance(act, OpenCase)}
        assert asked == {("chat", on_duty == 0)}
    inside = {"talk.case", "talk.word", "talk.leave", "talk.left", "talk.earlier"}
    assert seen >= TALK - inside


def test_consent_tells_all_and_is_asked_first(village: World, lang: Lang) -> None:
    """Who answers, what is kept, how long, what silence does, that this is no emergency line, when confidentiality
    ends; without a yes to it nothing is asked, and going back costs nothing (checklist 43, 50, 56)."""
    world = with_desks(village)
    screen = decide(Tapped(go("talk.ask")), somebody(lang), world).screen
    assert screen is not None
    words = {
        "uk": ("40", "102", "дит", "житт", "зникають", "до години"),
        "en": ("40", "102", "child", "life", "vanish", "an hour"),
    }
    assert [word for word in words[lang] if word not in screen.text.casefold()] == []
    assert world.speak(lang).label("talk.who_answers") in screen.text  # who answers
    assert go("talk") in addresses(screen)
    reached = {action.name for action in addresses(screen)}
    assert "talk.send" not in reached
    assert "talk.safe" in reached


def test_is_it_safe_comes_before_everything(village: World, lang: Lang) -> None:
    """For a chat, a call and a team alike; no is an exit (checklist 45)."""
    world = with_desks(village)
    consent = decide(Tapped(go("talk.ask")), somebody(lang), world).screen
    assert consent is not None
    kinds = [action for action in addresses(consent) if action.name == "talk.safe"]
    assert [action.args for action in kinds] == [("chat",), ("callback",), ("team",)]
    for action in kinds:
        screen = decide(Tapped(action), somebody(lang), world).screen
        assert screen is not None
        no = world.speak(lang).label("talk.safe.no")
        assert [button.action for row in screen.rows for button in row if button.label == no] == [EXIT]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("changes", [{}, {"kind": "callback"}, {"kind": "team"}, {"visitor": "faded"}], ids=str)
def test_every_screen_of_a_case_is_proper(village: World, lang: Lang, state: str, changes: dict[str, Any]) -> None:
    """In every state, with more and more telling words than one screen holds: no preview shows one of them, and each
    word is on some page."""
    lines = some_lines(village.now, 14)
    world = with_desks(village, case=a_case(village.now, state, **changes), lines=lines)
    screens, _ = walk(world, in_case(lang), each_at_most=A_FEW)
    for screen in screens.values():
        if "{name}" in screen.text:  # it shows the words
            assert_conversation(screen)
        else:
            assert_proper(screen)
    assert {"talk.case", "talk.earlier", "talk.leave", "talk.word"} <= {action.name for action in screens}
    read = "".join(
        unescape(screen.text) for action, screen in screens.items() if action.name in ("talk.case", "talk.earlier")
    )
    assert read.count(TELLING) == sum(line.side in ("visitor", "operator") for line in lines)


def test_a_waiting_visitor_is_told_honestly(village: World, lang: Lang) -> None:
    """How many go before, what waiting is usual, the lines that answer now, and how to leave (checklist 47)."""
    world = with_desks(village, case=a_case(village.now))
    reply, _ = answered(Tapped(go("talk.case")), in_case(lang), world)
    assert reply.screen is not None
    for told in ("2", "12", "102", "116 123"):
        assert told in reply.screen.text, told
    assert {go("talk.leave"), EXIT, EMERGENCY} <= set(addresses(reply.screen))


def test_what_is_typed_in_a_case_is_relayed_whatever_it_says(village: World, lang: Lang) -> None:
    """Words, commands, places and cries: to the operator, the last hurried; only an exit word is an exit."""
    world = with_desks(village, case=a_case(village.now, "taken"))
    for text in ("привіт", "Столець", "меню", "/help", "мене вбивають", "Допоможіть!", "  "):
        _, acts = answered(Typed(text), in_case(lang), world)
        assert [act.text for act in acts if isinstance(act, Relay)] == [text]
    urgent = answered(Typed("він мене вб'є"), in_case(lang), world)[1]
    assert [act.urgent for act in urgent if isinstance(act, Relay)] == [True]
    left = decide(Typed("вихід"), in_case(lang), world)
    assert any(isinstance(effect, Exit) for effect in left.effects)


def test_only_photos_and_voice_pass_and_only_an_open_door(village: World, lang: Lang) -> None:
    """Everything else is declined kindly."""
    for media, door, passes in ((True, True, True), (True, False, False), (False, True, False)):
        world = with_desks(village, case=a_case(village.now, "taken", media=door))
        reply, acts = answered(Other(media), in_case(lang), world)
        assert acts == ([RelayMedia()] if passes else [])
        assert reply.screen is not None


def test_outcomes_read_the_same_for_strangers(village: World, lang: Lang) -> None:
    """A wrong word, no word and no case are not told apart; every outcome has a proper screen."""
    world = with_desks(village)
    visit = somebody(lang)
    wrong = decide(Carried(ComeBack("x"), done=False), visit, world).screen
    assert wrong is not None
    assert_proper(wrong)
    for act in (Leave(), OpenCase("chat", "self", 1, "mind", 1), CaseWord("x")):
        reply = decide(Carried(act, done=False), visit, world)
        assert reply.screen is not None
        assert_proper(reply.screen)
        assert not reply.visit.case
