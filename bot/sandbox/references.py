"""Character references in Telegram's HTML: four names, and numbers in two bases; the semicolon may be missing.

Follows `decode_html_entity` in TDLib's MessageEntity.cpp.
"""

from __future__ import annotations

import re

REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[A-Za-z]*));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_NUMBER = 10  # characters of a numeric reference without its semicolon, exclusive
_LAST_CODE_POINT = 0x10FFFF


def character(match: re.Match[str]) -> str:
    """What a reference stands for; an unknown one stands for itself."""
    if name := match["name"]:
        return _NAMED.get(name, "")
    digits, base = (match["hex"], 16) if match["hex"] is not None else (match["dec"], 10)
    if not digits or len(match[0].rstrip(";")) >= _LONGEST_NUMBER:
        return ""
    code = int(digits, base)
    return chr(code) if 0 < code < _LAST_CODE_POINT else ""
