"""What measures the desk sees what it should: words out of order, of two people, missing, and calls made again."""

from __future__ import annotations

from typing import Any

from tests.bench.desk_api import FIRST_OPERATOR, FIRST_VISITOR, DeskApi
from tests.bench.desk_people import Operator, Visitor, ordered, words


def desk() -> DeskApi:
    """A desk with two visitors and an operator, on a clock that stands still."""
    api = DeskApi(lambda: 1.0, limited=False)
    api.visitors = {FIRST_VISITOR + n: Visitor(FIRST_VISITOR + n, n) for n in range(2)}
    api.operators = {FIRST_OPERATOR: Operator(FIRST_OPERATOR, 0)}
    api.visitors[FIRST_VISITOR].said = {0: 0.5, 1: 0.75}
    api._spoke = list(api.visitors.values())
    return api


def shows(api: DeskApi, text: str) -> None:
    """The operator's live message becomes this."""
    told: dict[str, Any] = {"chat_id": FIRST_OPERATOR, "message_id": 1, "text": text, "shown": hash(text)}
    api._done("editMessageText", told)


def test_words_are_read_out_of_a_screen() -> None:
    """Whose, which, and in what order."""
    assert words("a w1-2 b r1-3 w1-3", "w") == [(1, 2), (1, 3)]
    assert ordered([3, 4, 5])
    assert not ordered([3, 5])
    assert not ordered([4, 3])


def test_what_has_not_been_shown_is_missing() -> None:
    """A word counts from its writing to the first screen that shows it."""
    api = desk()
    assert api.state()["missing"] == 2
    shows(api, "w0-0")
    assert api.state()["missing"] == 1
    shows(api, "w0-0 w0-1")
    assert api.state()["missing"] == 0
    assert api.visitors[FIRST_VISITOR].reached == {0: 1.0, 1: 1.0}


def test_disorder_a_mixture_and_a_repeat_are_counted() -> None:
    """Each by its own name."""
    api = desk()
    shows(api, "w0-1 w0-0")
    assert api.found.scrambled == 1
    shows(api, "w0-0 w1-1")
    assert api.found.mixed == 1
    assert not api.found.repeated["editMessageText"]
    shows(api, "w0-0 w1-1")
    assert api.found.repeated["editMessageText"] == 1
