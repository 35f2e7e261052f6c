"""The features of what is said: words, pairs of their beginnings, and pieces of them.

They are made once for a message, and any words of it that stand side by side take theirs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any
from zlib import crc32

import numpy as np

BUCKETS = 1 << 20
INSIDE = (3, 4)  # letters of pieces of a word
ACROSS = (5, 6)  # letters of pieces that may reach from one word into the next
BEGINNING = 5  # letters of a word by which it is paired with its neighbours
REACH = 3  # how many words on the other of a pair may stand

Numbers = np.ndarray[Any, np.dtype[np.uint32]]
Glimpse = tuple[Numbers, list[tuple[int, int]]]  # features of a message, and where those of each part begin and end

# Odd, so that nothing of a hash is lost.
_STEP, _LEFT, _RIGHT, _MIX = map(np.uint32, (0x01000193, 0x9E3779B1, 0x85EBCA77, 0x7FEB352D))
_HALF, _CUT = map(np.uint32, (16, 32 - (BUCKETS - 1).bit_length()))
_OPENS, _CLOSES = (np.array([crc32(mark)], np.uint32) for mark in (b"^", b"$"))
_AWAY = np.arange(1, REACH + 1, dtype=np.uint32)[:, np.newaxis]


class Spoken:
    """Words, pairs of their beginnings, and pieces of them: "л_мен" is in "бил мене" and in "убил меня"."""

    def __init__(self, letters: Sequence[str]) -> None:
        self._numbers = [at for at, one in enumerate(letters) if one]
        said = [one for one in letters if one]
        hashes = {one: (crc32(f"<{one}>".encode()), crc32(one[:BEGINNING].encode())) for one in {*said}}
        whole, begins = np.array([hashes[one] for one in said], np.uint32).reshape(-1, 2).T
        raw = [_paired(_OPENS, begins, _AWAY).ravel(), _paired(begins, _CLOSES, _AWAY).ravel()]
        raw += [whole]
        raw += [_paired(begins[: -int(away)], begins[int(away) :], away) for (away,) in _AWAY]
        raw += _pieces("".join(["_", *[f"{one}_" for one in said]]))
        cut = _cut(np.concatenate(raw))
        ends = accumulate(map(len, raw))
        kinds = iter([cut[end - len(kind) : end] for kind, end in zip(raw, ends, strict=True)])
        self._opens, self._closes = (next(kinds).reshape(REACH, -1) for _ in range(2))
        self._words, self._pairs = next(kinds), [next(kinds) for _ in range(REACH)]
        self._inside, self._across = [next(kinds) for _ in INSIDE], [*kinds]
        lengths = np.array([0, *map(len, said)])
        # Where the pieces of each word begin; those that reach across begin with the gap before it.
        many = [np.maximum(lengths + 3 - length, 0) for length in INSIDE]
        self._first = [(one.cumsum() - one[0]).tolist() for one in many]
        self._gaps = (lengths.cumsum() + np.arange(len(lengths))).tolist()

    def within(self, words: slice) -> list[Numbers]:
        """All features of some words that stand side by side."""
        low, high = self._among(words)
        begin, end = self._gaps[low], self._gaps[high]
        edges = self._opens[:, low:high].diagonal(), self._closes[:, low:high][:, ::-1].diagonal()
        pairs = [kind[low : max(low, high - away)] for away, kind in enumerate(self._pairs, 1)]
        inside = [kind[first[low] : first[high]] for kind, first in zip(self._inside, self._first, strict=True)]
        across = [kind[begin : max(begin, end + 2 - length)] for length, kind in zip(ACROSS, self._across, strict=True)]
        return [*edges, self._words[low:high], *pairs, *inside, *across]

    def glimpses(self, parts: Iterable[slice]) -> Iterator[Glimpse]:
        """Words and the longer of their pieces."""
        among = [self._among(words) for words in parts]
        yield self._words, among
        yield self._inside[-1], [(self._first[-1][low], self._first[-1][high]) for low, high in among]

    def _among(self, words: slice) -> tuple[int, int]:
        return bisect_left(self._numbers, words.start), bisect_left(self._numbers, words.stop)


def _pieces(said: str) -> list[Numbers]:
    """Pieces of each length, those of `INSIDE` without what has a gap between its letters."""
    signs = np.frombuffer(said.encode("utf-32-le"), np.uint32)
    letter = signs != ord("_")
    found = []
    piece, unbroken = signs[:-1] * _STEP + signs[1:], np.ones(len(signs), np.bool_)
    for length in range(3, ACROSS[-1] + 1):
        piece = piece[:-1] * _STEP + signs[length - 1 :]
        unbroken = unbroken[: len(piece)] & letter[length - 2 :][: len(piece)]
        if length in INSIDE:
            found.append(piece[unbroken])
        elif length in ACROSS:
            found.append(piece)
    return found


def bucket(feature: str) -> int:
    """The feature of a name from the tables or the rules."""
    return int(_cut(np.array([crc32(feature.encode())], np.uint32))[0])


def _paired(ones: Numbers, others: Numbers, away: Numbers) -> Numbers:
    return ones * _LEFT + others * _RIGHT + away


def _cut(hashes: Numbers) -> Numbers:
    """Hashes cut short, after every bit has had its say in what is left."""
    mixed = (hashes ^ hashes >> _HALF) * _MIX
    cut: Numbers = ((mixed ^ mixed >> _HALF) * _MIX) >> _CUT
    return cut
