"""Every screen of an operator is a proper one, for every role, and every command is for exactly its roles."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from db.desk.naming import PRACTICE
from db.desk.staff import ROLES, Role
from db.visit import Lang, Visit
from flows.acts import ACTS, Carried, Close, Flag, HandOver, Invite, Noted, OperatorAct, Take, TakeBack
from flows.desk.decide import FLOWS, decide
from flows.desk.frame import heading
from flows.desk.known import Bench
from flows.desk.notices import board, card, taken
from flows.desk.pings import ping
from flows.desk.roles import COMMANDS, EVERYBODY, OPERATOR, SUPERVISOR
from flows.discretion import first_line_is_neutral
from flows.engine import EXIT, Action, Exit, Reply, Screen, Tapped, Typed, World, go
from tests.flows.desk.people import CASE, a_bench, a_case, an_operator, with_desks
from tests.flows.screens import addresses, assert_balanced, buttons, keys
from tests.flows.village import somebody

LONGEST = 4096  # Telegram, after the entities are read
EACH_AT_MOST = 40  # closing alone has ten questions


def assert_desk(screen: Screen, lang: Lang) -> None:
    """The last row is Back · Board · Quick exit; neutral, balanced, short enough for Telegram, whole."""
    assert [button.action for button in screen.rows[-1]][1:] == [go("desk"), EXIT]
    assert_notice(screen, lang)


def assert_notice(screen: Screen, lang: Lang) -> None:
    """The same without a frame."""
    assert_balanced(screen.text)
    assert 0 < len(unescape(screen.text)) <= LONGEST
    assert first_line_is_neutral(screen.text), screen.text
    for button in buttons(screen):
        assert any(sign.isalnum() for sign in button.label)
        assert len(button.label) <= 64
        if button.action:
            assert Action.decode(button.action.encode()) == button.action
    told = screen.text + "|".join(button.label for button in buttons(screen))
    assert not [key for key in keys(lang) if "." in key and key in told]


def answered(event: Any, visit: Visit, world: World, bench: Bench) -> Reply:
    """The reply, as it is after its acts were carried out."""
    reply = decide(event, visit, world, bench)
    for act in [effect for effect in reply.effects if isinstance(effect, ACTS)]:
        done = Carried(act, code="🌵 Kaktus" if not isinstance(act, Invite) else "abcde-fghij", who="Ірина")
        after = decide(done, reply.visit, world, bench)
        reply = replace(after, screen=after.screen or reply.screen)
    return reply


def walk(world: World, bench: Bench, lang: Lang) -> dict[Action, Screen]:
    """Every screen that can be reached by tapping and by commands."""
    waiting = deque([go("desk"), *(command.action for command in COMMANDS)])
    known, met, seen = set(waiting), dict.fromkeys(FLOWS, 0), {}
    while waiting:
        action = waiting.popleft()
        met[action.name] += 1
        if met[action.name] > EACH_AT_MOST:
            continue
        reply = answered(Tapped(action), somebody(lang), world, bench)
        if reply.screen is None:
            assert any(isinstance(effect, Exit) for effect in reply.effects)
            continue
        seen[action] = reply.screen
        fresh = [one for one in addresses(reply.screen) if one not in known and one.name in FLOWS]
        known.update(fresh)
        waiting.extend(fresh)
    return seen


def benches(world: World, role: Role) -> list[Bench]:
    """One with nothing in hand, one with each kind and state of case."""
    changes: list[dict[str, Any]] = [
        {}, {"kind": "callback"}, {"kind": "team", "region": 0}, {"visitor": "faded"}, {"visitor": "left"},
        {"visitor": "blocked"}, {"flagged": True, "urgency": 0}, {"media": True, "proved": True, "lang": "en"},
    ]  # fmt: skip
    cases = [a_case(world.now, "taken", **one) for one in changes]
    return [a_bench(world.now, role), *(a_bench(world.now, role, active=case) for case in cases)]


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_is_proper(village: World, lang: Lang, role: Role) -> None:
    """Whatever an operator, a supervisor or a coordinator can reach, with nothing and with every kind of case."""
    world = replace(with_desks(village), practice=True)
    seen: set[str] = set()
    for bench in benches(world, role):
        screens = walk(world, bench, lang)
        for screen in screens.values():
            assert_desk(screen, lang)
        seen |= {action.name for action in screens}
    if role == "supervisor":
        assert seen == set(FLOWS)


def test_the_cases_name_heads_every_screen_of_a_case(village: World, lang: Lang) -> None:
    """Reading, writing, closing, handing over: it is always said which case one is in."""
    world = with_desks(village)
    bench = a_bench(world.now, active=a_case(world.now, "taken"))
    assert bench.active is not None
    of_the_case = (
        "desk.case", "desk.earlier", "desk.close", "desk.hand", "desk.hand.to", "desk.media", "desk.replies",
        "desk.reply", "desk.steps", "desk.service",
    )  # fmt: skip
    screens = {action: screen for action, screen in walk(world, bench, lang).items() if action.name in of_the_case}
    assert {action.name for action in screens} == set(of_the_case)
    for action, screen in screens.items():
        acts = decide(Tapped(action), somebody(lang), world, bench).screen is None  # what follows tells of its end
        assert acts or bench.active.code in screen.text.split("\n")[0], action


@pytest.mark.parametrize("role", ROLES)
def test_help_shows_exactly_ones_own_commands(village: World, lang: Lang, role: Role) -> None:
    """In both languages, and each does what it says; any other is refused politely, typed and tapped. Practice is
    named in the sandbox only; elsewhere it is said where one practises."""
    world = replace(with_desks(village), practice=True)
    bench = a_bench(world.now, role, active=a_case(world.now, "taken"))
    shown = answered(Typed("/help"), somebody(lang), world, bench).screen
    assert shown is not None
    t = world.speak(lang)
    for command in COMMANDS:
        mine = role in command.roles
        assert (f"/{command.name} · " in unescape(shown.text)) is mine
        for event in (Typed(f"/{command.name}"), Typed(f"/{command.name}@sample_bot"), Tapped(command.action)):
            reply = decide(event, somebody(lang), world, bench)
            refused = reply.screen is not None and reply.screen.text == t("desk.not_yours")
            assert refused is not mine, command
    elsewhere = replace(world, practice=False)
    shown = answered(Typed("/help"), somebody(lang), elsewhere, bench).screen
    assert shown is not None
    assert "/practice" not in shown.text
    if role != "coordinator":
        refusal = decide(Typed("/practice"), somebody(lang), elsewhere, bench)
        assert refusal.screen is not None
        assert refusal.screen.text == t("desk.practice.elsewhere")
        assert not refusal.effects
    told = decide(Typed("/nothing"), somebody(lang), world, bench)
    assert told.screen is not None
    assert told.screen.text == t("desk.unknown_command")
    assert not told.effects


def test_roles_are_as_the_desk_needs_them() -> None:
    """Conversations are for operators and supervisors; staff, flags and blocking for supervisors alone."""
    by_roles = {command.name: command.roles for command in COMMANDS}
    assert len(by_roles) == len(COMMANDS)
    for name in (
        "take", "park", "hand", "close", "media", "undo", "urgent", "supervisor", "risk", "danger", "practice",
    ):  # fmt: skip
        assert by_roles[name] == OPERATOR
    for name in ("calm", "block", "team", "invite"):
        assert by_roles[name] == SUPERVISOR
    for name in ("desk", "lang", "help"):
        assert by_roles[name] == EVERYBODY


@pytest.mark.parametrize("role", ROLES)
def test_no_made_up_button_gives_a_role_more(village: World, role: Role) -> None:
    """Whatever address is tapped, an act comes out only when the role may do it."""
    world = with_desks(village)
    bench = a_bench(world.now, role, active=a_case(world.now, "taken") if role != "coordinator" else None)
    supervisors = {"TakeOver", "Invite", "Dismiss"}
    for name in FLOWS:
        for args in ((), ("0",), ("2",), (str(CASE),), ("operator",), ("-" * 10,), ("on",), ("99999999999999999",)):
            reply = decide(Tapped(Action(name, args)), somebody(), world, bench)
            acts = [effect for effect in reply.effects if isinstance(effect, ACTS)]
            for act in acts:
                assert role == "supervisor" or type(act).__name__ not in supervisors
                assert role == "supervisor" or act != Flag(False)
                assert role == "supervisor" or not (isinstance(act, Close) and act.blocked)
                assert role != "coordinator" or type(act).__name__ == "Resume"  # of one's own, and has none


@pytest.mark.parametrize("role", ROLES)
def test_what_could_not_be_done_is_told(village: World, lang: Lang, role: Role) -> None:
    """Every act's refusal has a screen, with a name where somebody was first."""
    world = with_desks(village)
    bench = a_bench(world.now, role, active=a_case(world.now, "taken"))
    acts: tuple[OperatorAct, ...] = (Take(CASE), Take(0), TakeBack(), HandOver(2), Close(), Flag(True))
    for act in acts:
        for who in ("", "Ірина"):
            for seen in (bench, replace(bench, queue=(), active=None, mine=())):
                reply = decide(Carried(act, done=False, who=who), somebody(lang), world, seen)
                assert reply.screen is not None
                assert_desk(reply.screen, lang)


def test_words_go_to_the_active_case_or_nowhere(village: World) -> None:
    """Typed anywhere; `//` never becomes words to the visitor; without a case it is said that they went nowhere."""
    world = with_desks(village)
    bench = a_bench(world.now, active=a_case(world.now, "taken"))
    for awaiting in ("", go("desk.case").encode(), go("desk.look", CASE).encode()):
        names = [
            type(decide(Typed(text), somebody(awaiting=awaiting), world, bench).effects[0]).__name__
            for text in ("слово", "// слово", "  //слово")
        ]
        assert names == ["Say", "Note", "Note"]
    assert not decide(Typed("слово"), somebody(), world, a_bench(world.now)).effects


def test_risk_prompts_stand_in_order_and_without_a_score(village: World, lang: Lang) -> None:
    """All ten, numbered, for the operator's eyes; tapping through them asks nothing of anybody (checklist 48)."""
    world = with_desks(village)
    reply = decide(Typed("/risk"), somebody(lang), world, a_bench(world.now, active=a_case(world.now, "taken")))
    assert reply.screen is not None
    places = [reply.screen.text.find(f"\n{n}. ") for n in range(1, len(world.canned.risks) + 1)]
    assert len(places) == 10
    assert -1 not in places
    assert places == sorted(places)
    assert not reply.effects


def test_what_the_group_and_phones_are_shown_names_nobody(village: World, lang: Lang) -> None:
    """Cards, the board and calls: codes and coarse facts, in the desk's language, neutral at a glance."""
    world = with_desks(village)
    now = world.now
    desk = replace(world.desks[0].desk, languages=(lang,))
    for case in (a_case(now), a_case(now, kind="team", flagged=True, region=0, topic="no-such", who="self")):
        shown = card(case, world, desk)
        assert_notice(shown, lang)
        assert [button.action for button in buttons(shown)] == [go("desk.take", case.id)]
        assert_notice(taken(case, "Оксана", world, desk), lang)
    many = [a_case(now, id=CASE + n, code=f"🦔 Yizhak {n}") for n in range(30)]
    assert_notice(board(replace(world.desks[0], desk=desk), many, world), lang)
    for about in ("new", "handed", "supervisor", "taken_over", "waits", "group_lost"):
        assert_notice(ping(about, "🦔 Yizhak", go("desk"), world.speak(lang)), lang)
    assert an_operator(now).name not in board(world.desks[0], many, world).text


def test_a_desk_without_its_group_says_so_and_offers_what_waits(village: World, lang: Lang) -> None:
    """As long as the bot cannot write in the group, `/desk` is where requests are found."""
    world = with_desks(village)
    shown = answered(Typed("/desk"), somebody(lang), world, a_bench(world.now, shut=True)).screen
    assert shown is not None
    assert_desk(shown, lang)
    assert str(world.speak(lang)("desk.group_lost")) in shown.text
    assert go("desk.take", 0) in addresses(shown)


def test_a_practised_case_bears_its_mark_wherever_it_is_named(village: World, lang: Lang) -> None:
    """On every screen of the case, on its card and in every call: nobody takes it for a person."""
    world = replace(with_desks(village), practice=True)
    case = a_case(world.now, "taken", code=f"{PRACTICE} Kometa Retro")
    bench = a_bench(world.now, active=case, mine=(case,), queue=())
    for action, screen in walk(world, bench, lang).items():
        if "Kometa Retro" in screen.text:
            assert case.code in screen.text, action
        for button in buttons(screen):
            assert ("Kometa Retro" in button.label) is (case.code in button.label)
    t = world.speak(lang)
    for shown in (
        card(replace(case, state="waiting"), world, world.desks[0].desk),
        ping("new", case.code, go("desk"), t),
    ):
        assert PRACTICE in shown.text
    assert t.label("desk.practice.mark") in heading(case, t, world)
    hand = decide(Typed("/hand"), somebody(lang), world, bench).screen
    assert hand is not None
    assert [one.action for one in buttons(hand) if one.action and one.action.name == "desk.hand.to"] == [
        go("desk.hand.to", 0)
    ]


def test_only_a_practice_notes_what_the_scan_held(village: World) -> None:
    """What an operator was about to write to a person is nobody's business; the danger script is noted always."""
    world = with_desks(village)
    for code, noted in (("🌵 Kaktus Gamma", ()), (f"{PRACTICE} Kaktus Gamma", (Noted("held"),))):
        bench = a_bench(world.now, active=a_case(world.now, "taken", code=code))
        assert decide(Typed("t.me/sample"), somebody(), world, bench).effects == noted
        assert decide(Typed("/danger"), somebody(), world, bench).effects == (Noted("danger"),)
    assert decide(Typed("/danger"), somebody(), world, a_bench(world.now)).effects == ()
