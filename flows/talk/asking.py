"""Asking for a human: consent first and by itself, then a few short questions, each with a way not to say.

Nothing is kept until the last tap: the answers stand in the buttons' addresses. Consent names who answers, what is
kept, the time limit, what silence means, that this is no emergency line, and when confidentiality ends (checklist
43, 50, 56); "is it safe to write now?" comes before anything sensitive and its no is an exit (checklist 45).
"""

from __future__ import annotations

from db.visit import Visit
from flows.acts import OpenCase
from flows.address import NotAnAddressError, number, word
from flows.desk.known import DeskNow
from flows.engine import EXIT, Action, Button, Reply, Row, Tally, World, go, screen
from flows.rows import rows_of
from flows.talk import requests
from flows.talk.windows import LABELS, span_of, windows
from flows.texts import N_, Catalogue

KINDS = ("chat", "callback", "team")
WHO = {"self": N_("talk.who.self"), "other": N_("talk.who.other")}
TOPICS = {
    "hurt": N_("topic.hurt"),
    "fear": N_("topic.fear"),
    "child": N_("topic.child"),
    "body": N_("topic.body"),
    "law": N_("topic.law"),
    "home": N_("topic.home"),
    "mind": N_("topic.mind"),
    "other": N_("topic.other"),
}
URGENCIES = {"0": N_("talk.when.now"), "1": N_("talk.when.today"), "2": N_("talk.when.later")}
ANY_DESK = 0


def ask(action: Action, visit: Visit, world: World) -> Reply:
    """What one agrees to. To go back costs nothing."""
    t = world.speak(visit.lang)
    if not world.desks:
        raise NotAnAddressError(action.name)
    rows = (
        (Button(t.label("talk.agree"), go("talk.safe", "chat")),),
        (Button(t.label("talk.callback"), go("talk.safe", "callback")),),
        (Button(t.label("talk.team"), go("talk.safe", "team")),),
    )
    return Reply(visit, screen(t, t("talk.consent", who=_who_answers(world, t)), rows, back=go("talk")))


def safe(action: Action, visit: Visit, world: World) -> Reply:
    """Is it safe to write now? No hides at once; not sure is taken seriously."""
    kind = word(action, 0, KINDS)
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("talk.safe.yes"), go("talk.who", kind)), Button(t.label("talk.safe.no"), EXIT)),
        (Button(t.label("talk.safe.unsure"), go("talk.unsure", kind)),),
    )
    return Reply(visit, screen(t, t("talk.safe.text"), rows, back=go("talk.ask")))


def unsure(action: Action, visit: Visit, world: World) -> Reply:
    """Not sure whether it is safe: what can be done, and both ways stay open."""
    kind = word(action, 0, KINDS)
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("talk.safe.yes"), go("talk.who", kind)), Button(t.label("talk.safe.no"), EXIT)),
        (Button(t.label("talk.callback"), go("talk.who", "callback")),),
    )
    return Reply(visit, screen(t, t("talk.unsure.text"), rows, back=go("talk.safe", kind)))


def who(action: Action, visit: Visit, world: World) -> Reply:
    """For oneself or for somebody else."""
    kind = word(action, 0, KINDS)
    t = world.speak(visit.lang)
    rows = rows_of([Button(t.label(key), go("talk.desk", kind, code)) for code, key in WHO.items()])
    return Reply(visit, screen(t, t("talk.who.text"), rows, back=go("talk.safe", kind)))


def desk(action: Action, visit: Visit, world: World) -> Reply:
    """Which desk: in a small town the one who answers may be a neighbour, so any can be chosen, and none."""
    kind, whom = word(action, 0, KINDS), word(action, 1, WHO)
    t = world.speak(visit.lang)
    buttons = [Button(one.desk.name(visit.lang), go("talk.topic", kind, whom, one.desk.num)) for one in world.desks]
    rows = (*rows_of(buttons), (Button(t.label("talk.desk.any"), go("talk.topic", kind, whom, ANY_DESK)),))
    return Reply(visit, screen(t, t("talk.desk.text"), rows, back=go("talk.who", kind)))


def topic(action: Action, visit: Visit, world: World) -> Reply:
    """What it is about, in a few words; "other, or rather not say" is as good as any."""
    kind, whom, at = word(action, 0, KINDS), word(action, 1, WHO), _desk(action, 2, world)
    t = world.speak(visit.lang)
    rows = rows_of([Button(t.label(key), go("talk.when", kind, whom, at, code)) for code, key in TOPICS.items()])
    return Reply(visit, screen(t, t("talk.topic.text"), rows, back=go("talk.desk", kind, whom)))


def when(action: Action, visit: Visit, world: World) -> Reply:
    """How soon."""
    kind, whom, at, about = _asked(action, world)
    t = world.speak(visit.lang)
    rows = tuple(
        (Button(t.label(key), go("talk.send", kind, whom, at, about, code)),) for code, key in URGENCIES.items()
    )
    return Reply(visit, screen(t, t("talk.when.text"), rows, back=go("talk.topic", kind, whom, at)))


def send(action: Action, visit: Visit, world: World) -> Reply:
    """The last tap of a chat opens the case; a call or a team first needs a time. Nobody on duty is said at once."""
    kind, whom, at, about = _asked(action, world)
    soon = word(action, 4, URGENCIES)
    if kind != "chat":
        return requests.time(action, visit, world)
    if not _anybody(at, world):
        return _nobody(action, visit, world)
    return Reply(visit, None, (OpenCase("chat", whom, at, about, int(soon)), Tally("asked", about)))


def keep(action: Action, visit: Visit, world: World) -> Reply:
    """The request is kept for hours the visitor names as safe; outside them there is silence."""
    kind, whom, at, about = _asked(action, world)
    soon, span = word(action, 4, URGENCIES), span_of(action, 5, world.now)
    if kind != "chat" or span is None:
        raise NotAnAddressError(action.name)
    return Reply(visit, None, (OpenCase("chat", whom, at, about, int(soon), keep=span), Tally("asked", about)))


def _nobody(action: Action, visit: Visit, world: World) -> Reply:
    t = world.speak(visit.lang)
    rows: list[Row] = [
        (Button(t.label(LABELS[code]), go("talk.keep", *action.args, code)),) for code in windows(world.now)
    ]
    rows.append((Button(t.label("talk.lines"), go("talk")),))
    back = go("talk.when", *action.args[:4])
    return Reply(visit, screen(t, t("talk.nobody"), tuple(rows), back=back), (Tally("nobody_on_duty"),))


def _asked(action: Action, world: World) -> tuple[str, str, int, str]:
    return word(action, 0, KINDS), word(action, 1, WHO), _desk(action, 2, world), word(action, 3, TOPICS)


def _desk(action: Action, at: int, world: World) -> int:
    """Raises NotAnAddressError for a desk that is not there (any more)."""
    num = number(action, at)
    if num != ANY_DESK and not any(one.desk.num == num for one in world.desks):
        raise NotAnAddressError(action.name)
    return num


def _anybody(num: int, world: World) -> bool:
    """Whether somebody who could answer is on duty: at the chosen desk, else at any (overflow)."""
    return any(one.on_duty for one in world.desks if num in (ANY_DESK, one.desk.num)) or any(
        one.on_duty for one in world.desks
    )


def _who_answers(world: World, t: Catalogue) -> str:
    said: list[DeskNow] = [one for one in world.desks if one.desk.words(t.lang)]
    return said[0].desk.words(t.lang) if said else t.label("talk.who_answers")
