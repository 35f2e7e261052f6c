"""Words that give a hidden place away: streets, houses, maps, points.

Two sieves. The coarse one is plain words, because the database itself refuses them (`db.models`) in SQLite and
PostgreSQL alike. The fine one reads sentences, and runs wherever a row comes in. What passes the fine sieve passes
the coarse one too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Parts of words, lower case. Frozen in the schema: a new one needs a migration.
STREET_WORDS = (
    "вул.", "вулиц", "просп.", "проспект", "пров.", "провул", "бульв", "узвіз", "набережн", "мікрорайон",
    "пл. ", "буд. ", "буд.№", "кв. ", " street", " st.", " st,", "avenue", " ave.", "boulevard", "blvd",
)  # fmt: skip
MAP_WORDS = (
    "google.com/maps", "goo.gl/maps", "maps.app", "maps.google", "openstreetmap", "osm.org", "what3words", "plus.codes",
    "visicom", "/vul", "/prosp", "/prov-", "/bulv",
)  # fmt: skip
GIVEAWAYS = STREET_WORDS + MAP_WORDS

_LETTERS = "А-ЩЬЮЯЄІЇҐа-щьюяєіїґ"
_UNITS = "год|хв|дн|ді|доб|міс|тиж|рок|люд|ліж|осі|осо|раз|%|:|[–-]\\s*\\d|\\.\\d"
_DAYS = "Понеділок|Вівторок|Середа|Четвер|Пʼятниця|П’ятниця|П'ятниця|Субота|Неділя"
_FINE = re.compile(
    rf"(?<![{_LETTERS}])(?i:вул|просп|пров|бул|бульв|пл|буд|кв|корп|каб|ж/?м)\.?"
    r"\s*№?\s*(?:\d|[«\"„]?[А-ЩЬЮЯЄІЇҐ])"  # "вул. Вигадана", "буд 5"
    rf"|(?<![{_LETTERS}])(?i:вул|просп|пров|бульв)\.?\s+[{_LETTERS}]{{4,}}"  # "вул вигадана"
    rf"|(?<![{_LETTERS}])(?i:майдан|площа|шосе|узвіз|алея|офіс|поверх|під[’'ʼ]?їзд),?\s*\d"  # "Вигаданий майдан, 5"
    rf"|(?<!\w)(?!(?:{_DAYS}))[А-ЩЬЮЯЄІЇҐ][{_LETTERS}’'ʼ-]{{3,}},\s*\d{{1,3}}(?!\d|\s*(?:{_UNITS}))"  # "Вигадана, 5"
    r"|(?<![\w.])\d{1,3}(?:[/-]?\w{1,3})?,?\s+(?:[A-Z][\w’'-]+\s+){1,3}"
    r"(?:St|Street|Ave|Avenue|Sq|Square|Rd|Road|Lane|Blvd|Boulevard|Maidan)\b"  # "5 Invented St"
    r"|\b(?i:room|office|floor|building)\s+\d"
    r"|\b(?i:vul|vulytsia|vulitsa|prospekt|provulok)\b[\W_]*\w"
    r"|(?<![\d.])\d{2}[.,]\d{4,}"  # a point in degrees
    r"|(?<![\d+-])\d{5}(?!\d)"  # a postcode
)
_REST = re.compile(r"\w*(?:,?\s*\d+[\w/-]*)?")  # what belongs to it: the street's whole name, its number


def giveaway(text: str) -> str:
    """The part of `text` that reads like a street, a house, a map or a point; empty when there is none."""
    if fine := _FINE.search(text):
        rest = _REST.match(text, fine.end())
        return (fine.group() + (rest.group() if rest else "")).strip()
    small = text.casefold()
    return next((word.strip() for word in GIVEAWAYS if word in small), "")


_NOUN = r"(?:вулиц|проспект|провул|бульвар|узв[іо]з|набережн|мікрорайон)\w*"
_NAMED = re.compile(
    rf"{_NOUN}\s+[«\"„]?[А-ЩЬЮЯЄІЇҐ][{_LETTERS}’'ʼ-]{{2,}}"  # "на вулиці Вигаданій"
    rf"|(?:[А-ЩЬЮЯЄІЇҐ][{_LETTERS}’'ʼ-]{{3,}}(?:а|у|ий|им|ій|ої|ою|ого|ому)"  # "Вигадана вулиця", not "Назвіть вулицю"
    rf"|(?<=[\w,]\s)[А-ЩЬЮЯЄІЇҐ][{_LETTERS}’'ʼ-]{{2,}})\s+(?i:{_NOUN})"
    r"|\b[A-Z][\w’'-]+\s+(?:Street|St|Avenue|Ave|Boulevard|Blvd|Square|Lane)\b"
)


def address(text: str) -> str:
    """The part of a conversation's `text` that says where something stands; empty when it only talks about streets
    ("which street are you in?"), which a hidden row may not even do."""
    found = _FINE.search(text) or _NAMED.search(text)
    if found is None:
        return ""
    rest = _REST.match(text, found.end())
    return (found.group() + (rest.group() if rest else "")).strip()


TEXTS = ("name_uk", "name_en", "notes_uk", "notes_en")
LINKS = ("website", "telegram")


def says_street(dialect: str) -> str:
    """The coarse sieve as SQL: true when a text has a street in it, or a link a map, in whatever case.

    Neither database folds Ukrainian letters by itself, so each letter stands in both cases. Every word costs a
    hidden row about a microsecond, while everybody else waits: hence texts for streets and links for maps only.
    """
    texts, links = (" || ' ' || ".join(columns) for columns in (TEXTS, LINKS))
    sieves = ((texts, STREET_WORDS), (links, MAP_WORDS))
    if dialect == "postgresql":
        return " OR ".join(
            f"({said}) ~ '{'|'.join(_cases(word, _in_regex) for word in words)}'" for said, words in sieves
        )
    return " OR ".join(f"({said}) GLOB '*{_cases(word)}*'" for said, words in sieves for word in words)


def _cases(word: str, escape: Callable[[str], str] = str) -> str:
    return "".join(f"[{sign}{sign.upper()}]" if sign.upper() != sign else escape(sign) for sign in word)


def _in_regex(sign: str) -> str:
    return f"[{sign}]" if sign in ".?*+" else sign
