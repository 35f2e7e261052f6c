"""Every case has its steps: each need, place, age, writer and urgency ends where somebody answers."""

from __future__ import annotations

from itertools import product

import pytest

from db.directory.directory import Directory
from db.directory.ranking import is_national
from db.directory.referral.reach import answers_from_afar, place_type
from db.directory.referral.rules import Step
from db.directory.referral.situation import COLUMNS, Situation
from db.directory.referral.sound import always_answers, line_of, rule_findings
from db.directory.referral.starting import DATA, LETTERS_AT_MOST, STEP_COLUMNS, STEPS, starting_referrals
from db.directory.starting import starting_services
from db.places.places import Places
from db.places.starting import starting_places
from flows.find.needs import NEEDS

RULES = starting_referrals()
DIRECTORY = Directory(starting_services())
MATRIX = [Situation(*case) for case in product(*COLUMNS.values())]  # type: ignore[arg-type]
# What is not said: not verified, blaming, or promising (the same words that no screen may hold).
HELD_BACK = ("72", "судов", "126-1", "173-2", "одностатев", "same-sex", "репарац", "reparation", "гарант", "guarantee")


@pytest.fixture(scope="module")
def places() -> Places:
    """Every place the project comes with."""
    return Places(starting_places())


def case(**said: str) -> Situation:
    """An adult who asks for themselves in a town, unless said otherwise."""
    usual = {"urgency": "later", "place": "town", "age": "adult", "who": "survivor", "need": "all"}
    return Situation(**(usual | said))  # type: ignore[arg-type]


def codes(**said: str) -> list[str]:
    """The steps of a case by their names."""
    return [step.code for step in RULES.steps(case(**said))]


def test_no_case_ends_without_a_national_round_the_clock_line() -> None:
    """In all 2,184 cases a step shows a line that answers at any hour, for the whole country."""
    assert len(MATRIX) == 2 * 7 * 4 * 3 * 13
    for situation in MATRIX:
        lines = [line_of(step, DIRECTORY) for step in RULES.steps(situation)]
        assert any(line and always_answers(line) and is_national(line) for line in lines), situation


def test_the_needs_are_those_of_the_conversation() -> None:
    """A need that is added to the conversation is noticed here, not by a visitor."""
    assert set(COLUMNS["need"]) == set(NEEDS)


def test_every_step_leads_somewhere_in_todays_directory() -> None:
    """Numbers are there, kinds exist, and the same is found broken when the directory is empty."""
    assert rule_findings(RULES, DIRECTORY) == []
    assert {one.code for one in rule_findings(RULES, Directory(()))} == {"rule"}
    assert len(rule_findings(RULES, Directory(()))) > len(RULES.rules)


def test_nobody_under_occupation_is_sent_anywhere() -> None:
    """Every step there is somebody who answers from afar: no police, no centre, no team, no number to come."""
    for situation in (one for one in MATRIX if one.place == "occupied"):
        for step in RULES.steps(situation):
            line = line_of(step, DIRECTORY)
            assert step.kind in ("helpline", "legal_aid"), (situation, step.code)
            assert line is not None, (situation, step.code)
            assert answers_from_afar(line), (situation, step.code)


def test_danger_now_begins_with_police_where_police_can_come() -> None:
    """In danger the police come first, with the ambulance: wherever they can come, whoever writes."""
    for situation in (one for one in MATRIX if one.urgency == "now" and one.need != "anger"):
        first = RULES.steps(situation)[0]
        usual = situation.place not in ("occupied", "abroad")
        assert (first.line == "ua-police-102") == usual, situation
    assert codes(urgency="now", place="abroad")[0] == "abroad_emergency"


def test_children_are_led_by_those_who_are_there_for_children() -> None:
    """A child's or teenager's steps name the children's line or service; no shelter that takes adults by itself."""
    for situation in (one for one in MATRIX if one.age in ("child", "teen")):
        found = {step.code for step in RULES.steps(situation)}
        for_them = found & {"children_line", "children_service"}
        assert for_them or situation.need == "anger", situation
        assert not found & {"shelter", "crisis_room"}, situation


def test_a_relative_of_an_adult_is_told_who_decides() -> None:
    """Before anything is arranged the person is asked; for a child nobody waits."""
    assert codes(who="relative", need="stay")[0] == "ask_first"
    assert codes(who="relative", need="talk", place="village")[0] == "ask_first"
    assert "ask_first" not in codes(who="relative", age="child")
    assert codes(who="relative", need="child")[0] == "children_service"


def test_place_decides_who_comes_and_who_is_visited() -> None:
    """Kyiv has its line, a city with a centre the centre, a village the mobile team."""
    assert codes(place="kyiv", need="stay")[0] == "kyiv_line"
    assert codes(place="centre", need="day")[0] == "day_centre"
    assert "mobile_team" in codes(place="village", need="day")
    assert "day_centre" not in codes(place="village", need="day")


def steps() -> list[Step]:
    """Every step that some rule uses."""
    return list({step.code: step for rule in RULES.rules for step in rule.steps}.values())


def test_steps_say_only_what_may_be_said() -> None:
    """Both languages, a source each, nothing held back, and no orders of the law promised."""
    for step in steps():
        told = f"{step.body_uk} {step.does_uk} {step.body_en} {step.does_en}"
        assert not [word for word in HELD_BACK if word in told.casefold()], step.code
        assert step.source, step.code
        assert not set("ыэёъ'") & set(step.does_uk), step.code
    assert "може видати" in next(step.does_uk for step in steps() if step.code == "court")


def test_every_step_is_used() -> None:
    """A text nobody can reach is taken out, not kept."""
    written = {line.split(",")[0] for line in (DATA / STEPS).read_text(encoding="utf-8").splitlines()[1:]}
    assert written == {step.code for step in steps()}


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Київ", "kyiv"),
        ("Житомир", "centre"),
        ("Кременчук", "town"),
        ("Ялта", "occupied"),
        ("Полтавська область", "town"),
    ],
)
def test_types_of_real_places(name: str, type_: str, places: Places) -> None:
    """Kremenchuk is a town until its centre has a contact; a district of Kyiv is Kyiv; nowhere is unknown."""
    assert place_type(places.named(name)[0], DIRECTORY) == type_
    assert place_type(places.named("Подільський")[0], DIRECTORY) == "kyiv"
    assert place_type(None, DIRECTORY) == "unknown"


def test_a_place_of_few_people_is_a_village(places: Places) -> None:
    """By population, where the gazetteer knows it."""
    hamlet = next(place for place in places.towns(27) if 500 < place.population < 1_000)
    assert place_type(hamlet, DIRECTORY) == "village"


def test_the_documentation_names_every_word_in_both_languages() -> None:
    """What a coordinator may write in a cell is on the page they read, in Ukrainian and in English."""
    page = (DATA.parent.parent / "docs" / "referrals.md").read_text(encoding="utf-8")
    words = [*COLUMNS, *(word for known in COLUMNS.values() for word in known), *STEP_COLUMNS]
    assert [word for word in words if page.count(f"`{word}`") < 2] == []
    assert page.count(str(LETTERS_AT_MOST)) == 2
