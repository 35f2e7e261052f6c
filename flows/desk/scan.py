"""What must not leave in an operator's words: an address, a link, a beginning that gives its reader away.

Nothing is changed or sent in part: the operator is told what was found, and writes it otherwise (checklist 54).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markupsafe import escape

from db.desk.canned import REPLIES, Canned, CannedError, starting_canned
from db.directory.referral.faults import Fault
from db.directory.streets import MAP_WORDS, address
from db.visit import LANGS
from flows.discretion import banned_words, glimpse

Why = Literal["link", "street", "first_line"]

# Telegram makes a link of any of these. A missing space between Ukrainian sentences is none.
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://\S+"
    r"|\bwww\.\S+"
    r"|\b(?:t|telegram)\.me/\S*"
    r"|(?<!\w)@[a-z]\w{3,}"
    r"|[\w.+-]+@[\w-]+\.\w{2,}"
    r"|\b[a-z0-9](?:[a-z0-9-]*\.)+(?:ua|укр|com|org|net|info|gov|edu|me|io|eu|uk|us|pl|de|ru|app|ly|gl|link|site|online)"
    r"\b(?:/\S*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a text stays, and which part of it is the reason."""

    why: Why
    what: str


def scan(text: str) -> tuple[Finding, ...]:
    """Everything that keeps this text from leaving, in the order in which it is told; empty when it may go."""
    found: list[Finding] = []
    if (link := _LINK.search(text)) or (link := _map(text)):
        found.append(Finding("link", link.group().rstrip(".,;:!?)")))
    if street := address(_LINK.sub(" ", text)):
        found.append(Finding("street", street))
    if stems := banned_words(glimpse(str(escape(text)))):
        found.append(Finding("first_line", ", ".join(dict.fromkeys(_whole(text, stem) for stem in stems))))
    return tuple(found)


@lru_cache(maxsize=1)
def ready_words() -> Canned:
    """The project's ready words, each fit to leave. Raises CannedError: a start is refused then."""
    return checked(starting_canned())


def checked(canned: Canned) -> Canned:
    """The same words, when the scan lets every reply through. Raises CannedError."""
    reasons = {"first_line": "beginning", "link": "link", "street": "street"}
    faults = [
        Fault(REPLIES, number, lang, reasons[one.why], {"value": one.what})
        for number, reply in enumerate(canned.replies, start=2)
        for lang in LANGS
        for one in scan(reply.text(lang))
    ]
    if faults:
        raise CannedError(faults)
    return canned


def _map(text: str) -> re.Match[str] | None:
    return re.search("|".join(map(re.escape, MAP_WORDS)), text, re.IGNORECASE)


def _whole(text: str, stem: str) -> str:
    """The word of the text in which a banned stem was found, so that the operator sees which one it is."""
    small = stem.strip()
    return next((word for word in re.findall(r"[\w'’ʼ-]+", text) if small in word.casefold().replace("’", "'")), small)
