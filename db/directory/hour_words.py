"""The words in which people write opening hours, Ukrainian and English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.directory.hours import HoursError

_SPOKEN_DAYS = (
    (r"понеділ\w*|пон|пн|mondays?|mon|mo", 0),
    (r"вівтор\w*|вівт|вів|вт|tuesdays?|tues?|tu", 1),
    (r"серед[аиую]|сер|ср|wednesdays?|wed|we", 2),
    (r"четвер\w*|четв|чет|чт|thursdays?|thurs?|thu|th", 3),
    (r"п['’ʼ]?ятни\w*|п['’ʼ]?ят|пт|fridays?|fri|fr", 4),
    (r"субот\w*|суб|сб|saturdays?|sat|sa", 5),
    (r"неділ\w*|нед|нд|sundays?|sun|su", 6),
)
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?"
_ALWAYS = r"24\s*/\s*7|цілодобов\w*|24\s*год\w*(?:\s+на\s+добу)?|round[ -]the[ -]clock|24\s*hours(?:\s+a\s+day)?"
_TOKENS = re.compile(
    "|".join(
        (
            rf"(?P<always>{_ALWAYS})",
            r"(?P<daily>щодн[яі]|щоденн\w*|кожен\s+день|без\s+вихідних|daily|every\s*day)",
            r"(?P<except>(?:крім|окрім|except)\b)",
            r"(?P<closed>вихідн(?:ий|і)(?:\s+дні?|\s+день)?|зачинено|не\s+працю\w+|closed|off)",
            r"(?P<workdays>будн\w*(?:\s+дн\w+)?|робочі\s+дні|weekdays)",
            r"(?P<pause>обід\w*(?:\s+перерв\w*)?|перерв\w*(?:\s+на\s+обід)?|lunch|break)",
            rf"(?P<time>(?:з\s+|від\s+|from\s+)?(?P<from>{_CLOCK})\s*(?:-|до|to|till)\s*(?P<till>{_CLOCK})(?!\d))",
            "(?P<day>" + "|".join(f"(?P<d{number}>(?:{words})\\b\\.?)" for words, number in _SPOKEN_DAYS) + ")",
            r"(?P<to>-|по|до|to|through)",
            r"(?P<and>,|;|:|\.|\||\n|\b(?:і|й|та|and|з|in|у|в)\b|\s)",
        )
    )
)

KINDS = ("always", "daily", "except", "closed", "workdays", "pause", "time", "day", "to")


def _plain(text: str) -> str:
    small = re.sub(r"\s*[‐‑‒–—−]\s*", "-", text.casefold())
    small = re.sub(r"\b(\d\d)-(\d\d)\s*(?:-|до)\s*(\d\d)-(\d\d)\b", r"\1:\2-\3:\4", small)  # "09-00 до 18-00"
    return re.sub(r"(?<=\d)\s*год(?:ин\w*)?\.?(?!\w)(?!\s+на)", "", small) if "24" not in small else small


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of a sentence about hours, one by one. Raises HoursError with the first that is none."""
    text = _plain(text)
    at = 0
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            word = re.match(r"\S+", text[at:])
            raise HoursError(f"not opening hours: '{word.group() if word else text}'")
        at = match.end()
        if match.lastgroup != "and" and match.group().strip():
            yield match
