"""How much a message is like the examples of each meaning: a linear model beside the rules.

Rules say what they know and are silent about the rest; people find words that no table foresees. The model was
taught with some hundred and fifty thousand invented utterances of the project
(`python -m tests.understanding.teach`), and weighs everything in a message at once (see `features`). On utterances
neither had seen it finds about half of the dangers that the rules miss; docs/architecture.md has the figures, `meaning`
how both are brought together.

It is a table of small whole numbers, read without any library: a row for each feature, a column for each label.
The rows of a message are added up as one long number, a lane for each label.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from heapq import nlargest
from io import BufferedIOBase
from math import exp, sqrt
from pathlib import Path
from struct import unpack

from flows.understand.intent.features import Passages
from flows.understand.intent.stretches import Stretch

DANGER = "danger "  # what the labels of its causes begin with
WEIGHTS = Path(__file__).with_name("weights.bin.gz")
LANE = 2  # bytes
BLOCK = 1 << 17  # bytes of the file that are read at once
AT_ONCE = 257  # rows whose sum has room in a lane
MIDDLE = 128  # what a weight of nothing is stored as
# Parts of a long message that are read with all their features, and how dangerous the last one is.
MOST_READ, BEYOND_DOUBT = 8, 0.9


@dataclass(frozen=True, slots=True)
class Likeness:
    """A taught model: `rows` holds a lane for each label in each feature's row."""

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    starts: tuple[float, ...]
    rows: bytes
    dangers: int  # labels of danger, which come first

    def shares(self, features: Collection[int]) -> dict[str, float]:
        """How much of the likeness each label has; together they are one."""
        sums = [0] * len(self.labels)
        every = tuple(features)
        for added in self._added([every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE)]).values():
            sums = [one + lane for one, lane in zip(sums, self._lanes(added), strict=True)]
        scores = self._scores(sums, len(features))
        highest = max(scores)
        weights = [exp(score - highest) for score in scores]
        total = sum(weights)
        return {label: weight / total for label, weight in zip(self.labels, weights, strict=True)}

    def most_dangerous(self, passages: Passages) -> dict[str, float]:
        """The shares of the part of a message that is most like danger: of a short one the only one."""
        if len(passages.parts) <= MOST_READ:
            return max([self.shares(passages.features(part)) for part in passages.parts], key=danger)
        found: list[dict[str, float]] = []
        for part in self._at_a_glance(passages):
            found.append(self.shares(passages.features(part)))
            if danger(found[-1]) > BEYOND_DOUBT:
                break
        return max(found, key=danger)

    def _at_a_glance(self, passages: Passages) -> list[Stretch]:
        """The parts of a long message in which some danger is likened most, against anything else.

        A wall of text is a part again and again, which is read once.
        """
        words, groups, said = passages.glimpses()
        added = self._added({*words, *groups, said})
        weights = [[added[one] for one in glimpses] for glimpses in (words, groups)]

        def lead(part: Stretch) -> float:
            many = len(said) + sum(map(len, words[part.words])) + sum(map(len, groups[part.groups]))
            lanes = self._lanes(added[said] + sum(weights[0][part.words]) + sum(weights[1][part.groups]))
            scores = self._scores(lanes, many)
            return max(scores[: self.dangers]) - max(scores[self.dangers :])

        different = {(*words[part.words], *groups[part.groups]): part for part in passages.parts}
        return nlargest(MOST_READ, different.values(), key=lead)

    def _added(self, every: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
        """The rows of some features added up, for each of several lots of features."""
        width, rows, row = LANE * len(self.labels), self.rows, int.from_bytes
        return {
            features: sum([row(rows[one * width : one * width + width], "little") for one in features])
            for features in every
        }

    def _lanes(self, added: int) -> Sequence[int]:
        return unpack(f"<{len(self.labels)}H", added.to_bytes(LANE * len(self.labels), "little"))

    def _scores(self, sums: Sequence[int], many: int) -> list[float]:
        root, middle = sqrt(many or 1), MIDDLE * many
        return [
            start + (one - middle) * scale / root
            for one, scale, start in zip(sums, self.scales, self.starts, strict=True)
        ]


@cache
def likeness() -> Likeness:
    """The model of the project. Raises FileNotFoundError, ValueError when its file is missing or damaged."""
    with gzip.open(WEIGHTS) as packed:
        return unpacked(packed)


def unpacked(packed: BufferedIOBase) -> Likeness:
    """A model from its header, a line of JSON, and its weights; read block by block, or twice their size would stay
    with the process for good."""
    told: Mapping[str, list[float]] = json.loads(packed.readline())
    lanes = [block.decode("latin-1").encode("utf-16-le") for block in iter(partial(packed.read, BLOCK), b"")]
    rows = b"".join(lanes)  # a lane for each byte
    labels = tuple(str(label) for label in told["labels"])
    dangers = sum(label.startswith(DANGER) for label in labels)
    if (
        not labels
        or len(rows) % (LANE * len(labels))
        or not all(label.startswith(DANGER) for label in labels[:dangers])
    ):
        raise ValueError("the weights do not fit their labels")
    return Likeness(labels, tuple(told["scales"]), tuple(told["starts"]), rows, dangers)


def danger(shares: Mapping[str, float]) -> float:
    """How much of the likeness is that of any danger."""
    return sum(share for label, share in shares.items() if label.startswith(DANGER))
