"""The bot's words: gettext catalogues, both languages, checked before the first person reads one.

Keys, not English sentences, are the message ids: both languages are written by ear, neither is translated
from the other. `{tel:service-id}` in a text is that service's number from the directory, so that a number
lives in one place only (checklist 19).
"""

from __future__ import annotations

import gettext
import string
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import read_mo
from markupsafe import Markup

from db.visit import LANGS, Lang

if TYPE_CHECKING:
    from db.directory.directory import Directory

DOMAIN = "stezhka"
LOCALES = Path(__file__).resolve().parent.parent / "locales"


class CatalogueError(Exception):
    """A catalogue cannot be used; the message names the language, the key and what to do."""


def N_(key: str) -> str:  # noqa: N802 (gettext's own name for "to be translated elsewhere")
    """Marks a key for extraction where it stands in a table."""
    return key


class _Tel:
    """`{tel:ua-1547}` or, for a service's second number, `{tel:ua-lastrada-116123/2}`."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def __format__(self, reference: str) -> str:
        slug, _, nth = reference.partition("/")
        return self._directory.phone(slug, int(nth or 1))

    def __html_format__(self, reference: str) -> str:
        return format(self, reference)


class Catalogue:
    """One language. Call it for Telegram HTML (parameters are escaped); `label` for plain text."""

    def __init__(self, lang: Lang, messages: gettext.NullTranslations, directory: Directory) -> None:
        self.lang = lang
        self._messages = messages
        self._tel = _Tel(directory)

    def __call__(self, key: str, **params: object) -> Markup:
        """The text for `key` as Telegram HTML."""
        text = self._messages.gettext(key)
        if "{" not in text:  # most have nothing to fill in, and Markup's own formatting is slow
            return Markup(text.replace("}}", "}"))  # noqa: S704 (reviewed texts)
        return Markup(text).format(tel=self._tel, **params)  # noqa: S704 (reviewed texts)

    def label(self, key: str, **params: object) -> str:
        """The text for `key` as plain text, for buttons and for copying."""
        return self._messages.gettext(key).format(tel=self._tel, **params)

    def fill(self, text: str) -> str:
        """A text that is data and not in the catalogue, with its `{tel:…}` references filled in; plain text."""
        return text.format(tel=self._tel)

    def count(self, key: str, n: int, **params: object) -> Markup:
        """The form of `key` that goes with `n` in this language (one, few, many), as Telegram HTML."""
        text = self._messages.ngettext(key, key, n)
        return Markup(text).format(tel=self._tel, n=n, **params)  # noqa: S704 (reviewed texts)


class Texts:
    """Both catalogues, loaded once and checked: a start with an unusable one is refused."""

    def __init__(self, locales: Path = LOCALES) -> None:
        self._messages: dict[Lang, gettext.NullTranslations] = {}
        for lang in LANGS:
            path = locales / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"
            if not path.is_file():
                raise CatalogueError(f"locales: no compiled catalogue for '{lang}'. Run: make messages")
            with path.open("rb") as compiled:
                self._messages[lang] = gettext.GNUTranslations(compiled)
        _compare({lang: locales / lang / "LC_MESSAGES" / f"{DOMAIN}.mo" for lang in LANGS})

    def speak(self, lang: Lang, directory: Directory) -> Catalogue:
        """The texts in `lang`, reading phone numbers from `directory`."""
        return Catalogue(lang, self._messages[lang], directory)


def placeholders(text: str) -> set[tuple[str, str]]:
    """The names (and, for `tel`, the references) that a text wants filled in.

    Raises ValueError when its braces do not balance.
    """
    if "{" not in text and "}" not in text:  # most: a quick start
        return set()
    return {
        (name, (spec or "") if name == "tel" else "")
        for _, name, spec, _ in string.Formatter().parse(text)
        if name is not None
    }


def _compare(paths: dict[Lang, Path]) -> None:
    """Every key in every language, with the same placeholders. Raises CatalogueError."""
    wanted: dict[str, set[tuple[str, str]]] = {}
    for lang, path in paths.items():
        with path.open("rb") as compiled:
            catalogue = read_mo(compiled)
        found = {}
        for message in catalogue:
            if not message.id:
                continue
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if not all(forms):
                raise CatalogueError(f"locales: '{key}' is empty in '{lang}'")
            try:
                found[str(key)] = set().union(*(placeholders(str(form)) for form in forms))
            except ValueError as fault:
                raise CatalogueError(f"locales: '{key}' in '{lang}': {fault}") from None
        wanted = wanted or found
        if odd := set(wanted) ^ set(found):
            raise CatalogueError(f"locales: '{min(odd)}' is in one language only")
        for key, names in found.items():
            if names != wanted[key]:
                raise CatalogueError(f"locales: '{key}' has other placeholders in '{lang}'")
