"""The neutral lines: what a message is sent with, what announces an answer, what is said when a flow failed."""

from __future__ import annotations

import gettext
from functools import cache

from db.directory.directory import UnknownPhone
from db.visit import Lang
from flows.engine import Action, Button, Screen, World, screen
from flows.texts import DOMAIN, LOCALES, N_


@cache
def _words(lang: Lang) -> gettext.NullTranslations:
    """The catalogue without the directory: a shell must not depend on it."""
    return gettext.translation(DOMAIN, str(LOCALES), [lang])


def shell(lang: Lang) -> str:
    """The text a message is sent with before its content is edited in: all a notification can show."""
    return _words(lang).gettext(N_("shell"))


def announcement(lang: Lang, opens: Action) -> Screen:
    """The line that says that something is there to be read: neutral, and never what."""
    words = _words(lang)
    button = Button(words.gettext(N_("announce.open")), opens)
    return Screen(words.gettext(N_("announce.text")), ((button,),))


def sorry(lang: Lang, world: World) -> Screen:
    """What a visitor sees when a flow failed: no error, the menu, and the numbers."""
    t = world.speak(lang)
    try:
        return screen(t, t("sorry.text"))
    except UnknownPhone:  # a directory without 102: this screen must come up all the same
        return screen(t, t("sorry.bare"))
