"""Links: what `t.me/NAME?start=CODE` opens. A code is short and means nothing; it opens neutral first screens only.

A code stands in the link for anybody to read and comes back as text, so no word, place or person may be in it
(checklist 6). It is looked up and forgotten: nobody knows who came by which link.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import db.data
from flows.engine import Action, go

FILE = Path(db.data.__file__).parent / "links.csv"
CODE = re.compile(r"[a-z][0-9][a-z0-9]{2,6}")  # the digit in second place keeps it from being a word
HELLO = go("hello")
# Where a link may lead: the first screen, whichever language stands first on it.
OPENS = {"hello": HELLO, "hello/uk": go("hello", "uk"), "hello/en": go("hello", "en")}


class LinksError(Exception):
    """The table of links cannot be used; the message names the row."""


def read_links(path: Path = FILE) -> dict[str, Action]:
    """The table: code → what it opens. Raises LinksError."""
    links: dict[str, Action] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            code, opens = row.get("code") or "", row.get("opens") or ""
            if not CODE.fullmatch(code) or code in links:
                raise LinksError(f"{path.name}, row {number}: a code is a letter, a digit and 2 to 6 more, and new")
            if opens not in OPENS:
                raise LinksError(f"{path.name}, row {number}: opens one of {', '.join(OPENS)}")
            links[code] = OPENS[opens]
    return links


@cache
def _known() -> Mapping[str, Action]:
    return read_links()


def opened_by(code: str) -> Action:
    """The screen a link opens; the plain first screen for any other code, or none."""
    return _known().get(code, HELLO)
