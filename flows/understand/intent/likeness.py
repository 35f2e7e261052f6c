"""How much a message is like the examples of each meaning: a linear model beside the rules.

Rules say what they know and are silent about the rest; people find words that no table foresees. The model was
taught with several thousand invented utterances of the project (`python -m tests.understanding.teach`), and weighs
everything in a message at once (see `features`). On utterances neither had seen it finds about half of the dangers
that the rules miss; docs/architecture.md has the figures, `meaning` how both are brought together.

It is a table of small whole numbers, read without any library: a row for each feature, a column for each label.
The rows of a message are added up as one long number, a lane of three bytes for each label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gzip import decompress
from math import exp, sqrt
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.bin.gz")
LANE = 3  # bytes: room for the sum of 65,000 rows
MIDDLE = 128  # what a weight of nothing is stored as


@dataclass(frozen=True, slots=True)
class Likeness:
    """A taught model: `rows` holds a lane for each label in each feature's row."""

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    starts: tuple[float, ...]
    rows: bytes

    def shares(self, features: Sequence[int]) -> dict[str, float]:
        """How much of the likeness each label has; together they are one."""
        width, rows, row = LANE * len(self.labels), self.rows, int.from_bytes
        whole = sum([row(rows[one * width : one * width + width], "little") for one in features])
        added = whole.to_bytes(width + LANE, "little")
        many = len(features)
        root = sqrt(many or 1)
        sums = [int.from_bytes(added[at : at + LANE], "little") - MIDDLE * many for at in range(0, width, LANE)]
        scores = [start + one * scale / root for one, scale, start in zip(sums, self.scales, self.starts, strict=True)]
        highest = max(scores)
        weights = [exp(score - highest) for score in scores]
        total = sum(weights)
        return {label: weight / total for label, weight in zip(self.labels, weights, strict=True)}


@cache
def likeness() -> Likeness:
    """The model of the project. Raises FileNotFoundError, ValueError when its file is missing or damaged."""
    return unpacked(decompress(WEIGHTS.read_bytes()))


def unpacked(packed: bytes) -> Likeness:
    """A model from its header, a line of JSON, and its weights."""
    head, _, weights = packed.partition(b"\n")
    told: Mapping[str, list[float]] = json.loads(head)
    labels = tuple(str(label) for label in told["labels"])
    if not labels or len(weights) % len(labels):
        raise ValueError("the weights do not fit their labels")
    rows = bytearray(LANE * len(weights))
    rows[::LANE] = weights
    return Likeness(labels, tuple(told["scales"]), tuple(told["starts"]), bytes(rows))


def most_dangerous(shares: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    """The shares of the stretch of a message that is most like danger: of a short one the only one."""
    return max(shares, key=danger)


def danger(shares: Mapping[str, float]) -> float:
    """How much of the likeness is that of any danger."""
    return sum(share for label, share in shares.items() if label.startswith("danger "))
