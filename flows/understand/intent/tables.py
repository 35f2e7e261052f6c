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
CAUSES = ("suicide", "choking", "weapon", "child", "rape", "locked", "threat", "now")
_DANGER = {
    "suicide": suicide, "choking": choking, "weapon": weapon, "rape": rape, "child": children, "locked": locked,
    "threat": threat, "now": now,
}  # fmt: skip

GRAVE = (
    "STRIKES CHOKES RAPES KILLS NOTOUT GUN KNIFE THROAT BRUISES THREATENS SUICIDE VIOLENT BURNS STABS SHOOTS FUEL CAPTIVE"
    " FISTS"
)
HEAVY = (
    "HIT GRABS BREAKS BLEEDS RAGE HIDES CHASES BREAKIN FEAR FEARS DRUNK HELP RESCUE RESCUERS DOOM FORCES STRENGTH TOUCHES"
    " CLOTHES PAIN CRYING LOCKS LOCKEDIN KEEPS TOOK CARRIED CUTS PILLS ROPE WAITS RAISES HAIR SQUEEZES STRAP COVERS"
    " FAINTED MAIM MARKS SCALDS SPILLS TIES"
)
SOMEBODY = "HE ME KID KIDIS THIRD"


@dataclass(frozen=True, slots=True)
class Tables:
    """What a message is read with."""

    vocabulary: Vocabulary
    danger: RuleBook
    harmless: RuleBook
    wishes: RuleBook
    heavy: int  # words that are often part of a danger
    grave: int  # words that mostly are
    somebody: int  # people to whom something may happen
    fiction: int
    joke: int
    services: RuleBook  # what they mean is a kind of the directory, the more particular first

    def is_play(self, present: int) -> bool:
        """Whether a message is a joke, or about a film, a book, a game, and not about him and me."""
        told_of_oneself = present & self.vocabulary.group("HE") and present & self.vocabulary.group("ME")
        return bool(present & self.joke or (present & self.fiction and not told_of_oneself))


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
    def all_of(names: str) -> int:
        return sum(vocabulary.group(name) for name in names.split())

    harmless_rules = parse_all(harmless.RULES, "harmless", vocabulary)
    if empty := vocabulary.empty():
        raise ValueError(f"no words for: {', '.join(empty)}")
    return Tables(vocabulary, RuleBook(danger), RuleBook(harmless_rules), RuleBook(wished), *(all_of(names) for names in (HEAVY, GRAVE, SOMEBODY, "FICTION", "JOKE")), RuleBook(kinds))
