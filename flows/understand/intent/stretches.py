"""Where a message is looked at: as a whole when it is short, and in stretches when it is longer or has several sentences.

Sentence by sentence, and short sentences also together with those that follow: what one of them says is not thinned by
the talk around it. Many write without full stops; the stretches of a long sentence overlap, so that nothing is cut in
two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.understand.intent.letters import Word
from flows.understand.intent.sentence import sentences
from flows.understand.intent.vocabulary import OPENS

STRETCH = 12  # words of a longer message that are looked at together
WINDOW, STEP = 10, 5  # the same in a sentence that is longer, and how far on the next one begins
WHOLE = 24  # words of a message that is looked at as a whole too
ALONE = 3  # words of a sentence that is looked at by itself

Span = tuple[int, int]


class Stretch(NamedTuple):
    """The same stretch of a message twice: "не" and what it denies are two words, and one among the groups."""

    words: slice
    groups: slice


def stretches(words: Sequence[Word], bits: Sequence[int]) -> list[Stretch]:
    """The whole of a message if it is short, and its parts, each at most `STRETCH` words; every word is in one."""
    everything = (0, len(words)), (0, len(bits))
    said = sentences([one.opens for one in words])
    grouped = sentences([one & OPENS for one in bits])
    if len(said) != len(grouped):  # never seen
        said, grouped = [everything[0]], [everything[1]]
    spans = [everything] if len(words) <= WHOLE else []
    spans += [span for span in _parts(said, grouped) if span != everything]
    return [Stretch(slice(*one), slice(*other)) for one, other in spans]


def _parts(said: Sequence[Span], grouped: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Each sentence, cut if it is long; and as many short ones as go into a stretch."""
    reached = 0
    for number, ((first, end), (low, high)) in enumerate(zip(said, grouped, strict=True)):
        if end - first > STRETCH:
            for at in range(0, end - first - WINDOW + STEP, STEP):
                yield (first + at, min(first + at + WINDOW, end)), (low + at, min(low + at + WINDOW, high))
            continue
        last = number
        while last + 1 < len(said) and said[last + 1][1] - first <= STRETCH:
            last += 1
        if end - first >= ALONE or last == number >= reached:
            yield (first, end), (low, high)
        if last > number and last >= reached:
            yield (first, said[last][1]), (low, grouped[last][1])
            reached = last + 1
