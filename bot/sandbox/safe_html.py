"""A message's text as HTML that a page may show as it is: only tags made here, everything else escaped."""

from __future__ import annotations

from html import escape

from bot.sandbox.entities import Entity, index_of

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_SAFE_LINKS = ("https://", "http://", "tg://", "mailto:", "tel:")


def safe_html(text: str, entities: list[Entity]) -> str:
    if not entities:
        return escape(text)
    marks = sorted(
        (
            (index_of(text, entity["offset"]), index_of(text, entity["offset"] + entity["length"]), entity)
            for entity in entities
        ),
        key=lambda mark: (mark[0], -mark[1]),
    )
    return _within(text, 0, len(text), marks)


def _within(text: str, start: int, end: int, marks: list[tuple[int, int, Entity]]) -> str:
    """The text between two indexes with those marks, which are sorted; one that sticks out is cut."""
    out: list[str] = []
    at = start
    while marks and marks[0][0] < end:
        begin, stop, entity = marks.pop(0)
        begin, stop = max(begin, at), min(stop, end)
        if stop <= begin:
            continue
        out.append(escape(text[at:begin]))
        opening, closing = _tags(entity, text[begin:stop])
        out += [opening, _within(text, begin, stop, marks), closing]
        at = stop
    out.append(escape(text[at:end]))
    return "".join(out)


def _tags(entity: Entity, words: str) -> tuple[str, str]:
    kind = entity["type"]
    if tag := _TAGS.get(kind):
        return f"<{tag}>", f"</{tag}>"
    if kind == "spoiler":
        return '<span class="tg-spoiler">', "</span>"
    url = str(entity["url"]) if kind == "text_link" else words if kind == "url" else ""
    if url.startswith(_SAFE_LINKS):
        return f'<a href="{escape(url)}" target="_blank" rel="noreferrer noopener">', "</a>"
    return "", ""
