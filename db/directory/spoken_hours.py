"""Opening hours as people write them, turned into OpenStreetMap's: "Пн-Пт 9-18, сб 10:00-14:00" → "Mo-Fr 09:00-18:00;
Sa 10:00-14:00". What could be meant in two ways is refused: a closed door is worse than a question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from db.directory.hour_words import KINDS, tokens
from db.directory.hours import ROUND_THE_CLOCK, HoursError, check_hours

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WHOLE_DAY = (0, 24 * 60)
Span = tuple[int, int]  # minutes after midnight; the end is smaller when it is on the next day


class HoursClash(HoursError):  # noqa: N818 (a name for the situation)
    """Hours that say two things of one day."""


@dataclass(slots=True)
class _Rule:
    days: set[int] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    closed: bool = False
    pauses: list[Span] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return bool(self.spans) or self.closed


def read_hours(text: str) -> str:
    """`text` in OpenStreetMap syntax; what is in it already, and nothing, stays as it is.

    Raises HoursError with the word that was not understood.
    """
    text = text.strip()
    if not text or _is_osm(text):
        return text
    reading = _Reading(text)
    for token in tokens(text):
        reading.take(token)
    return _written([rule for rule in reading.rules if rule.complete or rule.days], text)


def _is_osm(text: str) -> bool:
    if text != ROUND_THE_CLOCK and not re.search(r"\d:\d\d", text):
        return False
    try:
        check_hours(text)
    except HoursError:
        return False
    return True


class _Reading:
    """The sentence becomes rules word by word. `mode` is how the next word is taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rules = [_Rule()]
        self.mode = ""  # "to", "except", "pause" or "closed"
        self.last = -1  # the day before

    def take(self, token: re.Match[str]) -> None:
        kind = next(name for name in KINDS if token[name] is not None)
        if kind == "day":
            self._day(next(number for number in range(7) if token[f"d{number}"] is not None))
        elif kind in ("daily", "workdays"):
            self._rule().days |= set(range(7 if kind == "daily" else 5))
        elif kind == "time" and self.mode == "pause":
            rule, self.mode = self.rules[-1], ""
            for each in self.rules if not rule.days or rule.complete else [rule]:
                each.pauses.append(_span(token))
        elif kind in ("time", "always"):
            self.rules[-1].spans.append(WHOLE_DAY if kind == "always" else _span(token))
            self.mode = ""
        elif kind == "closed":
            rule = self._rule(always_new=self.rules[-1].complete)
            rule.closed, self.mode = True, "" if rule.days else "closed"
        elif kind == "except":
            self._except()
        else:
            self.mode = kind

    def _day(self, day: int) -> None:
        if self.mode == "except":
            self.rules[-1].days.discard(day)
            return
        rule = self.rules[-1] if self.mode in ("closed", "to") else self._rule()
        rule.days |= _range(self.last, day) if self.mode == "to" and self.last >= 0 else {day}
        self.last = day
        self.mode = "closed" if self.mode == "closed" else ""

    def _except(self) -> None:
        rule = self.rules[-1]
        if not rule.days and not rule.complete:
            raise HoursError(f"not opening hours: '{self.text}'")
        rule.days = rule.days or set(range(7))
        self.mode = "except"

    def _rule(self, *, always_new: bool = False) -> _Rule:
        """The rule that days belong to: a new one when the last has both its days and its hours."""
        if always_new or (self.rules[-1].complete and self.rules[-1].days):
            self.rules.append(_Rule())
        return self.rules[-1]


def _written(rules: list[_Rule], text: str) -> str:
    if not any(rule.spans for rule in rules):
        raise HoursError(f"not opening hours: '{text}'")
    if len(rules) == 1 and rules[0].spans == [WHOLE_DAY] and len(rules[0].days) in (0, 7):
        return ROUND_THE_CLOCK
    taken: set[int] = set()
    lines: list[str] = []
    for rule in rules:
        days = rule.days or (set(range(7)) if len(rules) == 1 else set())
        spans = _without(sorted(rule.spans), rule.pauses)
        if not days or days & taken or (not spans and not rule.closed) or (spans and rule.closed):
            raise HoursClash(f"hours that contradict each other: '{text}'")
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            raise HoursClash(f"hours that contradict each other: '{text}'")
        taken |= days
        if spans:
            lines.append(f"{_spell_days(days)} {','.join(f'{_clock(a)}-{_clock(b)}' for a, b in spans)}")
    made = "; ".join(lines)
    check_hours(made)
    return made


def _without(spans: list[Span], pauses: list[Span]) -> list[Span]:
    for begin, end in pauses:
        pieces = ((span, (span[0], begin), (end, span[1])) for span in spans)
        spans = [
            part for span, *cut in pieces for part in (cut if span[0] < begin < end < span[1] else [span])
        ]  # fmt: skip
    return spans


def _range(first: int, last: int) -> set[int]:
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


def _span(token: re.Match[str]) -> Span:
    begin, end = _minutes(token["from"]), _minutes(token["till"])
    if begin == end or begin >= WHOLE_DAY[1]:
        raise HoursError(f"not opening hours: '{token.group().strip()}'")
    return begin, end or WHOLE_DAY[1]


def _minutes(clock: str) -> int:
    hour, _, minute = clock.replace(".", ":").partition(":")
    minutes = int(hour) * 60 + int(minute or 0)
    if minutes > WHOLE_DAY[1]:
        raise HoursError(f"not opening hours: '{clock}'")
    return minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _spell_days(days: set[int]) -> str:
    """Runs of three and more with a dash: Mo-Fr,Su."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    pieces = []
    for run in runs:
        if len(run) > 1:
            pieces.append(f"{DAYS[run[0]]}-{DAYS[run[-1]]}")
        else:
            pieces.append(DAYS[run[0]])
    return ",".join(pieces)
