"""The second model looks at all of a message, and is of the lines that the first one never met."""

from __future__ import annotations

import json

import numpy as np
import pytest

from flows.understand.intent.letters import read_words
from flows.understand.intent.likeness import DANGER, danger, likeness
from flows.understand.intent.meaning import looked_at, meaning
from flows.understand.intent.verdict import TABLE, length, signs, verdict
from tests.understanding import sets, teach_verdict
from tests.understanding.sets import IntentLine, folded

LARGEST = 100_000  # bytes of the tables
LETTER = (
    "Живемо з чоловіком десять років, є двоє дітей, хата, город. Він не п'є і ніколи руки не піднімав, але місяцями "
    "мовчить, а коли говорить, то про гроші. Я вже забула, коли хтось питав, як я. Дітям сказала, що в мене алергія, "
    "тому й очі червоні. Хочеться просто з кимось поговорити."
)


def test_the_tables_are_of_these_lines() -> None:
    """Whoever changes lines, signs or the first model teaches anew: python -m tests.understanding.teach_verdict."""
    assert json.loads(TABLE.read_text(encoding="utf-8"))["source"] == teach_verdict.source()
    assert TABLE.stat().st_size < LARGEST


def test_what_judges_was_not_taught_to_the_judged() -> None:
    """Neither the first model's lines nor any that is held back: of the former it would be far too sure."""
    known = {folded(line.text) for line in (*sets.taught(), *sets.intents("heldback"))}
    lines = sets.verdicts()
    blind = [line for line in sets.intents("blind") if line.intent != "exit"]
    assert [line.text for line in (*lines, *blind) if folded(line.text) in known] == []
    assert {folded(line.text) for line in lines}.isdisjoint(folded(line.text) for line in blind)
    assert len(lines) > 4_000
    assert {line.intent for line in lines} == {"danger", "human", "relative", "service", "none", "place", "greeting"}


def test_the_same_lines_make_the_same_tables() -> None:
    """Teaching is repeatable, and a table tells its lines apart."""
    lines = [
        IntentLine("він мене б'є", "danger", ("now",), ""), IntentLine("варить борщ", "none", (), ""),
        IntentLine("потрібен юрист", "service", ("legal_aid",), ""), IntentLine(LETTER, "human", (), ""),
    ] * 20  # fmt: skip
    first, again = (teach_verdict.judged(lines) for _ in range(2))
    assert all(np.array_equal(first[one], again[one]) for one in ("short", "long"))
    for line in lines[:4]:
        likened, ruled = looked_at(read_words(line.text))
        table = first[length(ruled)]
        scores = signs(likened, ruled) @ table[:-1] + table[-1]
        assert likeness().labels[scores.argmax()] == line.labels()[0]


def test_a_letter_is_judged_as_a_whole() -> None:
    """Words of trouble all over a long letter are no danger; one sentence more, and they are."""
    assert meaning(LETTER).intent == "human"
    assert meaning(f"{LETTER} А вчора він притис мене до стіни і душив.").intent == "danger"


@pytest.mark.parametrize("text", ["як справи", LETTER])
def test_the_verdict_is_a_share_for_each_label(text: str) -> None:
    """All together one, danger first."""
    words = likeness().labels
    found = verdict(*looked_at(read_words(text)))
    assert tuple(found) == words
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)
    assert danger(found) == pytest.approx(sum(found[one] for one in words if one.startswith(DANGER)))
