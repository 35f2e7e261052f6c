"""How a phone number is written for people to read, and how it is dialled.

The directory holds E.164 (`+380…`) or a short code as dialled (`116123`).
"""

from __future__ import annotations

import re

import phonenumbers

_NUMBER = re.compile(r"(?:\+[1-9][0-9]{7,14}|[0-9]{3,6})\Z")
_UKRAINE = "+380"
_TAILS = {7: (3, 2, 2), 6: (2, 2, 2), 5: (1, 2, 2)}  # how the part after the area code is spoken in Ukraine


def is_number(text: str) -> bool:
    """Whether `text` can stand in the directory: a short code, or a possible number of some country."""
    if not _NUMBER.match(text):
        return False
    return not text.startswith("+") or phonenumbers.is_possible_number(phonenumbers.parse(text))


def pretty(number: str) -> str:
    """As people read it: "116 123", "15-47", "0 800 500 335", "044 272 15 00", "+48 800 088 141"."""
    if not number.startswith("+"):
        return _short(number)
    parsed = phonenumbers.parse(number)
    if not number.startswith(_UKRAINE):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.national_significant_number(parsed)
    if national.startswith("800"):
        return f"0 800 {national[3:6]} {national[6:]}"
    area = phonenumbers.length_of_geographical_area_code(parsed)
    area = area or phonenumbers.length_of_national_destination_code(parsed) or 2
    sizes = _TAILS.get(len(national) - area)
    if sizes is None:
        return "0" + national
    parts = ["0" + national[:area]]
    at = area
    for size in sizes:
        parts.append(national[at : at + size])
        at += size
    return " ".join(parts)


def dialled(number: str) -> str:
    """As typed into a phone in Ukraine, for a copy button.

    Free lines answer to 0 800 … only inside the country and without the country's code.
    """
    if number.startswith(_UKRAINE + "800"):
        return "0" + number.removeprefix(_UKRAINE)
    return number


def _short(code: str) -> str:
    if len(code) == len("116123"):
        return f"{code[:3]} {code[3:]}"
    if len(code) == len("1547") and code.startswith("15"):  # the state's and the cities' lines: "п'ятнадцять сорок сім"
        return f"{code[:2]}-{code[2:]}"
    return code
