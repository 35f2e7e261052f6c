"""A message's text and formatting out of a call's parameters."""

from __future__ import annotations

from bot.sandbox.entities import Entity, detect, trim
from bot.sandbox.parameters import Params
from bot.sandbox.refusal import bad
from bot.sandbox.telegram_html import parse_html

LONGEST = 4096  # characters after entities parsing; Bot API reference, sendMessage
LONGEST_CAPTION = 1024  # likewise; sendPhoto


def read_text(params: Params) -> tuple[str, list[Entity]]:
    """Raises Refusal for a text that is empty, too long, or cannot be parsed."""
    text, entities = _parsed(params.get("text", ""), params, "entities")
    if not text:
        raise bad("message text is empty")
    if len(text) > LONGEST:
        raise bad("message is too long")
    return text, entities


def read_caption(params: Params) -> tuple[str, list[Entity]]:
    """Raises Refusal for a caption that is too long or cannot be parsed; it may be empty."""
    text, entities = _parsed(params.get("caption", ""), params, "caption_entities")
    if len(text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return text, entities


def _parsed(source: str, params: Params, field: str) -> tuple[str, list[Entity]]:
    mode = params.get("parse_mode", "").lower()
    entities: list[Entity]
    if mode == "html":
        text, entities = parse_html(source)
    elif mode:
        # Telegram knows two Markdown dialects as well; the sandbox reads none, so it says so as for any other.
        raise bad("unsupported parse_mode")
    else:
        text, entities = source, _given(params.get(field))
    text, entities = trim(text, entities)
    if "/" not in text:
        return text, entities
    return text, merge(entities, detect(text))


def merge(given: list[Entity], found: list[Entity]) -> list[Entity]:
    """Telegram adds its own marks where the author put none of theirs that would clash."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in ("text_link", "code", "pre")]
    free = [
        entity
        for entity in found
        if not any(start < entity["offset"] + entity["length"] and entity["offset"] < end for start, end in taken)
    ]
    return sorted([*given, *free], key=lambda entity: (entity["offset"], -entity["length"]))


def _given(value: object) -> list[Entity]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad("expected an Array of MessageEntity")
    for entity in value:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad("can't parse MessageEntity: MessageEntity must be an Object")
        if not isinstance(entity.get("offset"), int) or not isinstance(entity.get("length"), int):
            raise bad("can't parse MessageEntity: Can't find field \"offset\"")
    return value
