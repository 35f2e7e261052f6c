"""Words that lie ready for operators: replies, what to listen for, and what to do when a life is in danger.

They are data (`db/data/canned_replies.csv`, `risk_prompts.csv`, `danger_script.csv`), edited as files and checked whole
before anybody reads one. Whether a stranger may see the beginning is checked in `flows.desk.scan`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from db.directory.referral.faults import Fault, ReferralError
from db.directory.referral.tables import rows_of
from db.visit import LANGS, Lang

DATA = Path(__file__).resolve().parent.parent / "data"
REPLIES, RISKS, SCRIPT = "canned_replies.csv", "risk_prompts.csv", "danger_script.csv"
COLUMNS = ("code", *LANGS, "source", "source_date")
MOMENTS = ("welcome", "safety", "waiting", "hearing", "options", "handing", "silence", "closing")
REPLY_LETTERS = 300  # a reply is one of several on the visitor's screen of 900
SCREEN_LETTERS = 820  # of all prompts, or of the whole script: with its frame the screen stays under 900

_CODE = re.compile(r"[a-z0-9_-]{1,16}\Z")  # fits a button's address
_NUMBER = re.compile(r"\+?\d[\d -]*\d{2}|\b\d-\d")
_LINK = re.compile(r"https?:|www\.|t\.me/|\w@\w", re.IGNORECASE)
_TEL = re.compile(r"[a-z0-9-]+(?:/[1-9])?\Z")


class CannedError(ReferralError):
    """The ready words cannot be used; the message is the first fault, `faults` are all of them."""


@dataclass(frozen=True, slots=True)
class CannedText:
    """One of them, in both languages. `moment` says when in a conversation a reply is of use."""

    code: str
    uk: str
    en: str
    moment: str = ""

    def text(self, lang: Lang) -> str:
        """In one language; a reference like `{tel:ua-police-102}` is filled in by `flows.texts.Catalogue.fill`."""
        return self.en if lang == "en" else self.uk


@dataclass(frozen=True, slots=True)
class Canned:
    """All of them: replies to a visitor, prompts for the operator's eyes in their order (checklist 48), the script."""

    replies: tuple[CannedText, ...] = ()
    risks: tuple[CannedText, ...] = ()
    script: tuple[CannedText, ...] = ()

    def reply(self, code: str) -> CannedText | None:
        """A reply by its code."""
        return next((one for one in self.replies if one.code == code), None)


@lru_cache(maxsize=1)
def starting_canned() -> Canned:
    """The project's own, read once. Raises CannedError."""
    return read_canned(DATA)


def read_canned(folder: Path) -> Canned:
    """Those of a folder. Raises CannedError with everything that is wrong."""
    faults: list[Fault] = []
    try:
        replies = _read(folder / REPLIES, faults, ("moment",))
        risks, script = (_read(folder / name, faults) for name in (RISKS, SCRIPT))
    except ReferralError as fault:
        raise CannedError(list(fault.faults)) from fault
    for number, one in enumerate(replies, start=2):
        faults += _reply_faults(number, one)
    for name, screen in ((RISKS, risks), (SCRIPT, script)):
        longest = max(sum(len(one.text(lang)) + 3 for one in screen) for lang in LANGS) if screen else 0
        if longest > SCREEN_LETTERS:
            faults.append(Fault(name, 0, "", "screen", {"value": longest, "most": SCREEN_LETTERS}))
    if faults:
        raise CannedError(faults)
    return Canned(tuple(replies), tuple(risks), tuple(script))


def _read(path: Path, faults: list[Fault], more: tuple[str, ...] = ()) -> list[CannedText]:
    found: list[CannedText] = []
    at: dict[str, int] = {}
    for number, row in rows_of(path, (*COLUMNS, *more)):
        code = row["code"]
        faults += [Fault(path.name, number, column, "empty") for column in ("code", *LANGS) if not row[column]]
        if code and not _CODE.match(code):
            faults.append(Fault(path.name, number, "code", "code", {"value": code}))
        if code in at:
            faults.append(Fault(path.name, number, "code", "again", {"value": code, "other": at[code]}))
        at[code] = number
        for lang in LANGS:
            faults += _text_faults(path.name, number, lang, row[lang])
        found.append(CannedText(code, row["uk"], row["en"], row.get("moment", "")))
    return found


def _text_faults(file: str, number: int, lang: Lang, text: str) -> Iterator[Fault]:
    if link := _LINK.search(text):
        yield Fault(file, number, lang, "link", {"value": link.group()})
    try:
        named = [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        named = [("{", "")]
    if wrong := next((name for name, spec in named if name != "tel" or not _TEL.match(spec)), None):
        yield Fault(file, number, lang, "braces", {"value": wrong})
    if digits := _NUMBER.search(re.sub(r"\{[^}]*\}", "", text)):
        yield Fault(file, number, lang, "number", {"value": digits.group()})


def _reply_faults(number: int, reply: CannedText) -> Iterator[Fault]:
    if reply.moment not in MOMENTS:
        yield Fault(REPLIES, number, "moment", "word", {"value": reply.moment, "known": ", ".join(MOMENTS)})
    for lang in LANGS:
        text = reply.text(lang)
        if "{" in text:  # a reply is shown and sent as it stands
            yield Fault(REPLIES, number, lang, "braces", {"value": "{"})
        if len(text) > REPLY_LETTERS:
            yield Fault(REPLIES, number, lang, "letters", {"value": len(text), "most": REPLY_LETTERS})
