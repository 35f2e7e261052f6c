"""`python -m tests.understanding.teach_verdict`: teaches the second, small model (`flows.understand.intent.verdict`).

After the first one (`teach`), with utterances that one has never met. The same utterances make the same tables.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args

import numpy as np

from flows.understand.intent import verdict
from flows.understand.intent.letters import read_words
from flows.understand.intent.likeness import WEIGHTS, likeness
from flows.understand.intent.meaning import looked_at
from flows.understand.intent.verdict import TABLE, Length
from tests.understanding import sets
from tests.understanding.sets import IntentLine
from tests.understanding.teach import wanted

ROUNDS, PACE, MOMENTUM = 800, 0.05, 0.9  # of descent, over all utterances at once
LEAN = 40.0  # how much a weight that is not needed shrinks: utterances it would take to outweigh it
DIGITS = 3  # after the point: more change no answer

Rows = np.ndarray[Any, np.dtype[np.float64]]


def judged(lines: Sequence[IntentLine]) -> dict[Length, Rows]:
    """A table for each length, from the lines of that length."""
    seen = [(line, *looked_at(words)) for line in lines if (words := read_words(line.text))]
    found: dict[Length, Rows] = {}
    for length in get_args(Length):
        told = [
            (line, verdict.signs(likened, ruled)) for line, likened, ruled in seen if verdict.length(ruled) == length
        ]
        right = [wanted(line, likeness().labels) for line, _ in told]
        found[length] = _descended(np.array([signs for _, signs in told], np.float64), np.array(right, np.float64))
    return found


def _descended(signs: Rows, right: Rows) -> Rows:
    """Multinomial logistic regression; signs are brought to one scale, and the weights back from it."""
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    known = np.hstack(((signs - mean) / spread, np.ones((len(signs), 1))))
    lean = np.full((known.shape[1], 1), LEAN / len(known))
    lean[-1] = 0
    weights = np.zeros((known.shape[1], right.shape[1]))
    speed = np.zeros_like(weights)
    for _ in range(ROUNDS):
        ahead = weights + MOMENTUM * speed
        scores = known @ ahead
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        speed = MOMENTUM * speed - PACE * (known.T @ (likely - right) / len(known) + lean * ahead)
        weights = weights + speed
    inner = weights[:-1] / spread[:, np.newaxis]
    return np.vstack((inner, weights[-1] - mean @ inner))


def source() -> str:
    """A digest of all that the tables depend upon: utterances, the weights of the first model, how signs are made."""
    digest = blake2b(digest_size=16)
    for file in (sets.VERDICTS, WEIGHTS, Path(verdict.__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Writes the tables beside the module that reads them."""
    found = {one: rows.round(DIGITS).tolist() for one, rows in judged(sets.verdicts()).items()}
    about = "made by python -m tests.understanding.teach from the project's own utterances"
    TABLE.write_text(json.dumps({"about": about, "source": source(), **found}) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TABLE.name}: {TABLE.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
