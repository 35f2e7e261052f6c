"""Words and the numbers under which something is known of them, for tables of tens of thousands of words.

A dictionary of strings takes about a hundred and fifty bytes a word, as much as the rest of a small bot. Here a word
is 44 bits of its hash and its number 20 bits, in one sorted array: eight bytes. The words themselves are not kept. That
a word which is not there seems to be is a matter of 60,000 chances in 17 million millions; hashes are different in
every process, so nobody can aim at one. A register that is stored in a file has hashes that last, five times as slow:
who aims at one of those has nonsense taken for a name, which a name itself does as well.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable

import numpy as np

_NUMBER_BITS = 20
_MOST = 1 << _NUMBER_BITS
_HASH = (1 << 44) - 1
_PLACES_A_WORD = 8  # in the table that says at once that a word is not there, mostly
_PRIME = _HASH - 16  # the largest below


def lasting(word: str) -> int:
    """A hash that is the same in every process."""
    return int.from_bytes(b"." + word.encode("utf-8", "surrogatepass"), "big") % _PRIME


class Register:
    """Made once, from words and the number that they share, which is below a million; a word may have several."""

    __slots__ = ("_hashed", "_mask", "_pairs", "_taken")

    def __init__(self, entries: Iterable[tuple[Iterable[str], int]] = (), hashed: Callable[[str], int] = hash) -> None:
        pairs = [(found & _HASH) << _NUMBER_BITS | number for words, number in entries for found in map(hashed, words)]
        self._hashed = hashed
        self._keep(array("Q", np.unique(np.array(pairs, np.uint64)).tobytes()))

    @classmethod
    def unpacked(cls, data: bytes) -> Register:
        """One of lasting hashes, as it was when it was packed."""
        pairs = array("Q")
        pairs.frombytes(data)
        if sys.byteorder == "big":
            pairs.byteswap()
        register = cls(hashed=lasting)
        register._keep(pairs)
        return register

    def packed(self) -> bytes:
        """For a file: eight bytes a word, the lowest first."""
        pairs = self._pairs[:]
        if sys.byteorder == "big":
            pairs.byteswap()
        return pairs.tobytes()

    def _keep(self, pairs: array[int]) -> None:
        self._pairs = pairs
        self._mask = (1 << (_PLACES_A_WORD * len(pairs)).bit_length()) - 1
        self._taken = bytearray(self._mask + 1)
        beginnings = np.array(pairs, np.uint64) >> np.uint64(_NUMBER_BITS) & np.uint64(self._mask)
        np.frombuffer(self._taken, np.uint8)[beginnings] = 1

    def __contains__(self, word: str) -> bool:
        return bool(self.numbers(word))

    def numbers(self, word: str) -> tuple[int, ...]:
        """The numbers of a word, rising; none when it is not there."""
        hashed = self._hashed(word) & _HASH
        if not self._taken[hashed & self._mask]:
            return ()
        pairs, first = self._pairs, hashed << _NUMBER_BITS
        at = end = bisect_left(pairs, first)
        while end < len(pairs) and pairs[end] < first + _MOST:
            end += 1
        return tuple([pair - first for pair in pairs[at:end]])

    def numbers_of(self, words: Iterable[str]) -> set[int]:
        """The numbers of many words together; most words that are not there cost a look at one byte."""
        taken, mask, hashed = self._taken, self._mask, self._hashed
        perhaps = [word for word in words if taken[hashed(word) & mask]]
        return {number for word in perhaps for number in self.numbers(word)}
