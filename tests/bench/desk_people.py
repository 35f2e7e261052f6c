"""Visitors and operators of a desk under load: what each has said, what reached the other side, in which order.

Every word carries its number ("w12-3": visitor 12, third word; "r12-3": the answer to it), so that a screen tells
which words it shows, whose, and in which order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

_WORD = re.compile(r"\b([wr])(\d+)-(\d+)\b")


@dataclass(slots=True)
class Person:
    """A phone: its live message and what stands in it."""

    chat: int
    number: int
    messages: int = 0
    live: int = 0
    notice: int = 0  # an announcement that has not been opened
    shown: dict[int, int] = field(default_factory=dict)  # message → hash of its last edit
    gone: set[int] = field(default_factory=set)
    queries: set[str] = field(default_factory=set)  # taps whose button still spins

    def next_message(self) -> int:
        """The id of the next message in this chat."""
        self.messages += 1
        return self.messages


@dataclass(slots=True)
class Visitor(Person):
    """Somebody with a case. Times are seconds of the caller's clock."""

    briefed: bool = False  # has begun
    asked: float = 0.0  # the tap that asks
    waits: float = 0.0  # the screen that says so has come
    words: int = 0  # written so far, in all plays
    said: dict[int, float] = field(default_factory=dict)  # number of a word → when it was written
    reached: dict[int, float] = field(default_factory=dict)  # … → when an operator's screen first showed it
    due: float = 0.0  # next word
    opens: float = 0.0  # when an announcement will be tapped
    tapped: float = 0.0


@dataclass(slots=True)
class Operator(Person):
    """Somebody who answers."""

    holding: bool = False
    busy: str = ""  # what they wait for: "take", "close"
    of: int = -1  # the visitor whose words are on the screen
    answers: list[tuple[float, int, int]] = field(default_factory=list)  # when due, visitor, word
    answered: dict[tuple[int, int], float] = field(default_factory=dict)


@dataclass
class Found:
    """What went wrong, or was done twice."""

    repeated: Counter[str] = field(default_factory=Counter)
    scrambled: int = 0  # screens with words out of order, or with a gap between them
    mixed: int = 0  # screens with words of two people


def words(text: str, kind: str) -> list[tuple[int, int]]:
    """(visitor, number) of the words in a text, in the order they stand there."""
    return [(int(who), int(number)) for what, who, number in _WORD.findall(text) if what == kind]


def ordered(numbers: list[int]) -> bool:
    """Whether they follow each other without a gap."""
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))
