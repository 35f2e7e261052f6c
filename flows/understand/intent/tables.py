"""All tables compiled once: groups of words, rules of danger, of harmless look-alikes, and of wishes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flows.understand.intent import ordinary, services, wishes
from flows.understand.intent.danger import choking, harmless, locked, now, people, rape, suicide, threat, weapon
from flows.understand.intent.danger import child as children
from flows.understand.intent.rules import RuleBook, parse_all
from flows.understand.intent.vocabulary import Vocabulary

# The most telling cause first: which screen comes when a message names several.
CAUSES = ("suicide", "choking", "weapon", "rape", "child", "locked", "threat", "now")
_DANGER = {
    "suicide": suicide, "choking": choking, "weapon": weapon, "rape": rape, "child": children, "locked": locked,
    "threat": threat, "now": now,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tables:
    """What a message is read with."""

    vocabulary: Vocabulary
    danger: RuleBook
    harmless: RuleBook
    wishes: RuleBook
    services: RuleBook  # what they mean is a kind of the directory, the more particular first


@cache
def tables() -> Tables:
    """The compiled tables. Raises ValueError for a table that cannot be read."""
    vocabulary = Vocabulary()
    vocabulary.ordinary(ordinary.WORDS)
    for table in (
        people.WORDS,
        *(cause.WORDS for cause in _DANGER.values()),
        harmless.WORDS,
        services.WORDS,
        wishes.WORDS,
    ):
        for name, words in table.items():
            vocabulary.group(name, words)
    for name, words in wishes.WHO.items():
        vocabulary.group(name, words)
    vocabulary.group("GREETS", wishes.GREETS)
    kinds = [rule for kind, lines in services.RULES.items() for rule in parse_all(lines, kind, vocabulary)]
    danger = [rule for cause in CAUSES for rule in parse_all(_DANGER[cause].RULES, cause, vocabulary)]
    wished = [
        *parse_all(wishes.HUMAN, "human", vocabulary),
        *parse_all(wishes.RELATIVE, "relative", vocabulary),
        *parse_all(wishes.GREETING, "greeting", vocabulary),
    ]
    harmless_rules = parse_all(harmless.RULES, "harmless", vocabulary)
    if empty := vocabulary.empty():
        raise ValueError(f"no words for: {', '.join(empty)}")
    return Tables(vocabulary, RuleBook(danger), RuleBook(harmless_rules), RuleBook(wished), RuleBook(kinds))
