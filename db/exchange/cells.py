"""One cell's text as a value of the directory. Each reader raises CellFault; none of them knows where the cell is."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from db.directory.hours import HoursError
from db.directory.phones import NotAPhone, read_phone
from db.directory.service import KINDS
from db.directory.spoken_hours import HoursClash, read_hours
from db.exchange import vocabulary as v
from db.exchange.columns import BY_KEY
from db.exchange.faults import CellFault

MOST = {"name": 300, "address": 300, "notes": 2000, "website": 500, "source_url": 500, "hours": 500}  # characters
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
LOOK_ALIKE = dict(zip("авеікмнорстухїјѕАВЕІКМНОРСТУХ", "abeikmhopctyxijsabeikmhopctyx", strict=True))
BRIEFLY = 30  # characters of a wrong ID's word that are shown

_HANDLE = re.compile(r"(?:https?://)?(?:t\.me/|telegram\.me/|@)?([A-Za-z0-9_]{4,32})/?\Z")
_SHORTENED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eеEЕ]\+?[0-9]+\Z")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,20})?\Z")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:\s*р\.?)?\Z")
_SERIAL = re.compile(r"[34][0-9]{4}(?:\.[0-9]+)?\Z")  # days since 1900: 1982 to 2036
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")


def slug(text: str) -> str:
    """A row's ID."""
    if not text:
        raise CellFault("no_id")
    if ID.match(text):
        return text
    foreign = next((sign for sign in text if sign in LOOK_ALIKE), "")
    right = "".join(LOOK_ALIKE.get(sign, sign) for sign in text)
    if foreign and ID.match(right):
        raise CellFault("look_alike", found=text, letter=foreign, right=right)
    raise CellFault("bad_id", found=text)


def kind(text: str) -> str:
    """A kind of service."""
    code = v.KIND.code(text)
    if code not in KINDS:
        raise CellFault("unknown_word", found=text, choices="kind")
    return code


def one_of(key: str, text: str, empty: str) -> str:
    """A word of the column's list; `empty` for an empty cell."""
    words = BY_KEY[key].choices
    code = empty if not text or words is None else words.code(text)
    if code is None:
        raise CellFault("unknown_word", found=text, choices=key)
    return code


def some_of(key: str, text: str) -> frozenset[str]:
    """Words of the column's list."""
    return frozenset(one_of(key, item, "") for item in items(text))


def items(text: str) -> list[str]:
    """The items of a cell, each once."""
    return list(dict.fromkeys(item for part in re.split(r"[;|\n]", text) if (item := part.strip())))


def languages(text: str) -> tuple[str, ...]:
    """Languages in the order of the cell; Ukrainian when it is empty."""
    codes = []
    for item in items(text.replace(",", ";")):
        code = v.LANGUAGE.code(item) or item.lower()
        if not _LANGUAGE.match(code):
            raise CellFault("language", found=item, choices="languages")
        codes.append(code)
    return tuple(dict.fromkeys(codes)) or ("uk",)


def yes(text: str) -> bool:
    """Yes or no; an empty cell is a no."""
    said = v.yes_or_no(text)
    if said is None:
        raise CellFault("yes_or_no", found=text)
    return said


def phones(text: str) -> tuple[str, ...]:
    """Numbers in the order of the cell."""
    numbers = []
    for item in items(text.replace(",", ";") if not _SHORTENED.match(text) else text):
        if _SHORTENED.match(item):
            raise CellFault("digits_lost", found=item)
        try:
            numbers.append(read_phone(item))
        except NotAPhone as fault:
            raise CellFault("phone", found=item) from fault
    return tuple(dict.fromkeys(numbers))


def telegram(text: str) -> str:
    """A handle with its @."""
    if not text:
        return ""
    match = _HANDLE.match(text)
    if match is None:
        raise CellFault("telegram", found=text)
    return f"@{match.group(1)}"


def website(text: str) -> str:
    """A whole address."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not re.search(r"\s", text)
    except ValueError:
        good = False
    if not good:
        raise CellFault("website", found=text)
    return within("website", text)


def hours(text: str) -> str:
    """Opening hours in OpenStreetMap syntax."""
    try:
        return read_hours(within("hours", text))
    except HoursClash as fault:
        raise CellFault("hours_clash", found=text) from fault
    except HoursError as fault:
        raise CellFault("hours", found=text, why=str(fault).partition("'")[2].rstrip("'") or text) from fault


def role(text: str) -> str:
    """Who confirmed: a role. A name is refused as one, whatever it is."""
    code = v.ROLE.code(text) if text else ""
    if code is None:
        raise CellFault("not_a_role", found=text, choices="verified_by")
    return code


def within(key: str, text: str) -> str:
    """A text that is not too long for its column."""
    most = MOST[key]
    if len(text) > most:
        raise CellFault("too_long", found=str(len(text)), most=str(most))
    return text


def day(text: str) -> date | None:
    """A date: 2026-11-01 or 01.11.2026."""
    if not text:
        return None
    if _SERIAL.match(text):
        raise CellFault("date_number", found=text)
    try:
        if match := _DOTTED.match(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return datetime.fromisoformat(text).date()
    except ValueError as fault:
        raise CellFault("date", found=text) from fault


def past_day(text: str, today: date) -> date | None:
    """A date that has come. A day's grace: the shell may be west of Kyiv."""
    when = day(text)
    if when is not None and when > today + timedelta(days=1):
        raise CellFault("date_ahead", found=when.isoformat())
    return when


def degrees(text: str) -> float | None:
    """A coordinate, with a point or a comma; to six decimals, a hand's breadth."""
    if not text:
        return None
    if _SHORTENED.match(text):
        raise CellFault("digits_lost", found=text)
    if not _DECIMAL.match(text):
        raise CellFault("number", found=text)
    return round(float(text.replace(",", ".")), 6)


def number(text: str) -> int:
    """A whole number; 0 for an empty cell."""
    if not text:
        return 0
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise CellFault("number", found=text)
    return int(text)
