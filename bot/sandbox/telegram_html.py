"""Reads `parse_mode=HTML` as Telegram does: the same tags, the same strictness, the same error sentences.

The behaviour (which characters end a name, byte offsets in errors, `</>` closing anything) follows
`parse_html` in TDLib's MessageEntity.cpp. Custom emoji and formatted dates (`tg-emoji`, `tg-time`) are not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.sandbox.entities import Entity, units
from bot.sandbox.references import REFERENCE, character
from bot.sandbox.refusal import Refusal, bad

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_SPACE = " \t\r\n\v\0"
_END = "\0"  # stands behind the last character, so that looking ahead needs no bounds
_SPECIAL = re.compile(r"[<&]")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int  # UTF-16 units before it
    begins: int  # pieces of output before it


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its marks. Raises Refusal "can't parse entities: …"."""
    if "<" not in source and "&" not in source:
        return source, []
    text, entities = _parsed(source)
    return text, list(entities)


@lru_cache(maxsize=1024)  # a bot says the same things to many people; parsing is the dearest part of a call
def _parsed(source: str) -> tuple[str, list[Entity]]:
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.text = source + _END
        self.at = 0
        self.out: list[str] = []
        self.length = 0  # UTF-16 units in `out`
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        last = len(self.text) - 1
        while self.at < last:
            special = _SPECIAL.search(self.text, self.at, last)
            stop = special.start() if special else last
            self._put(self.text[self.at : stop])
            self.at = stop
            if special is None:
                break
            if self.text[stop] == "&":
                self._put(self._reference())
            elif self.text[stop + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\"")
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _put(self, piece: str) -> None:
        if piece:
            self.out.append(piece)
            self.length += units(piece)

    def _reference(self) -> str:
        match = REFERENCE.match(self.text, self.at)
        found = character(match) if match else ""
        self.at = match.end() if match and found else self.at + 1
        return found or "&"

    def _skip(self, until: str) -> str:
        """Moves to the next of these characters and returns what was passed."""
        start = self.at
        while self.text[self.at] not in until:
            self.at += 1
        return self.text[start : self.at]

    def _skip_space(self) -> None:
        while self.text[self.at] != _END and self.text[self.at] in _SPACE:
            self.at += 1

    def _refuse(self, reason: str, at: int) -> Refusal:
        offset = len(self.text[:at].encode(errors="surrogatepass"))
        return bad(f"can't parse entities: {reason.format(offset=offset)}")

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._skip(_SPACE + ">").lower()
        if self.text[self.at] == _END:
            raise self._refuse("Unclosed start tag at byte offset {offset}", begin)
        if tag not in _TYPES:
            name = tag.replace("{", "{{").replace("}", "}}")
            raise self._refuse(f'Unsupported start tag "{name}" at byte offset {{offset}}', begin)
        argument = ""
        while self.text[self.at] != ">":
            self._skip_space()
            if self.text[self.at] == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler" at byte offset {offset}', begin)
        self.open.append(_Open(tag, argument, self.length, len(self.out)))

    def _attribute(self, tag: str, begin: int) -> str:
        """Reads one attribute; returns what it tells about the tag, if anything."""
        name = self._skip(_SPACE + "=>/\"'")
        if not name:
            raise self._refuse(f'Empty attribute name in the tag "{tag}" at byte offset {{offset}}', begin)
        self._skip_space()
        value = ""
        if self.text[self.at] == "=":
            self.at += 1
            self._skip_space()
            value = self._value()
        elif tag == "blockquote" and name == "expandable":
            value = "1"
        if self.text[self.at] == _END:
            raise self._refuse("Unclosed start tag at byte offset {offset}", begin)
        match tag, name:
            case ("a", "href") | ("blockquote", "expandable"):
                return value
            case "code", "class":
                return value.removeprefix("language-") if value.startswith("language-") else ""
            case "span", "class":
                return value.removeprefix("tg-") if value.startswith("tg-") else ""
        return ""

    def _value(self) -> str:
        quote = self.text[self.at]
        if quote in "\"'":
            self.at += 1
            raw = self._skip(quote + _END)
            if self.text[self.at] == quote:
                self.at += 1
            return REFERENCE.sub(lambda match: character(match) or match[0], raw)
        start = self.at
        while self.text[self.at].isascii() and (self.text[self.at].isalnum() or self.text[self.at] in ".-"):
            self.at += 1
        if self.text[self.at] not in _SPACE + ">":
            raise self._refuse("Unexpected end of name token at byte offset {offset}", start)
        return self.text[start : self.at].lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refuse("Unexpected end tag at byte offset {offset}", begin)
        self.at += 2
        name = self._skip(_SPACE + ">").lower()
        self._skip_space()
        if self.text[self.at] != ">":
            raise self._refuse("Unclosed end tag at byte offset {offset}", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            found = name.replace("{", "{{").replace("}", "}}")
            raise self._refuse(
                f'Unmatched end tag at byte offset {{offset}}, expected "</{opened.tag}>", found "</{found}>"', begin
            )
        if self.length > opened.offset:
            self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            entity["url"] = opened.argument or "".join(self.out[opened.begins :])
            if "." not in entity["url"] and ":" not in entity["url"]:
                return  # not an address: Telegram shows the words without a link
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "pre" and self.entities:
            self._name_language(entity)
        self.entities.append(entity)

    def _name_language(self, pre: Entity) -> None:
        """`<pre><code class="language-…">` is one mark."""
        inner = self.entities[-1]
        same_place = (inner["offset"], inner["length"]) == (pre["offset"], pre["length"])
        if inner["type"] == "code" and same_place and "language" in inner:
            pre["language"] = self.entities.pop()["language"]
