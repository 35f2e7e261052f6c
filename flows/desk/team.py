"""Colleagues: who is here, inviting one, letting one go, joining with a code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from db.visit import Visit
from flows.acts import Carried, Dismiss, Invite, Join
from flows.address import number, word
from flows.desk.frame import desk_screen
from flows.engine import Action, Button, Reply, World, go, screen
from flows.texts import N_

if TYPE_CHECKING:
    from flows.desk.known import Bench

ROLES = {
    "operator": N_("desk.role.operator"),
    "supervisor": N_("desk.role.supervisor"),
    "coordinator": N_("desk.role.coordinator"),
}
_IS = {"on": N_("desk.is.on"), "break": N_("desk.is.break"), "off": N_("desk.is.off")}
FIRST = "first-ones"  # what stands for a code when a first supervisor joins
LONGEST_NAME = 24
_CODE = re.compile(r"[a-z0-9-]{6,32}")


def team(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Who belongs to this desk, and who is on duty."""
    t = world.speak(visit.lang)
    people = [
        Markup("<b>{}</b> · {} · {}").format(one.name, t.label(ROLES[one.role]), t.label(_IS[one.state]))
        for one in (bench.me, *bench.colleagues)
    ]
    rows = [
        (Button(t.label("desk.dismiss", name=one.name), go("desk.team.gone", one.num)),) for one in bench.colleagues
    ]
    rows.append((Button(t.label("desk.invite"), go("desk.invite")),))
    text = Markup("\n").join([t("desk.team.text", desk=bench.desk.name(t.lang)), Markup(""), *people])
    return Reply(visit, desk_screen(t, text, rows))


def invite(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """For which role; then a code that works once, for a day."""
    if action.args:
        return Reply(visit, None, (Invite(word(action, 0, ROLES)),))
    t = world.speak(visit.lang)
    rows = [(Button(t.label(label), go("desk.invite", role)),) for role, label in ROLES.items()]
    return Reply(visit, desk_screen(t, t("desk.invite.text"), rows, back=go("desk.team")))


def dismiss(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A second tap lets a colleague go; their cases return to the queue."""
    who = number(action, 0)
    t = world.speak(visit.lang)
    rows = ((Button(t.label("desk.dismiss.yes"), go("desk.team.leave", who)),),)
    name = next((one.name for one in bench.colleagues if one.num == who), "")
    return Reply(visit, desk_screen(t, t("desk.dismiss.text", name=name), rows, back=go("desk.team")))


def dismissed(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Done."""
    return Reply(visit, None, (Dismiss(number(action, 0)),))


def code_in(text: str) -> str:
    """The invitation's code in "/join code"; empty when the text is something else. "/join" alone is for the first
    supervisors, whom the deployment names (SUPERVISOR_IDS): the edge knows who they are."""
    command, _, rest = text.strip().partition(" ")
    code = rest.strip().lower() or FIRST
    return code if command.casefold() == "/join" and _CODE.fullmatch(code) else ""


def asks_to_join(code: str, visit: Visit, world: World) -> Reply:
    """Somebody came with a code: which first name shall visitors see? It need not be the real one."""
    t = world.speak(visit.lang)
    return Reply(visit.but(awaiting=go("join", code).encode()), screen(t, t("join.name")))


def joins(action: Action, text: str, visit: Visit, world: World) -> Reply:
    """The first name was typed."""
    name = " ".join(text.split())[:LONGEST_NAME]
    code = action.args[0] if action.args else ""
    if not name or not any(sign.isalpha() for sign in name):
        return asks_to_join(code, visit, world)
    return Reply(visit.but(awaiting=""), None, (Join(code, name),))


def joined(outcome: Carried, visit: Visit, world: World) -> Reply:
    """A code that is none, or has been used, is no error: the menu says nothing about it."""
    t = world.speak(visit.lang)
    if not outcome.done:
        return Reply(visit, screen(t, t("join.no")))
    return Reply(visit, desk_screen(t, t("join.done", name=outcome.who)))
