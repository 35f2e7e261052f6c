"""Privacy in plain words: what Telegram sees, what is kept here, what exit can do, how to delete the chat."""

from __future__ import annotations

from babel.units import format_unit

from db.visit import Visit
from flows.engine import Action, Button, Reply, World, go, screen

_PRIVACY = go("privacy")


def privacy(_: Action, visit: Visit, world: World) -> Reply:
    """What Telegram sees and what this bot keeps, with the times."""
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("privacy.exit_on"), go("privacy.exit")),),
        (Button(t.label("privacy.word_on"), go("word")), Button(t.label("privacy.before_on"), go("hello.again"))),
        (Button(t.label("privacy.phone_on"), go("phone")), Button(t.label("privacy.chat_on"), go("privacy.chat"))),
    )
    idle = format_unit(world.idle_minutes, "duration-minute", "short", locale=visit.lang)
    who = t("privacy.run_by", name=world.run_by) if world.run_by else t("privacy.run_by_unnamed")
    return Reply(visit, screen(t, t("privacy.text", idle=idle) + "\n\n" + who, rows))


def privacy_exit(_: Action, visit: Visit, world: World) -> Reply:
    """What exit can and cannot do (checklist 14)."""
    t = world.speak(visit.lang)
    rows = ((Button(t.label("privacy.chat_on"), go("privacy.chat")),),)
    return Reply(visit, screen(t, t("privacy.exit"), rows, back=_PRIVACY))


def privacy_chat(_: Action, visit: Visit, world: World) -> Reply:
    """How to delete the whole chat for both sides, and that emptiness may be noticed (checklist 15)."""
    t = world.speak(visit.lang)
    return Reply(visit, screen(t, t("privacy.chat"), back=_PRIVACY))
