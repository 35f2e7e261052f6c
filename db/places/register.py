"""Words and the numbers under which something is known of them, for tables of tens of thousands of words.

A dictionary of strings takes about a hundred and fifty bytes a word, as much as the rest of a small bot. Here a word
is 44 bits of its hash and its number 20 bits, in one sorted array: eight bytes. The words themselves are not kept. That
a word which is not there seems to be is a matter of 60,000 chances in 17 million millions; hashes are different in
every process, so nobody can aim at one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_NUMBER_BITS = 20
_MOST = 1 << _NUMBER_BITS
_HASH = (1 << 44) - 1
_PLACES_A_WORD = 8  # in the table that says at once that a word is not there, mostly


class Register:
    """Made once, from words and the number that they share, which is below a million; a word may have several."""

    __slots__ = ("_mask", "_pairs", "_taken")

    def __init__(self, entries: Iterable[tuple[Iterable[str], int]]) -> None:
        pairs: set[int] = set()
        for words, number in entries:
            pairs.update([(hash(word) & _HASH) << _NUMBER_BITS | number for word in words])
        self._pairs = array("Q", sorted(pairs))
        self._mask = (1 << (_PLACES_A_WORD * len(self._pairs)).bit_length()) - 1
        self._taken = bytearray(self._mask + 1)
        taken, mask = self._taken, self._mask
        for pair in self._pairs:
            taken[pair >> _NUMBER_BITS & mask] = 1

    def __contains__(self, word: str) -> bool:
        return bool(self.numbers(word))

    def perhaps(self, words: Iterable[str]) -> list[str]:
        """The words that may be there: of others one in sixteen."""
        taken, mask = self._taken, self._mask
        return [word for word in words if taken[hash(word) & mask]]

    def numbers(self, word: str) -> tuple[int, ...]:
        """The numbers of a word, rising; none when it is not there."""
        hashed = hash(word) & _HASH
        if not self._taken[hashed & self._mask]:
            return ()
        pairs, first = self._pairs, hashed << _NUMBER_BITS
        at = end = bisect_left(pairs, first)
        while end < len(pairs) and pairs[end] < first + _MOST:
            end += 1
        return tuple([pair - first for pair in pairs[at:end]])
