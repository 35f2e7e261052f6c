"""How a phone number is written for people to read, and how it is dialled.

The directory holds E.164 (`+380…`) or a short code as dialled (`116123`).
"""

from __future__ import annotations

import re

import phonenumbers

_NUMBER = re.compile(r"(?:\+[1-9][0-9]{7,14}|[0-9]{3,6})\Z")
_UKRAINE = "+380"
_TAILS = {7: (3, 2, 2), 6: (2, 2, 2), 5: (1, 2, 2)}  # how the part after the area code is spoken in Ukraine
_LOCAL = 9  # digits of a Ukrainian number after its 0
_SHORT = re.compile(r"(?:[0-9]{3,4}|116[0-9]{3})\Z")  # 102, 1547, 116123; 52-23-45 is a city's own, without its code
_PRINTED = re.compile(r"[0-9()\s.\u2010-\u2015-]+\Z")


class NotAPhone(ValueError):  # noqa: N818 (a name for the situation)
    """A text that is no phone number of Ukraine, nor one of another country with its +; the message shows it."""


def read_phone(text: str) -> str:
    """A number as people write it, as the directory holds it: "(044) 272-15-00" → "+380442721500", "15-47" → "1547".

    A number whose 0 a spreadsheet has dropped gets it back. Raises NotAPhone.
    """
    bare = text.strip()
    plus = bare.startswith("+")
    if not _PRINTED.match(bare.removeprefix("+")):
        raise NotAPhone(text)
    digits = re.sub(r"\D", "", bare)
    if not plus and _SHORT.match(digits):
        return digits
    if not plus and digits.startswith("380") and len(digits) == len("380") + _LOCAL:
        plus = True
    elif not plus and len(digits) == _LOCAL and not digits.startswith("0"):
        digits = "0" + digits
    try:
        parsed = phonenumbers.parse(f"+{digits}" if plus else digits, None if plus else "UA")
    except phonenumbers.NumberParseException as fault:
        raise NotAPhone(text) from fault
    if not phonenumbers.is_valid_number(parsed):
        raise NotAPhone(text)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


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
