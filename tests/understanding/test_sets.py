"""The evaluation sets are what their README.md says: well formed, large, balanced, and honestly split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from rapidfuzz import fuzz, process

from db.directory.service import KINDS
from db.places.place import Place
from db.places.starting import starting_places
from tests.understanding import sets
from tests.understanding.sets import CAUSES, INTENTS, PARTS, IntentLine, PlaceLine, folded

PLACES = {part: sets.places(part) for part in PARTS}
LINES = {part: sets.intents(part) for part in PARTS}
ALL_PLACES = [*PLACES["tuning"], *PLACES["heldback"]]
ALL_LINES = [*LINES["tuning"], *LINES["heldback"]]
AT_LEAST = {
    "danger": 500,
    "exit": 60,
    "place": 60,
    "service": 100,
    "human": 50,
    "relative": 50,
    "greeting": 40,
    "none": 150,
}
Lines = Sequence[PlaceLine] | Sequence[IntentLine]
NEAR_PLACES, NEAR_LINES = 86.0, 84.0  # of 100: so alike that a line on one side would give away one on the other


@pytest.fixture(scope="module")
def gazetteer() -> dict[int, Place]:
    """Places by id."""
    return {place.id: place for place in starting_places()}


def test_expected_places_exist(gazetteer: dict[int, Place]) -> None:
    """Every id is in the gazetteer, and an ambiguous name has two to six bearers, the most populous first."""
    assert {one for line in ALL_PLACES for one in line.expected} <= gazetteer.keys()
    for line in ALL_PLACES:
        assert len(set(line.expected)) == len(line.expected) <= 6, line
        if line.ambiguous:
            people = [gazetteer[one].population for one in line.expected if gazetteer[one].kind == "settlement"]
            assert len(line.expected) > 1, line
            assert people == sorted(people, reverse=True), line


def test_texts_are_texts() -> None:
    """No text is empty or padded, none stands twice in a set."""
    for lines in (ALL_PLACES, ALL_LINES):
        texts = [line.text for line in lines]
        assert all(text and text == text.strip() for text in texts)
        assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_intents_carry_their_kinds() -> None:
    """Danger has known causes, service has kinds of the directory, the other intents have neither."""
    known = {"danger": set(CAUSES), "service": set(KINDS)}
    for line in ALL_LINES:
        assert line.intent in INTENTS, line
        assert set(line.kinds) <= known.get(line.intent, set()), line
        assert bool(line.kinds) == (line.intent in known), line


def test_sets_are_large_enough() -> None:
    """The promised numbers of lines hold, harmless ones included."""
    intents = Counter(line.intent for line in ALL_LINES)
    assert len(ALL_PLACES) >= 700
    assert sum(not line.expected for line in ALL_PLACES) >= 120
    assert len(ALL_LINES) >= 1000
    assert {intent: intents[intent] for intent, least in AT_LEAST.items() if intents[intent] < least} == {}


def test_danger_is_balanced() -> None:
    """No cause has less than 8 % or more than 20 % of the danger, and each comes in every way of writing."""
    danger = [line for line in ALL_LINES if line.intent == "danger"]
    causes = Counter(line.kinds[0] for line in danger)
    ways = {"uk", "ru", "surzhyk", "en", "translit", "typo", "euphemism", "long"}
    assert all(0.08 <= causes[cause] / len(danger) <= 0.20 for cause in CAUSES)
    for cause in CAUSES:
        assert {line.slice for line in danger if line.kinds[0] == cause} >= ways, cause


def test_the_country_is_covered(gazetteer: dict[int, Place]) -> None:
    """Lines reach every oblast, at least 170 settlements of all sizes, and districts of the ten largest cities."""
    wanted = [gazetteer[one] for line in ALL_PLACES for one in line.expected]
    towns = {place.id: place for place in wanted if place.kind == "settlement"}
    assert {place.oblast_id for place in towns.values()} == {
        place.id for place in gazetteer.values() if place.kind == "oblast"
    }
    assert len(towns) >= 170
    assert sum(place.population < 10_000 for place in towns.values()) >= 50
    assert len({place.city_id for place in wanted if place.kind == "district"}) >= 10


@pytest.mark.parametrize(
    "strata",
    [
        {part: [line.slice for line in PLACES[part]] for part in PARTS},
        {part: [(line.intent, line.intent == "danger" and line.kinds[0]) for line in LINES[part]] for part in PARTS},
    ],
    ids=["places", "intents"],
)
def test_a_third_is_held_back(strata: dict[str, list[object]]) -> None:
    """In every slice of the places, in every intent and every cause of danger."""
    kept, back = Counter(strata["tuning"]), Counter(strata["heldback"])
    assert kept.keys() == back.keys()
    for stratum in kept:
        assert 0.25 <= back[stratum] / (kept[stratum] + back[stratum]) <= 0.40, stratum


@pytest.mark.parametrize(("kept", "back"), [(PLACES, PLACES), (LINES, LINES), (PLACES, LINES), (LINES, PLACES)])
def test_no_line_lies_on_both_sides(kept: dict[str, Lines], back: dict[str, Lines]) -> None:
    """Nothing held back was seen while tuning, in either table, whatever its case and punctuation."""
    seen = {folded(line.text) for line in kept["tuning"] if not _is_exit(line)}
    assert [line.text for line in back["heldback"] if folded(line.text) in seen and not _is_exit(line)] == []


@pytest.mark.parametrize(("lines", "near"), [(PLACES, NEAR_PLACES), (LINES, NEAR_LINES)], ids=["places", "intents"])
def test_no_line_gives_another_away(lines: dict[str, Lines], near: float) -> None:
    """No held-back line is a trivial variant of a tuning line. Exit words are told apart by single letters."""
    seen = [folded(line.text) for line in lines["tuning"] if not _is_exit(line)]
    for line in lines["heldback"]:
        twin = process.extractOne(folded(line.text), seen, scorer=fuzz.ratio, score_cutoff=near)
        assert twin is None or _is_exit(line), (line.text, twin)


def test_exit_is_a_word() -> None:
    """An exit line is one word: it is never inferred from a sentence."""
    assert all(len(line.text.split()) == 1 for line in ALL_LINES if line.intent == "exit")
    assert {"I see no way out", "хочу вийти з цього життя"} <= {
        line.text for line in ALL_LINES if line.intent == "danger"
    }


def _is_exit(line: PlaceLine | IntentLine) -> bool:
    return isinstance(line, IntentLine) and line.intent == "exit"
