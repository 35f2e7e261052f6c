"""The first screens: a neutral greeting with the choice of language, then what exit can and cannot do.

Nothing sensitive stands on the first: whoever glances at it learns nothing (checklist 8). What exit does and does not
do is told once in a visit, before its first sensitive screen, wherever that visit began (checklist 14). Only the
emergency numbers and what answers a danger do not wait for it.
"""

from __future__ import annotations

from db.visit import LANGS, Lang, Visit
from flows.address import word
from flows.engine import EXIT, HOME, Action, Button, Reply, Row, World, go, screen
from flows.home import home
from flows.texts import N_, Catalogue

_NAMES: dict[Lang, str] = {"uk": N_("lang.uk"), "en": N_("lang.en")}
# Screens that anybody may see who has not been told yet.
OPEN = frozenset({"hello", "hello.in", "lang", "sos", "sos.more", "danger", "danger.not", "exit"})


def hello(action: Action, visit: Visit, world: World) -> Reply:
    """The first screen, in both languages at once; a link may name the one that stands first."""
    visit = _speaking(action, visit) if action.args else visit
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("hello.text"), (_choice(t, "hello.in"),)))


def hello_in(action: Action, visit: Visit, world: World) -> Reply:
    """The language is chosen: what exit does and cannot do, then on to the menu; the menu at once when it was told."""
    visit = _speaking(action, visit)
    return home(HOME, visit, world) if visit.taught else before(HOME, visit, world)


def before(wanted: Action, visit: Visit, world: World) -> Reply:
    """How to vanish, what that cannot do, and whether it is safe to read now; `wanted` is where "yes" leads."""
    t = world.speak(visit.lang)
    rows: tuple[Row, ...] = (
        (Button(t.label("hello.on"), wanted),),
        (Button(t.label("hello.hide"), EXIT), Button(t.label("hello.unsure"), go("phone.about", "device"))),
    )
    return Reply(visit.but(taught=True, awaiting=""), screen(t, t("hello.before"), rows, back=go("hello")))


def again(_: Action, visit: Visit, world: World) -> Reply:
    """The same card, from the privacy screens."""
    return before(HOME, visit, world)


def lang(_: Action, visit: Visit, world: World) -> Reply:
    """The choice of language, from the menu."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("lang.text"), (_choice(t, "lang.in"),)))


def lang_in(action: Action, visit: Visit, world: World) -> Reply:
    """The language is chosen from the menu: the menu in that language."""
    return home(HOME, _speaking(action, visit), world)


def _speaking(action: Action, visit: Visit) -> Visit:
    chosen = word(action, 0, LANGS)
    return visit.but(lang=chosen)


def _choice(t: Catalogue, name: str) -> Row:
    return tuple(Button(t.label(_NAMES[code]), go(name, code)) for code in LANGS)
