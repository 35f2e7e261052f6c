"""Slips of the finger: one letter wrong, missing, too many, or two that changed places."""

from __future__ import annotations

from collections.abc import Iterator


def shortened(letters: str) -> list[str]:
    """The word itself and the word without each of its letters."""
    return [letters, *[letters[:at] + letters[at + 1 :] for at in range(len(letters))]]


def beginnings(letters: str, shortest: int) -> set[str]:
    """Every beginning of a word of at least so many letters, `shortened`, as far as it is not too short then."""
    ends = range(shortest, len(letters) + 1)
    return {letters[:end] for end in ends} | {
        letters[:at] + letters[at + 1 : end] for end in ends[1:] for at in range(end - 1)
    }


def short_slips(letters: str) -> Iterator[str]:
    """Slips of a word too short for other forgiveness: a letter left out or two that changed places."""
    for at in range(len(letters) - 1):
        yield letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        if at:
            yield letters[:at] + letters[at + 1 :]


def one_slip(one: str, other: str) -> bool:
    """Whether a letter is wrong, missing or too many, or two neighbours have changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        if one[start + 1 :] == other[start + 1 :]:
            return True
        return one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    shorter, longer = sorted((one, other), key=len)
    return shorter[start:] == longer[start + 1 :]
