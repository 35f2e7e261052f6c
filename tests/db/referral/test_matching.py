"""The most specific rule wins, whatever the rules are and in whatever order they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.directory.referral.rules import ANY, Cell, Referrals, Rule
from db.directory.referral.situation import COLUMNS, Situation

WORDS = tuple(COLUMNS.values())
EVERYTHING = Rule((ANY,) * 5, (), line=1)

Cells = tuple[Cell, ...]
cells = st.tuples(*(st.one_of(st.just(ANY), st.frozensets(st.sampled_from(words), min_size=1)) for words in WORDS))
situations = st.tuples(*map(st.sampled_from, WORDS)).map(lambda words: Situation(*words))


@st.composite
def rule_sets(draw: st.DrawFn) -> list[Rule]:
    """Rules as a checked file holds them: one for everything, no two that clash."""
    rules = [EVERYTHING]
    for line, cell in enumerate(draw(st.lists(cells, max_size=12)), start=2):
        rule = Rule(cell, (), line)
        if not any(rule.clashes(other) for other in rules):
            rules.append(rule)
    return rules


@given(rule_sets(), situations)
def test_the_winner_fits_and_none_that_fits_outweighs_it(rules: list[Rule], situation: Situation) -> None:
    """Of the rules that fit, the winner is the one and only of the greatest weight."""
    winner = Referrals(rules).rule(situation)
    assert winner.fits(situation)
    rivals = [rule for rule in rules if rule.fits(situation) and rule.weight >= winner.weight]
    assert rivals == [winner]


@given(rule_sets(), situations, st.randoms())
def test_the_order_of_rows_does_not_matter(rules: list[Rule], situation: Situation, chance: object) -> None:
    """A coordinator may sort the file as they like."""
    shuffled = list(rules)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Referrals(shuffled).rule(situation) == Referrals(rules).rule(situation)


@given(cells, cells, situations)
def test_a_clash_is_two_rules_of_one_weight_for_one_case(one: Cells, other: Cells, situation: Situation) -> None:
    """What is not called a clash is never ambiguous."""
    first, second = Rule(one, ()), Rule(other, ())
    if first.fits(situation) and second.fits(situation) and first.weight == second.weight:
        assert first.clashes(second)
    assert first.clashes(second) == second.clashes(first)
    assert first.clashes(first)


def test_a_column_further_left_outweighs_all_to_its_right() -> None:
    """Danger decides before place, place before age: a row that names the place beats one that names the rest."""
    place = Rule((ANY, frozenset({"occupied"}), ANY, ANY, ANY), (), 2)
    rest = Rule((ANY, ANY, frozenset({"teen"}), frozenset({"survivor"}), frozenset({"stay"})), (), 3)
    referrals = Referrals([EVERYTHING, rest, place])
    assert referrals.rule(Situation("later", "occupied", "teen", "survivor", "stay")) is place
    assert referrals.rule(Situation("later", "town", "teen", "survivor", "stay")) is rest
    assert referrals.rule(Situation("later", "town", "adult", "survivor", "stay")) is EVERYTHING


def test_without_a_row_for_everything_a_case_may_have_no_rule() -> None:
    """The reader of the file refuses this; the matcher says so rather than guess."""
    with pytest.raises(LookupError, match="stars"):
        Referrals([]).rule(Situation("later", "town", "adult", "survivor", "all"))
