"""How it usually goes: the steps of a need in a place, on one screen, with a way to each of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from db.directory.directory import Directory
from db.directory.service import KINDS
from db.visit import Lang
from flows.decide import decide
from flows.engine import Action, Located, Screen, Tally, Tapped, World, go
from flows.find.needs import NEEDS
from flows.find.steps import CASES, LEADS
from flows.find.where import USUAL_CASE
from tests.flows.screens import addresses, assert_proper, buttons, tap
from tests.flows.village import FAR, METRO, SERVICES, SMALL, TAKEN, somebody

KYIV, KREMENCHUK, ZHYTOMYR = 703448, 704147, 686967


def shown(action: Action, world: World, lang: Lang = "uk") -> Screen:
    """The screen at an address."""
    screen = decide(Tapped(action), somebody(lang), world).screen
    assert screen is not None
    return screen


def numbered(screen: Screen) -> list[str]:
    """The lines that are steps."""
    return [line for line in screen.text.splitlines() if line[:1].isdigit()]


def test_every_need_place_and_case_has_a_proper_screen(ukraine: World, lang: Lang) -> None:
    """Framed, short, neutral at its first line; at least two steps and a way onward."""
    occupied = ukraine.places.named("Ялта")[0].id
    for need, place, case in product(NEEDS, (0, KYIV, KREMENCHUK, ZHYTOMYR, occupied), CASES):
        screen = shown(go("find.steps", need, place, case), ukraine, lang)
        assert_proper(screen)
        assert len(numbered(screen)) >= 2, (need, place, case)
        assert any(a.name in ("find.list", "find.where") for a in addresses(screen)), (need, place, case)


def test_the_way_there_stands_in_the_list_and_in_the_question_of_the_place(village: World, lang: Lang) -> None:
    """One tap from either; back leads where one came from."""
    known, unknown = go("find.steps", "law", METRO, USUAL_CASE), go("find.steps", "law", 0, USUAL_CASE)
    assert known in addresses(shown(go("find.list", "law", METRO, 0), village, lang))
    assert unknown in addresses(shown(go("find.where", "law"), village, lang))
    assert shown(known, village, lang).rows[-1][0].action == go("find.list", "law", METRO, 0)
    assert shown(unknown, village, lang).rows[-1][0].action == go("find.where", "law")


def test_each_step_leads_to_its_kind_of_service_near_the_place(village: World) -> None:
    """With the place known to the list there; without it to the question of the place, for the same kind."""
    near = shown(go("find.steps", "stay", METRO, USUAL_CASE), village)
    assert tap(near, "2. Кризова кімната") == go("find.list", "stay", METRO, 0)
    assert tap(near, "3. Мобільна бригада") == go("find.list", "team", METRO, 0)
    anywhere = shown(go("find.steps", "law", 0, USUAL_CASE), village)
    assert tap(anywhere, "1, 3. Правнича допомога") == go("find.where", "law")


def test_every_kind_leads_to_a_need_that_shows_it() -> None:
    """A kind that is added to the directory is noticed here."""
    assert set(LEADS) == set(KINDS)
    assert [kind for kind, need in LEADS.items() if kind not in NEEDS[need].kinds] == []


def test_a_village_is_told_of_those_who_come(village: World) -> None:
    """Where there is no centre that can be contacted, the team that comes stands before it."""
    far, metro = (shown(go("find.steps", "day", place, USUAL_CASE), village) for place in (SMALL, METRO))
    assert "Мобільна бригада" in numbered(far)[1]
    assert not [line for line in numbered(far) if "Денний центр" in line]
    assert "Денний центр" in numbered(metro)[0]


def test_under_occupation_nobody_is_said_to_come(village: World, lang: Lang) -> None:
    """Only help from afar, and what not to say when somebody may be reading along."""
    screen = shown(go("find.steps", "all", TAKEN, USUAL_CASE), village, lang)
    for absent in ("бригада", "team", "Поліція", "Police", "Притулок", "Shelter"):
        assert absent not in screen.text
    assert ("без імен" if lang == "uk" else "without names") in screen.text


def test_numbers_in_steps_come_from_the_directory(village: World) -> None:
    """A changed number changes here too; a lost one is left out and costs nobody the screen."""
    address = go("find.steps", "talk", METRO, USUAL_CASE)
    assert "(116 123)" in numbered(shown(address, village))[0]
    changed = [replace(one, phones=("116999",)) if one.slug == "ua-lastrada-116123" else one for one in SERVICES]
    assert "(116 999)" in numbered(shown(address, replace(village, directory=Directory(changed))))[0]
    lost = replace(village, directory=Directory(one for one in SERVICES if one.slug != "ua-lastrada-116123"))
    assert "(" not in numbered(shown(address, lost))[0]


def test_who_is_abroad_is_told_of_help_there_and_from_afar(village: World, lang: Lang) -> None:
    """From a point outside the country: its emergency services, with the number to copy; the case can be changed."""
    outside = decide(Located(52.52, 13.40), somebody(lang), village).screen
    assert outside is not None
    steps = go("find.steps", "all", "abroad", USUAL_CASE)
    assert steps in addresses(outside)
    screen = shown(steps, village, lang)
    assert_proper(screen)
    assert ("1. " in numbered(screen)[0], "112" in numbered(screen)[0]) == (True, True)
    assert "112" in [button.copy for button in buttons(screen)]
    assert go("find.cases", "all", "abroad") in addresses(screen)


def test_the_case_changes_the_steps_and_is_kept_in_the_button_only(village: World, lang: Lang) -> None:
    """Six cases, each with its own address; the visit remembers nothing of it."""
    choice = shown(go("find.cases", "all", FAR), village, lang)
    found = [go("find.steps", "all", FAR, case) for case in CASES]
    assert set(found) <= set(addresses(choice))
    assert len({shown(address, village, lang).text for address in found}) >= 4
    assert decide(Tapped(found[-1]), somebody(lang), village).visit == somebody(lang)


def test_who_asks_for_somebody_else_is_not_told_to_decide(village: World) -> None:
    """The person decides; for a child the children's service comes first."""
    own, close, child = (shown(go("find.steps", "all", METRO, case), village) for case in ("me", "close", "child"))
    assert "вирішуєте ви" in own.text
    assert "вирішуєте ви" not in close.text
    assert "Людина сама" in numbered(close)[0]
    assert "Служба у справах дітей" in numbered(child)[0]


@pytest.mark.parametrize(
    "action",
    [
        go("find.steps"),
        go("find.steps", "castle", METRO, "me"),
        go("find.steps", "law", 999_999, "me"),
        go("find.steps", "law", METRO, "king"),
        go("find.steps", "law", METRO),
        go("find.cases", "law", "x"),
        go("find.cases", "law"),
    ],
)
def test_a_forged_address_leads_home(action: Action, village: World) -> None:
    """Never an error."""
    assert shown(action, village) == shown(go("home"), village)


def test_only_the_need_is_counted(village: World) -> None:
    """One tally, without place or case."""
    reply = decide(Tapped(go("find.steps", "law", METRO, "teen")), somebody(), village)
    assert reply.effects == (Tally("steps", "law"),)
    assert [button for button in buttons(shown(go("find.cases", "law", METRO), village)) if button.copy] == []
