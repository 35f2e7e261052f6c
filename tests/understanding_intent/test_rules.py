"""The little language of the tables."""

from __future__ import annotations

import pytest

from flows.understand.intent.letters import read_words
from flows.understand.intent.reading import Reading
from flows.understand.intent.rules import RuleBook, parse
from flows.understand.intent.vocabulary import OPENS, Vocabulary


def vocabulary() -> Vocabulary:
    """Three groups."""
    made = Vocabulary()
    made.group("CAT", "кіт кота cat*")
    made.group("EATS", "їсть їв eats")
    made.group("FISH", "рибу риба fish")
    made.group("DID", "учинив")
    made.group("DOES", "чинить")
    made.telling = made.bits["CAT"] | made.bits["EATS"]
    return made


def bits_of(text: str, known: Vocabulary) -> list[int]:
    """What stands in a text, and where its sentences begin."""
    return [
        known.bits_of(word, as_english=True, as_slavic=True) | (OPENS if word.opens else 0) for word in read_words(text)
    ]


def holds(line: str, text: str) -> bool:
    """Whether a rule holds for a text."""
    known = vocabulary()
    rule = parse(line, "yes", known)
    return bool(Reading(bits_of(text, known)).meanings(RuleBook([rule])))


@pytest.mark.parametrize(
    ("line", "yes", "no"),
    [
        ("CAT + EATS", "рибу їсть наш кіт", "кіт спить"),
        ("CAT + EATS @2", "кіт їсть", "кіт дуже довго їсть"),
        ("CAT > EATS @0", "кіт їсть рибу", "їсть кіт"),
        ("CAT > EATS", "кіт вже знову їсть", "кіт а потім ще раз їсть"),
        ("CAT > дуже|very @0 > EATS @1", "кіт дуже смачно їсть", "кіт зовсім не дуже їсть потім"),
        ("CAT + їсть > рибу @0", "їсть рибу лише кіт", "рибу їсть кіт"),
        ("CAT !2", "чорний кіт", "один чорний кіт"),
        ("CAT - FISH", "кіт", "кіт і риба"),
        ("CAT + EATS - FISH", "кіт їсть. риба спить", "кіт їсть, риба спить"),
        ("CAT + EATS - FISH", "кіт. їсть; а риба спить", "кіт спить. їсть рибу"),
        ("вусат*|хвост*", "вусатий", "вус"),
        ("FISH|CAT > EATS", "cat eats", "їсть"),
    ],
)
def test_a_rule_holds_where_it_should(line: str, yes: str, no: str) -> None:
    """Together, in order, near, short, and not beside."""
    assert holds(line, yes)
    assert not holds(line, no)


@pytest.mark.parametrize("line", ["CAT >", "> CAT", "CAT > > EATS", "CAT + ", "CAT @x"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    """A slip in a table stops the tests, not a visitor."""
    with pytest.raises(ValueError, match=r"not a|invalid"):
        parse(line, "yes", vocabulary())


def test_what_a_rule_covers_is_taken_out() -> None:
    """Idioms take their words with them, and no others."""
    known = vocabulary()
    idiom = RuleBook([parse("CAT > EATS @0", "idiom", known)])
    bits = bits_of("кіт їсть рибу", known)
    left = Reading(bits).without(idiom)
    assert left.bits[:2] == [0, 0]
    assert left.bits[2] == bits[2] != 0


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("кіт їсть", False), ("кіт, їсть", False), ("кіт. їсть", True), ("кіт! Їсть", True), ("кіт… їсть", True),
        ("кіт\nїсть", True), ("рибу; кіт їсть", False),
    ],
)  # fmt: skip
def test_nothing_is_taken_out_across_sentences(text: str, left: bool) -> None:
    """A full stop, a line's end, a semicolon end a sentence; a comma does not. How long the message is counts whole."""
    known = vocabulary()
    cat = known.bits["CAT"]
    for line in ("CAT > EATS @0", "CAT + EATS"):
        assert bool(Reading(bits_of(text, known)).without(RuleBook([parse(line, "idiom", known)])).all & cat) is left
    assert Reading(bits_of(f"{text}. кіт", known)).without(RuleBook([parse("CAT !2", "idiom", known)])).all & cat


def test_a_group_without_words_is_told() -> None:
    """A rule that names a group no table fills is found."""
    known = vocabulary()
    parse("CAT + DOG", "yes", known)
    assert known.empty() == ["DOG"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("дшуить", True), ("душть", True), ("душиит", True), ("ушить", True), ("сушить", False)]
)
def test_one_slip_is_forgiven_and_another_word_is_not_a_slip(typed: str, meant: bool) -> None:
    """Two letters that changed places, one missing, one too many, the first one wrong; but "сушить" dries."""
    known = vocabulary()
    known.ordinary("сушить")
    known.telling |= known.group("CHOKES", "~душить")
    (word,) = read_words(typed)
    bits = known.bits_of(word, as_english=False, as_slavic=True) or known.meant_by(word)
    assert bool(bits & known.bits["CHOKES"]) is meant
