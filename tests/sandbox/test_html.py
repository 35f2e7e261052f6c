"""Telegram's HTML, in and out."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import detect, trim, units
from bot.sandbox.refusal import Refusal
from bot.sandbox.safe_html import safe_html
from bot.sandbox.telegram_html import parse_html

SAFE_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "span"}


def mark(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b><strong>b</strong>", "ab", [mark("bold", 0, 1), mark("bold", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [mark("bold", 0, 2), mark("italic", 1, 1)]),
        ("😀<b>я</b>", "😀я", [mark("bold", 2, 1)]),
        ("&lt;&#128512;&#x1F600;&amp;&quot;&nbsp;& x", '<😀😀&"&nbsp;& x', []),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "x",
            [mark("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
        ),
        ("<a>https://example.org</a>", "https://example.org", [mark("text_link", 0, 19, url="https://example.org")]),
        ('<a href="nowhere">x</a>', "x", []),
        ("<a href=example.org>x</a>", "x", [mark("text_link", 0, 1, url="example.org")]),
        (
            '<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>',
            "xy",
            [mark("spoiler", 0, 1), mark("spoiler", 1, 1)],
        ),
        ('<pre><code class="language-python">x</code></pre>', "x", [mark("pre", 0, 1, language="python")]),
        ("<code>x</code><pre>y</pre>", "xy", [mark("code", 0, 1), mark("pre", 1, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [mark("expandable_blockquote", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [mark("blockquote", 0, 1)]),
        ("<B >x</ >", "x", [mark("bold", 0, 1)]),
        ("<u></u><ins>x</ins><del>y</del>", "xy", [mark("underline", 0, 1), mark("strikethrough", 1, 1)]),
    ],
)
def test_html_is_read_as_telegram_reads_it(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    """Tags, references and UTF-16 offsets."""
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("я <div>", 'Unsupported start tag "div" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<{}>", 'Unsupported start tag "{}" at byte offset 0'),
    ],
)
def test_broken_html_is_refused(source: str, sentence: str) -> None:
    """Each mistake with its own sentence and place."""
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {sentence}"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_escaped_text_comes_back(text: str) -> None:
    """Whatever is escaped arrives as it was, without marks."""
    assert parse_html(escape(text, quote=False)) == (text, [])


@given(st.text(alphabet="<>/&;abi =\"'#1-😀\n"))
def test_any_html_is_read_or_refused(source: str) -> None:
    """No text makes the parser stumble, and every mark lies inside the text."""
    try:
        text, entities = parse_html(source)
    except Refusal:
        return
    trimmed, kept = trim(text, entities)
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= units(trimmed) and e["length"] > 0 for e in kept)


class Reader(HTMLParser):
    """A browser's view: which tags, which words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)
        assert all(name in ("href", "target", "rel", "class") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@given(
    st.text(alphabet="ab<>&\"'😀я ", max_size=20),
    st.lists(
        st.builds(
            mark,
            st.sampled_from(["bold", "italic", "spoiler", "text_link", "url", "pre", "blockquote", "hashtag"]),
            st.integers(0, 12),
            st.integers(1, 12),
            url=st.sampled_from(['https://example.org/"><script>', "javascript:x"]),
        ),
        max_size=5,
    ),
)
def test_shown_html_is_safe_and_whole(text: str, entities: list[dict[str, Any]]) -> None:
    """However marks overlap: only our own tags, properly nested, no script, and every word is there."""
    reader = Reader()
    shown = safe_html(text, entities)
    reader.feed(shown)
    reader.close()
    assert reader.seen <= SAFE_TAGS
    assert reader.open == []
    assert reader.words == text
    assert not re.search('href="javascript', shown)


def test_commands_and_links_are_found() -> None:
    """Telegram marks commands and links by itself, where they stand alone."""
    assert detect("/start abc") == [mark("bot_command", 0, 6)]
    assert detect("😀 /go https://example.org/a/b. a/b") == [mark("bot_command", 3, 3), mark("url", 7, 23)]
    assert detect("nothing here") == []


def test_white_space_is_cut_off() -> None:
    """Both ends lose their white space, and marks move along."""
    assert trim("  \nx y ", [mark("bold", 0, 4), mark("italic", 0, 2)]) == ("x y", [mark("bold", 0, 1)])
    assert trim(" 😀 ", [mark("bold", 1, 2)]) == ("😀", [mark("bold", 0, 2)])
