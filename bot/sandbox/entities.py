"""Formatting marks on a text, counted as Telegram counts them: in UTF-16 units."""

from __future__ import annotations

import re
from typing import Any

Entity = dict[str, Any]  # type, offset, length, and url or language where the type has one

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?(?![\w/])")
_URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
_WIDEST_NARROW = "\uffff"  # the last character that is one UTF-16 unit


def units(text: str) -> int:
    """How many UTF-16 units the text takes."""
    if not text or max(text) <= _WIDEST_NARROW:
        return len(text)
    return len(text) + sum(1 for letter in text if letter > _WIDEST_NARROW)


def index_of(text: str, offset: int) -> int:
    """The index in `text` of a UTF-16 offset (clipped to the text)."""
    if not text or max(text) <= _WIDEST_NARROW:
        return min(max(offset, 0), len(text))
    passed = 0
    for index, letter in enumerate(text):
        if passed >= offset:
            return index
        passed += 2 if letter > _WIDEST_NARROW else 1
    return len(text)


def detect(text: str) -> list[Entity]:
    """What Telegram marks by itself in a text: commands and links (the kinds a bot is likely to rely on)."""
    found = [("url", match) for match in _URL.finditer(text)] if "://" in text else []
    if "/" in text:
        links = [match.span() for _, match in found]
        found += [
            ("bot_command", match)
            for match in _COMMAND.finditer(text)
            if not any(start <= match.start() < end for start, end in links)
        ]
    entities = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])} for kind, match in found
    ]
    return sorted(entities, key=lambda entity: entity["offset"])


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram cuts white space off both ends of a text; marks move and shrink with it."""
    if text and not text[0].isspace() and not text[-1].isspace():
        return text, entities
    kept = text.strip()
    lead = units(text[: len(text) - len(text.lstrip())])
    end = units(kept)
    moved: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return kept, moved


def first_link(text: str, entities: list[Entity]) -> str | None:
    """The address a link preview would be made of."""
    for entity in entities:
        if entity["type"] == "text_link":
            return str(entity["url"])
        if entity["type"] == "url":
            start = index_of(text, entity["offset"])
            return text[start : index_of(text, entity["offset"] + entity["length"])]
    return None
