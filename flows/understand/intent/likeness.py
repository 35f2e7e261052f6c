"""How much a message is like the examples of each meaning: a linear model beside the rules.

Rules say what they know and are silent about the rest; people find words that no table foresees. The model was
taught with more than a quarter of a million invented utterances of the project
(`python -m tests.understanding.teach`), and weighs everything in a message at once (see `features`). On utterances
neither had seen it finds about half of the dangers that the rules miss; docs/architecture.md has the figures, `meaning`
how both are brought together.

It is a table of small whole numbers: a row for each feature, a column for each label.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from io import BufferedIOBase
from pathlib import Path
from typing import Any

import numpy as np

from flows.understand.intent.features import Passages
from flows.understand.intent.spoken import BUCKETS, Numbers
from flows.understand.intent.stretches import Stretch

DANGER = "danger "  # what the labels of its causes begin with
WEIGHTS = Path(__file__).with_name("weights.bin.gz")
BITS = 64  # of a number
BLOCK = 1 << 17  # bytes of the file that are read at once
MOST_READ = 12  # parts of a long message that are read with all their features

Floats = np.ndarray[Any, np.dtype[np.float32]]
Whole = np.ndarray[Any, np.dtype[np.int32]]


@dataclass(frozen=True, slots=True)
class Likened:
    """What a message is like: a row of shares for each part of it that was read, one for the whole, and how `many`
    parts it has."""

    labels: tuple[str, ...]
    parts: Floats
    whole: Floats
    many: int
    dangers: int  # labels of danger, which come first

    def worst(self) -> dict[str, float]:
        """The shares of the part that is most like danger: of a short message there is only one."""
        worst = self.parts[self.parts[:, : self.dangers].sum(axis=1).argmax()]
        return dict(zip(self.labels, worst.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Likeness:
    """A taught model: `rows` holds the weight of each label, the first row of nothing, then one for each feature that
    has any: those whose bits are set in `kept`, of which there are so many `before` each of its numbers."""

    labels: tuple[str, ...]
    scales: Floats
    starts: Floats
    kept: np.ndarray[Any, np.dtype[np.uint64]]
    before: Whole
    rows: np.ndarray[Any, np.dtype[np.int8]]
    dangers: int  # labels of danger, which come first

    def shares(self, parts: Sequence[Numbers]) -> Floats:
        """How much of the likeness of each part each label has: a row of shares for each, together one."""
        many = np.array([len(features) for features in parts])
        begins = many.cumsum() - many
        rows = self._rows_of(np.concatenate(parts))
        scores = self._scores(np.add.reduceat(rows, begins, axis=0, dtype=np.int32), many[:, np.newaxis])
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = weights / weights.sum(axis=1, keepdims=True)
        return shares

    def read(self, passages: Passages) -> Likened:
        """A message, part by part and as a whole; of a long one the parts that are most like danger at a glance."""
        parts = passages.parts if len(passages.parts) <= MOST_READ else self._at_a_glance(passages)
        read = parts if passages.whole in parts else [*parts, passages.whole]
        shares = self.shares([passages.features(part) for part in read])
        whole = shares[read.index(passages.whole)]
        return Likened(self.labels, shares[: len(parts)], whole, len(passages.parts), self.dangers)

    def _at_a_glance(self, passages: Passages) -> list[Stretch]:
        """The parts of a long message in which some danger is likened most, against anything else."""
        parts = passages.different()
        glimpses = [self._added(features, np.array(edges)) for features, edges in passages.glimpses(parts)]
        sums, many = (np.sum(each, axis=0) for each in zip(*glimpses, strict=True))
        scores = self._scores(sums, many[:, np.newaxis])
        lead = scores[:, : self.dangers].max(axis=1) - scores[:, self.dangers :].max(axis=1)
        return [parts[number] for number in nlargest(MOST_READ, range(len(parts)), key=lead.tolist().__getitem__)]

    def _added(self, features: Numbers, edges: Whole) -> tuple[Whole, Whole]:
        """The rows of the features of each part added up, and how many they are."""
        sums = np.zeros((len(features) + 1, len(self.labels)), np.int32)
        self._rows_of(features).cumsum(axis=0, dtype=np.int32, out=sums[1:])
        begin, end = edges.T
        return sums[end] - sums[begin], end - begin

    def _rows_of(self, features: Numbers) -> np.ndarray[Any, np.dtype[np.int8]]:
        number, bit = features // BITS, features.astype(np.uint64) & np.uint64(BITS - 1)
        kept = self.kept.take(number)
        lower = np.bitwise_count(kept & (np.uint64(1) << bit) - np.uint64(1))
        there = (kept >> bit & np.uint64(1)).astype(np.int32)
        return self.rows.take(there * (1 + self.before.take(number) + lower), axis=0)

    def _scores(self, sums: Whole, many: Any) -> Floats:
        scores: Floats = sums * (self.scales / np.sqrt(np.maximum(many, 1))) + self.starts
        return scores


@cache
def likeness() -> Likeness:
    """The model of the project. Raises FileNotFoundError, ValueError when its file is missing or damaged."""
    with gzip.open(WEIGHTS) as packed:
        return unpacked(packed)


def unpacked(packed: BufferedIOBase) -> Likeness:
    """A model from its header, a line of JSON, a bit for each feature that has a row, and the rows. They are read into
    their place block by block: what else holds them for a moment stays with the process for good."""
    told: Mapping[str, list[float]] = json.loads(packed.readline())
    labels = tuple(str(label) for label in told["labels"])
    kept = np.zeros(BUCKETS // BITS, "<u8")
    whole = packed.readinto(kept.data.cast("B")) == kept.nbytes
    many = np.bitwise_count(kept).cumsum(dtype=np.int32)
    rows = np.zeros((1 + int(many[-1]), len(labels)), np.int8)
    into = rows[1:].reshape(-1).data.cast("B")
    filled = 0
    while some := packed.readinto(into[filled : filled + BLOCK]):
        filled += some
    dangers = sum(label.startswith(DANGER) for label in labels)
    whole = whole and filled == len(into) and not packed.read(1)
    if not whole or not all(label.startswith(DANGER) for label in labels[:dangers]):
        raise ValueError("the weights do not fit their labels")
    scales, starts = (np.array(told[name], np.float32) for name in ("scales", "starts"))
    return Likeness(labels, scales, starts, kept, many - np.bitwise_count(kept), rows, dangers)


def danger(shares: Mapping[str, float]) -> float:
    """How much of the likeness is that of any danger."""
    return sum(share for label, share in shares.items() if label.startswith(DANGER))
