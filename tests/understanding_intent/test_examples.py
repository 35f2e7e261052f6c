"""Every example is understood: danger first, in all spellings, and what only sounds like it is not."""

from __future__ import annotations

import pytest

from db.places.places import Places
from flows.understand.intent import CAUSES, read
from tests.understanding_intent.conftest import examples

INTENTS = ("danger", "exit", "service", "human", "relative", "greeting", "none")


@pytest.mark.parametrize("cause", CAUSES)
def test_every_example_of_a_cause_is_danger(cause: str, places: Places) -> None:
    """No line of danger is missed, in Ukrainian, Russian, surzhyk, English, Latin letters or with a slip."""
    texts = [one.text for one in examples() if one.intent == "danger" and cause in one.kinds]
    assert len(texts) > 80
    assert [text for text in texts if read(text, places).intent != "danger"] == []


@pytest.mark.parametrize("intent", [name for name in INTENTS if name != "danger"])
def test_every_other_example_is_what_it_is(intent: str, places: Places) -> None:
    """Idioms, films, cooking and games are no danger; services, people and greetings are told apart."""
    texts = [one.text for one in examples() if one.intent == intent]
    assert len(texts) > 8
    wrong = [(text, found.intent) for text in texts if (found := read(text, places)).intent != intent]
    assert len(wrong) <= len(texts) // 80, wrong


def test_most_causes_are_told_apart(places: Places) -> None:
    """The screen that comes is the one that fits for at least nineteen in twenty."""
    asked = [one for one in examples() if one.intent == "danger"]
    right = sum(read(one.text, places).kind in one.kinds for one in asked)
    assert right / len(asked) > 0.95


def test_a_service_is_of_its_kind(places: Places) -> None:
    """Whoever asks for a lawyer is not sent to a doctor."""
    asked = [one for one in examples() if one.intent == "service"]
    wrong = [one.text for one in asked if read(one.text, places).kind not in one.kinds]
    assert len(asked) > 80
    assert len(wrong) <= 2
