"""Names of cases: short, alike in both languages, about nothing."""
# ruff: noqa: S311 (a name is no secret)

from random import Random

from db.desk.naming import CROWDED, FIRST, PRACTICE, SECOND, draw
from flows.discretion import banned_words


def test_names_fit_and_say_nothing() -> None:
    """Every name fits the column, is written in one alphabet and passes the list of banned words."""
    for first, symbol in FIRST.items():
        for second in SECOND:
            name = f"{symbol} {first} {second} 99"
            assert len(name) <= 24
            assert f"{first}{second}".isascii()
            assert not banned_words(name)


def test_names_are_told_apart() -> None:
    """No word is in both lists, no symbol belongs to two words."""
    assert not {*FIRST} & {*SECOND}
    assert len(set(FIRST.values())) == len(FIRST) == 40
    assert len(set(SECOND)) == len(SECOND) == 60


def test_a_crowd_gets_numbers() -> None:
    """When names run short a number is added, so that a thousand at once find one."""
    assert draw(Random(1)) == draw(Random(1))
    assert draw(Random(1), CROWDED).startswith(draw(Random(1))[:3])
    random, used = Random(2), set[str]()
    for _ in range(5_000):
        attempt = 0
        while (name := draw(random, attempt)) in used:
            attempt += 1
        used.add(name)
    assert len(used) == 5_000


def test_a_practice_bears_its_mark_in_place_of_a_symbol() -> None:
    """Nobody else's symbol, and no longer than any other name."""
    assert PRACTICE not in FIRST.values()
    for seed in range(50):
        name = draw(Random(seed), CROWDED, practice=True)
        mark, _, rest = name.partition(" ")
        assert mark == PRACTICE
        assert rest == draw(Random(seed), CROWDED).partition(" ")[2]
        assert len(name) <= 24
