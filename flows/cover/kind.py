"""The catalogue of covers: what the chat pretends to be. A deployment chooses one, or writes its own.

This source is public, so the built-in covers are known to whoever reads it; `docs/deploying-discreetly.md` says
how to write another. A cover is a TOML file with the same texts in both languages, and every one of its texts may
be read by anybody: the whole of it, not only the first line, keeps to `flows.discretion`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from db.visit import LANGS, Lang
from flows.discretion import banned_words
from flows.texts import placeholders

FOLDER = Path(__file__).parent
BUILT_IN = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
FEWEST_TIPS = 3
# Characters. The first three are Telegram's limits; a label must fit half a row on a narrow phone.
LONGEST = {"name": 64, "short": 120, "description": 512, "tips": 200, "extras": 200, "numbers_text": 600}
LONGEST_LABEL = 24
_REFERENCE = re.compile(r"\{tel:[^}]*\}")
ALWAYS_THERE = "ua-112"  # the number that must stand among the useful ones, so that help is never out of reach


class CoverError(Exception):
    """A cover cannot be used; the message names the file and the text, and says what to do."""


@dataclass(frozen=True, slots=True)
class Words:
    """A cover in one language. `numbers_text` may refer to the directory's numbers by `{tel:…}`."""

    name: str
    short: str
    description: str
    tip: str
    next: str
    more: str
    sun: str
    numbers: str
    numbers_text: str
    tips: tuple[str, ...]
    extras: tuple[str, ...]


Cover = Mapping[Lang, Words]


@cache
def load(chosen: str) -> Cover:
    """A built-in cover by its name, or one's own by the path of its file. Raises CoverError."""
    path = FOLDER / f"{chosen}.toml" if chosen in BUILT_IN else Path(chosen)
    if path.suffix != ".toml" or not path.is_file():
        raise CoverError(f"'{chosen}' is none of {', '.join(BUILT_IN)}, nor a .toml file that is there")
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise CoverError(f"{path.name} cannot be read: {fault}") from None
    if odd := set(read) ^ set(LANGS):
        raise CoverError(f"{path.name}: one section for each of {', '.join(LANGS)}, and no other ('{min(odd)}')")
    cover = {lang: _words(read[lang], f"{path.name} [{lang}]") for lang in LANGS}
    for key in ("tips", "extras"):
        if len({len(getattr(words, key)) for words in cover.values()}) > 1:
            raise CoverError(f"{path.name}: '{key}' has another length in another language")
    return cover


def _words(table: Any, where: str) -> Words:
    wanted = get_type_hints(Words)
    if not isinstance(table, dict) or (odd := set(table) ^ set(wanted)):
        raise CoverError(f"{where}: '{min(odd)}' is missing or not known" if isinstance(table, dict) else where)
    for key, kind in wanted.items():
        given = table[key] if kind is not str else [table[key]]
        if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
            raise CoverError(f"{where}: '{key}' must be {'a text' if kind is str else 'a list of texts'}")
        if kind is not str and len(given) < FEWEST_TIPS:
            raise CoverError(f"{where}: '{key}' needs {FEWEST_TIPS} texts or more")
        for text in given:
            _check(text, key, where)
    frozen: dict[str, Any] = {key: given if isinstance(given, str) else tuple(given) for key, given in table.items()}
    return Words(**frozen)


def _check(text: str, key: str, where: str) -> None:
    """One text. Raises CoverError."""
    if not 0 < len(text.strip()) <= LONGEST.get(key, LONGEST_LABEL):
        raise CoverError(f"{where}: a text of '{key}' is empty or longer than {LONGEST.get(key, LONGEST_LABEL)}")
    if found := banned_words(_REFERENCE.sub("", text)):  # a service's name in the directory is seen by nobody
        raise CoverError(f"{where}: a text of '{key}' gives itself away ('{found[0]}')")
    try:
        references = placeholders(text)
    except ValueError as fault:
        raise CoverError(f"{where}: a text of '{key}': {fault}") from None
    if key != "numbers_text" and (references or "\n" in text):
        raise CoverError(f"{where}: a text of '{key}' must be one line without braces")
    by_tel = {name for name, _ in references} == {"tel"} and ("tel", ALWAYS_THERE) in references
    if key == "numbers_text" and not by_tel:
        raise CoverError(f"{where}: '{key}' must name {{tel:{ALWAYS_THERE}}}, and numbers only by such references")


def starting_cover() -> Cover:
    """The cover of a deployment that chose none."""
    return load("walking")
