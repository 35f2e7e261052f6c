"""Ten thousand random steps through the conversations alone, with the real directory, in both languages."""

from __future__ import annotations

from random import Random

import pytest

from db.visit import LANGS, Lang, Visit
from flows.decide import FLOWS, decide
from flows.engine import EXIT, Action, Event, Exit, Located, Other, Screen, Started, Tapped, Typed, World
from tests.flows.screens import addresses, assert_proper
from tests.flows.village import not_carried, somebody, without_a_desk

STEPS = 4_000  # in each language
ODD = ("", " ", "\u202e", "😀", "{place} {0} %s <b>", "x" * 4096, "іі’ї", "Не зараз", "\ufffd")
WORDS = ("меню", "help", "привіт", "102", "мені страшно", "вийти звідси не можу", "menu please")


def tap(screen: Screen, dice: Random) -> Event:
    """Any button of the screen but exit."""
    return Tapped(dice.choice([action for action in addresses(screen) if action != EXIT]))


def place(world: World, dice: Random) -> Event:
    """The name of a place with a service, in either language."""
    found = world.places.get(dice.choice([one.place_id for one in world.directory.services if one.place_id]))
    return Typed(found.name(dice.choice(LANGS)) if found else "Київ")


def forged(dice: Random) -> Event:
    """A button with an address that no flow wrote."""
    args = tuple(str(dice.choice(("all", "0", "703448", "9" * 12, ""))) for _ in range(dice.randrange(6)))
    return Tapped(Action(dice.choice([*FLOWS, "no.such"]), args))


def happening(screen: Screen, world: World, dice: Random) -> Event:
    """What a visitor in front of this screen may do; mostly taps, or nobody would get far."""
    events: tuple[Event, ...] = (
        tap(screen, dice),
        place(world, dice),
        Typed(dice.choice(WORDS)),
        Typed(dice.choice(ODD)),
        Located(dice.uniform(43, 53), dice.uniform(21, 41)),
        forged(dice),
        Started("poster-1"),
        Other(),
    )
    return dice.choices(events, (70, 12, 4, 4, 4, 2, 2, 2))[0]


def assert_same_person(before: Visit, after: Visit) -> None:
    """A flow changes the language and the question that waits, nothing else."""
    assert after.but(lang=before.lang, awaiting=before.awaiting) == before
    assert after.awaiting == "" or Action.decode(after.awaiting) is not None


@pytest.mark.untraced
def test_wherever_one_goes_the_screen_is_proper(ukraine: World, lang: Lang) -> None:
    """Tap, type, share, send anything, in any order: always a proper screen in the visitor's own language."""
    dice = Random(f"walk {lang}")  # noqa: S311 (the same walk every time)
    visit = somebody(lang)
    shown = decide(Started(), visit, ukraine).screen
    assert shown is not None
    met: set[str] = set()
    for _ in range(STEPS):
        event = happening(shown, ukraine, dice)
        reply = not_carried(decide(event, visit, ukraine), ukraine)
        if reply.screen is None:
            assert reply.effects == (Exit(),), event
            continue
        shown = reply.screen
        assert_proper(shown)
        assert shown.rows[-1][-1].label == ukraine.speak(reply.visit.lang).label("frame.exit")
        assert_same_person(visit, reply.visit)
        visit = reply.visit
        met.update(action.name for action in addresses(shown))
    typed_only = {"danger"}  # no button leads there
    assert met >= without_a_desk() - {"find.way", "find.same", "find.districts"} - typed_only
