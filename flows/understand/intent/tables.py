"""The tables of `words/` compiled once: groups of words, and rules of danger, of harmless look-alikes, of wishes.

A table has `[words]` (a group's name and its words, see `vocabulary`) and `[rules]` (what they mean and the rules, a
line each, see `rules`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from flows.understand.intent.rules import Rule, RuleBook, parse_all
from flows.understand.intent.vocabulary import Vocabulary

WORDS = Path(__file__).with_name("words")

# The most telling cause first: which screen comes when a message names several.
CAUSES = ("suicide", "choking", "weapon", "child", "rape", "locked", "threat", "now")

# Groups of words that mostly are part of a danger, and that often are: what they weigh together, see `meaning`.
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
# Short words whose slips are forgiven too, beside those above.
TELLING = "ME HE KID KIDIS WANTS DIE LIVE SELF VEINS DOOR HANDS"


_A_WORD = re.compile(r"[^\s>+|*~]+")  # in a group, or in a rule


class Table(TypedDict):
    """A file of `words/`."""

    words: dict[str, str]
    rules: NotRequired[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What a message is read with."""

    vocabulary: Vocabulary
    danger: RuleBook
    harmless: RuleBook
    services: RuleBook  # what they mean is a kind of the directory, the more particular first
    wishes: RuleBook
    grave: int
    heavy: int
    somebody: int

    def play(self, present: int) -> int:
        """The words that make a sentence play, in a message with these: of a joke; of films, books, games when it is
        not about him and me; of firewood and cake when it is not about anybody to whom something is done."""
        bits = self.vocabulary.bits
        words = bits["JOKE"]
        if not (present & bits["HE"] and present & bits["ME"]):
            words |= bits["FICTION"]
        if not present & (bits["ME"] | bits["THIRD"] | bits["KID"]):
            words |= bits["MUNDANE"]
        return words


@cache
def tables() -> Tables:
    """The compiled tables. Raises ValueError for a table that cannot be read."""
    vocabulary = Vocabulary()
    ordinary = _table("ordinary")["words"].values()
    named = {name: _table(name) for name in ("people", *CAUSES, "harmless", "services", "wishes")}
    lines = [
        line for table in named.values() for part in (table["words"], table.get("rules", {})) for line in part.values()
    ]
    vocabulary.folded.read(_A_WORD.findall(" ".join([*ordinary, *lines])))
    for words in ordinary:
        vocabulary.ordinary(words)
    for table in named.values():
        for group, words in table["words"].items():
            vocabulary.group(group, words)
    rules = {name: _rules(table, vocabulary) for name, table in named.items()}
    danger = RuleBook(rule for cause in CAUSES for rule in rules[cause])
    harmless, services, wishes = (RuleBook(rules[name]) for name in ("harmless", "services", "wishes"))
    if empty := vocabulary.empty():
        raise ValueError(f"no words for: {', '.join(empty)}")
    grave, heavy, somebody, telling = (_bits(names, vocabulary) for names in (GRAVE, HEAVY, SOMEBODY, TELLING))
    vocabulary.telling = grave | heavy | telling
    vocabulary.register_slips()
    vocabulary.folded.clear()
    return Tables(vocabulary, danger, harmless, services, wishes, grave, heavy, somebody)


def _table(name: str) -> Table:
    table: Table = tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))  # type: ignore[assignment]
    return table


def _rules(table: Table, vocabulary: Vocabulary) -> list[Rule]:
    return [rule for means, lines in table.get("rules", {}).items() for rule in parse_all(lines, means, vocabulary)]


def _bits(names: str, vocabulary: Vocabulary) -> int:
    return sum(vocabulary.bits[name] for name in names.split())
