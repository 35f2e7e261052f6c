"""The first screens: a neutral greeting with the choice of language, then what exit can and cannot do.

Nothing sensitive stands here: whoever glances at the first message learns nothing (checklist 8). What exit
does and does not do is told before the first sensitive screen (checklist 14).
"""

from __future__ import annotations

from db.visit import LANGS, Lang, Visit
from flows.address import word
from flows.engine import HOME, Action, Button, Reply, Row, World, go, screen
from flows.home import home
from flows.texts import N_, Catalogue

_NAMES: dict[Lang, str] = {"uk": N_("lang.uk"), "en": N_("lang.en")}


def hello(_: Action, visit: Visit, world: World) -> Reply:
    """The first screen, in both languages at once. It is the same for who has been here before."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("hello.text"), (_choice(t, "hello.in"),)))


def hello_in(action: Action, visit: Visit, world: World) -> Reply:
    """The language is chosen: what exit does, what it cannot do, then on to the menu."""
    visit = _speaking(action, visit)
    t = world.speak(visit.lang)
    rows: tuple[Row, ...] = ((Button(t.label("hello.on"), HOME),),)
    return Reply(visit, screen(t, t("hello.before"), rows, back=go("hello")))


def lang(_: Action, visit: Visit, world: World) -> Reply:
    """The choice of language, from the menu."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("lang.text"), (_choice(t, "lang.in"),)))


def _speaking(action: Action, visit: Visit) -> Visit:
    chosen = word(action, 0, LANGS)
    return visit.but(lang=chosen)


def lang_in(action: Action, visit: Visit, world: World) -> Reply:
    """The language is chosen from the menu: the menu in that language."""
    return home(HOME, _speaking(action, visit), world)


def _choice(t: Catalogue, name: str) -> Row:
    return tuple(Button(t.label(_NAMES[code]), go(name, code)) for code in LANGS)
