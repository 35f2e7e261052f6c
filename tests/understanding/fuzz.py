"""`python -m tests.understanding.fuzz --times 1000000`: random and mutated strings that no person would type.

Nothing may raise, and every answer must be one the flows know. How long the slowest took is printed, in processor
time of the one process; a text that seems slow is read again, so that a busy machine does not make it slow. `LIMIT` is
what the project allows.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from bot.cli import COLLECT_AFTER
from db.directory.service import KINDS
from db.places.places import Places
from db.places.starting import starting_places
from flows.understand.intent import CAUSES, Understood, prepare, read
from flows.understand.places.candidate import MOST
from tests.understanding import sets, variants
from tests.understanding.sets import INTENTS

LIMIT = 0.010  # seconds of processor time a text may take
AGAIN = 3  # times that a slow text is read again: the shortest time counts, for other work makes processor time longer
LONG = 10_000  # signs of the longest texts
OFTEN_LONG = 500  # one text in so many is that long
_ODD = "\x00\u200d\u202e\u202a\u0301\ufe0f\ud83d\udc00\ufdfa🙂👩‍👩‍👧🏴𝕳ﬀ\u00a0\u3000*'\"\\%{}<>&;—…٠١٢שלוםمرحبا"
_KNOWN = {"danger": frozenset(CAUSES), "service": frozenset(KINDS)}


@dataclass(slots=True)
class Outcome:
    """How many texts were read, how many took too long, and the longest time."""

    read: int = 0
    slow: int = 0
    longest: float = 0.0
    slowest: str = field(default="", repr=False)


def fuzz(times: int, seed: str, places: Places, clock: Callable[[], float] = time.thread_time) -> Outcome:
    """Reads as many texts. Raises what reading raises, and ValueError for an answer that nobody knows."""
    dice = Random(seed)  # noqa: S311 (the same texts for the same seed)
    texts = _utterances()
    outcome = Outcome()
    for _ in range(times):
        text = made_up(texts, dice)
        found, took = _timed(text, places, clock)
        if found.intent not in INTENTS or found.kind not in _KNOWN.get(found.intent, ("",)):
            raise ValueError(f"{found.intent} {found.kind}")
        if len(found.candidates) > MOST:
            raise ValueError(f"{len(found.candidates)} candidates")
        for _ in range(AGAIN if took > LIMIT else 0):
            took = min(took, _timed(text, places, clock)[1])
        outcome.read += 1
        outcome.slow += took > LIMIT
        if took > outcome.longest:
            outcome.longest, outcome.slowest = took, text[:80]
    return outcome


@cache
def _utterances() -> list[str]:
    return [line.text for line in (*sets.taught(), *sets.places("tuning"))]


def _timed(text: str, places: Places, clock: Callable[[], float]) -> tuple[Understood, float]:
    began = clock()
    found = read(text, places)
    return found, clock() - began


def made_up(texts: Sequence[str], dice: Random) -> str:
    """A text to try: an utterance mutated, several run together, signs at random, a wall of ten thousand of them."""
    if not dice.randrange(OFTEN_LONG):
        part = dice.choice((dice.choice(texts) + " ", _noise(dice, 12), _noise(dice, 700), dice.choice(_ODD)))
        return (part * (LONG // len(part) + 1))[:LONG]
    chance = dice.randrange(10)
    if chance < 2:
        return _noise(dice, 120)
    text = variants.variant(dice.choice(texts), dice)
    if chance < 4:
        text = " ".join((text, *(dice.choice(texts) for _ in range(dice.randrange(1, 4)))))
    signs = list(text)
    for _ in range(dice.randrange(6)):
        at = dice.randrange(len(signs) + 1)
        signs[at : at + dice.randrange(3)] = dice.choice(_ODD) if dice.randrange(2) else chr(dice.randrange(0x110000))
    return "".join(signs)


def _noise(dice: Random, longest: int) -> str:
    ranges = ((0, 0x110000), (0x20, 0x7F), (0x400, 0x530), (0x590, 0x700), (0xD7F0, 0xE010), (0x1F300, 0x1FAFF))
    low, high = dice.choice(ranges)
    return "".join(chr(dice.randrange(low, high)) for _ in range(dice.randrange(1, longest)))


def main(words: Sequence[str] | None = None) -> int:
    """Prints what came of it; 1 when a text took too long."""
    arguments = argparse.ArgumentParser(prog="python -m tests.understanding.fuzz")
    arguments.add_argument("--times", type=int, default=10_000)
    arguments.add_argument("--seed", default="fuzz")
    arguments.add_argument("--every", type=int, default=10_000, help="tell how far it is after so many")
    told = arguments.parse_args(words)
    places = Places(starting_places())
    prepare(places)
    _utterances()
    gc.set_threshold(COLLECT_AFTER)
    gc.freeze()  # as in a running bot
    whole = Outcome()
    while whole.read < told.times:
        part = fuzz(min(told.every, told.times - whole.read), f"{told.seed} {whole.read}", places)
        whole.read += part.read
        whole.slow += part.slow
        if part.longest > whole.longest:
            whole.longest, whole.slowest = part.longest, part.slowest
        sys.stdout.write(
            f"{whole.read:,} read, {whole.slow} over {1000 * LIMIT:.0f} ms, longest {1000 * whole.longest:.1f} ms\n"
        )
        sys.stdout.flush()
    if whole.slow:
        sys.stdout.write(f"the slowest begins {whole.slowest!r}\n")
    return 1 if whole.slow else 0


if __name__ == "__main__":
    sys.exit(main())
