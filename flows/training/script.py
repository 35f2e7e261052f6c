"""A scripted visitor: what they ask for, what they write, and what makes them write it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from flows.training.hearing import Cue, cues_in

Name = Literal["calm", "urgent", "impersonator", "child", "abusive"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, by its key. `cue`: only after that was heard in an answer; without one, after any answer.

    loose   its place among the other loose ones is dealt anew each time, so that nobody learns the script by heart.
    """

    says: str
    cue: Cue | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """One kind of case. `topic` and `when` are what is tapped while asking; `brief` is what the last shift left;
    `secrets` are stems of what must not be told to this visitor; `checks` are what is looked at afterwards."""

    name: Name
    label: str
    topic: str
    when: str
    opening: str
    turns: tuple[Turn, ...]
    checks: tuple[str, ...]
    brief: str = ""
    secrets: tuple[str, ...] = ()

    def dealt(self, random: Random) -> Script:
        """The same with its loose turns in another order."""
        loose = [turn for turn in self.turns if turn.loose]
        random.shuffle(loose)
        return replace(self, turns=tuple(loose.pop() if turn.loose else turn for turn in self.turns))

    def answer(self, told: Sequence[str], said: Collection[str]) -> str:
        """The key of what is written next, now that these words of the operator's were read; empty for nothing.

        What was asked is answered first; otherwise the story goes on by itself.
        """
        heard = cues_in(" ".join(told))
        return _first(turn.says for turn in self.turns if turn.cue in heard and turn.says not in said) or _first(
            turn.says for turn in self.turns if turn.cue is None and turn.says not in said
        )


def _first(keys: Iterable[str]) -> str:
    return next(iter(keys), "")
