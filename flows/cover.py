"""The neutral lines: what stays after exit, what a message is sent with, what is said when a flow failed.

The cover is ordinary and personal to nobody, and changes with the day so that two visits do not leave the
same line twice. It has no buttons: nothing in it leads back (checklist 10).
"""

from __future__ import annotations

import gettext
from datetime import date
from functools import cache

from db.directory.directory import UnknownPhone
from db.visit import Lang
from flows.engine import Action, Button, Screen, World, screen
from flows.texts import DOMAIN, LOCALES, N_

TIPS = (
    N_("cover.route"),
    N_("cover.water"),
    N_("cover.shoes"),
    N_("cover.pace"),
    N_("cover.trees"),
    N_("cover.morning"),
    N_("cover.stairs"),
    N_("cover.layers"),
    N_("cover.birds"),
    N_("cover.evening"),
    N_("cover.stop"),
    N_("cover.bridge"),
)


@cache
def _words(lang: Lang) -> gettext.NullTranslations:
    """The catalogue without the directory: exit must not depend on it."""
    return gettext.translation(DOMAIN, str(LOCALES), [lang])


def cover(lang: Lang, day: date) -> Screen:
    """The line that stays after exit, chosen by the day of the year."""
    tip = TIPS[day.timetuple().tm_yday % len(TIPS)]
    return Screen(_words(lang).gettext(tip))


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
