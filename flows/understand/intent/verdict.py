"""What a message says when all of it is brought together: its parts, the whole, and what the rules say.

The worst part of a message tells whether there may be danger in it. It cannot tell what the rest means: a calm letter
of ten sentences has one that looks bad nearly always, and a lament in which nobody is hurt is no question about law
because one sentence names a court. So a second, far smaller model looks at how everything was likened, and says what
it is. It was taught with utterances that the first one has never met (`python -m tests.understanding.teach`):
of those it is taught with the first one is far too sure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from flows.understand.intent.likeness import Floats, Likened
from flows.understand.intent.ruling import Ruling, Sureness
from flows.understand.intent.stretches import WHOLE

Length = Literal["short", "long"]

TABLE = Path(__file__).with_name("verdict.json")
WORST = 3  # parts that are most like danger, each of which counts by itself
LEAST = 1e-4  # share: below it is none
MOST_WORDS, MOST_PARTS = 100, 20  # of a message: how much longer one is says no more

_SURENESS: tuple[Sureness, ...] = get_args(Sureness)
_WISHES = ("human", "relative", "service", "greeting")


def verdict(likened: Likened, ruled: Ruling) -> dict[str, float]:
    """How likely each label of the first model is that of the message, together one."""
    weights, starts = judges()[length(ruled)]
    scores = signs(likened, ruled) @ weights + starts
    shares = np.exp(scores - scores.max())
    return dict(zip(likened.labels, (shares / shares.sum()).tolist(), strict=True))


def length(ruled: Ruling) -> Length:
    """Short messages and long ones are judged by tables of their own."""
    return "long" if ruled.words > WHOLE else "short"


def signs(likened: Likened, ruled: Ruling) -> Floats:
    """What the verdict is made from: a row of numbers, in an order that the table knows."""
    dangers = np.sort(likened.parts[:, : likened.dangers].sum(axis=1))[::-1]
    worst = np.zeros(WORST, np.float32)
    worst[: len(dangers)] = dangers[:WORST]
    odds = map(_odds, (worst, likened.parts.max(axis=0), likened.parts.mean(axis=0), likened.whole))
    size = dangers.mean(), np.log(min(likened.many, MOST_PARTS)), np.log(min(ruled.words, MOST_WORDS))
    said = [ruled.sureness == one for one in _SURENESS] + [ruled.wish == one for one in _WISHES]
    kind = [label == f"service {ruled.kind}" for label in likened.labels]
    return np.concatenate((*odds, size, said, kind)).astype(np.float32)


def _odds(shares: Floats) -> Floats:
    kept = shares.clip(LEAST, 1 - LEAST)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


@cache
def judges() -> Mapping[Length, tuple[Floats, Floats]]:
    """For each length a column of weights for each label, and how it starts. Raises FileNotFoundError, ValueError."""
    told: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    tables = {one: np.array(told[one], np.float32) for one in get_args(Length)}
    return {one: (table[:-1], table[-1]) for one, table in tables.items()}
