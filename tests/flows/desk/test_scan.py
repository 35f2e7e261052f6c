"""An operator's words leave whole or not at all: no address, no link, no beginning that tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.desk.scan import Finding, scan


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Дивіться тут: https://example.org/x?y=1.", "https://example.org/x?y=1"),
        ("www.example.org", "www.example.org"),
        ("Напишіть на t.me/vyhadano", "t.me/vyhadano"),
        ("або @vyhadana_nazva", "@vyhadana_nazva"),
        ("пошта vyhadana@example.org", "vyhadana@example.org"),
        ("сторінка vyhadano.gov.ua, розділ 3", "vyhadano.gov.ua"),
        ("TG://resolve?domain=x", "TG://resolve?domain=x"),
        ("карта: maps.app.goo.gl/abc", "maps.app.goo.gl/abc"),
    ],
)
def test_links_stay(text: str, what: str) -> None:
    """Whatever Telegram would make a link of, with or without its scheme."""
    assert Finding("link", what) in scan(text)


@pytest.mark.parametrize(
    "text",
    [
        "Приїздіть: вул. Вигадана, 5",
        "буд 5, кв. 7",
        "Це на Вигаданому проспекті",
        "Вигадана вулиця, за рогом",
        "чекайте на вулиці Вигаданій",
        "near Invented Avenue",
        "Вигадана, 12",
        "5 Invented Street",
        "50.4501, 30.5234",
    ],
)
def test_addresses_stay(text: str) -> None:
    """Streets, houses, points: a shelter's address cannot slip out, nor anybody else's."""
    assert [one.why for one in scan(text)] == ["street"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Про насильство говорити важко", "насильство"),
        ("Поліція вже їде", "Поліція"),
        ("The shelter has a bed", "shelter"),
        ("Вас б’ють?", "б’ють"),
    ],
)
def test_beginnings_that_tell_stay(text: str, what: str) -> None:
    """The operator is shown the word as they wrote it."""
    assert scan(text) == (Finding("first_line", what),)


def test_what_comes_later_may_be_said() -> None:
    """After a first line of sixty signs anything needed can be named."""
    neutral = "Дякую, що написали. Розкажу, що можливо і з чого почати сьогодні.\n"
    assert scan(neutral + "Поліція може видати припис.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Я вам вірю.",
        "Добре.Дякую.Пишіть",
        "о 18:30, завтра або в понеділок, 10 хвилин",
        "Наберіть 116 123 або 0 800 500 335",
        "Чи зручно вам зараз писати, чи ніхто не бачить екрана?",
        "I am here. Take your time, e.g. tomorrow.",
        "Вас двоє, 2 дітей?",
        "На якій ви вулиці? Напишіть вулицю, будинок, під’їзд.",
        "На вулиці холодно, чи є де погрітися?",
        "Which street are you in?",
    ],
)
def test_ordinary_words_leave(text: str) -> None:
    """Times, numbers of lines, missing spaces and short sentences are nothing to stop."""
    assert scan(text) == ()


def test_everything_is_told_at_once() -> None:
    """Nobody has to send three times to learn of three faults."""
    assert [one.why for one in scan("Притулок: вул. Вигадана, 5, example.org")] == ["link", "street", "first_line"]


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever is typed, the scan answers, and what it found is in the text or on its list."""
    for one in scan(text):
        assert one.what
