"""Which of several places is where she is now: "мама в Луцьку, а я в Сарнах", "from Mariupol, now in Dnipro"."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from flows.understand.places import everyday as say
from flows.understand.places.around import Surroundings
from flows.understand.places.mentions import Mention
from flows.understand.places.tokens import Token

CLAUSE, AFTER = 10, 2  # words before a mention that may say when, and who; and after it
# How much "here" is said by what leads to a place: in, near, to, nothing, from.
IN, NEAR, TO, BARE, FROM = 2.0, 1.5, 1.2, 1.0, 0.6
# What is added by "now", "once", "already", "tomorrow", "I"; by a name that is only guessed, and by a "not" before it.
IS, WAS, LATELY, ELSEWHERE, OWN = 1.5, -2.5, 0.5, -1.0, 0.5
GUESSED, DENIED = -1.2, -1.0

_JOINING = frozenset(("і", "й", "та", "а", "але", "и", "но", "and", "but"))


def claim(around: Surroundings, mention: Mention, since: int, until: int) -> float:
    """How strongly the text says "here"; `since` is where the mention before it ended, `until` where the next one
    begins."""
    led = _led(around.row, since, mention.start)
    followed = _followed(around.row[mention.end : min(until, mention.end + AFTER)])
    points = _leading(around.preposition(mention)) + _when(led, followed) + (_who(led) or _who(followed))
    if mention.guessed:
        points += GUESSED
    if not say.AGAINST.isdisjoint(led[-1:]):
        return -inf
    return points if say.AGAINST.isdisjoint(led[-2:]) else points + DENIED


def _led(row: Sequence[Token], since: int, end: int) -> list[str]:
    """The words before a mention, without the first two when a comma leaves them to the mention before it."""
    start = max(since, end - CLAUSE)
    later = [at for at in range(start, min(start + AFTER, end) + 1) if row[at].apart]
    return [token.text for token in row[later[0] if start and later else start : end]]


def _followed(row: Sequence[Token]) -> list[str]:
    """The words after a mention up to a comma or an "and"."""
    found: list[str] = []
    for token in row:
        if token.apart or token.text in _JOINING:
            break
        found.append(token.text)
    return found


def _leading(preposition: str) -> float:
    if preposition in say.IN:
        return IN
    if preposition in say.FROM:
        return FROM
    if preposition in say.NEAR:
        return NEAR
    return TO if preposition in say.TO else BARE


def _when(led: Sequence[str], followed: Sequence[str]) -> float:
    """More where she is now, less where she was: "зараз", "раніше", "used to live"."""
    cues = [word for word in led if word in say.NOW | say.PAST]
    if not say.PAST.isdisjoint((*cues[-1:], *followed)) or cues[-2:-1] == ["used"]:
        return WAS
    if cues or not say.NOW.isdisjoint(followed):
        return IS
    if not say.ELSEWHERE.isdisjoint(led) or not say.AGAINST.isdisjoint(followed):
        return ELSEWHERE
    return LATELY if not say.LATELY.isdisjoint(led) and say.FROM.isdisjoint(led[-1:]) else 0.0


def _who(words: Sequence[str]) -> float:
    """More where somebody says "I", less where it is said of others: "у мене мама", "а мама, а я"."""
    told = next((word for word in reversed(words) if word in say.OWN | say.OTHERS), "")
    if told:
        return OWN if told in say.OWN else -OWN
    return OWN if "my" in words else 0.0  # "ми" in Latin letters, unless it is "my mother"
