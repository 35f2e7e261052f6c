"""Who may do what: every command with its roles, in one table. `/help` shows a role exactly its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from db.visit import Visit
from flows.desk.frame import desk_screen, told
from flows.engine import Action, Reply, World, go
from flows.texts import N_

if TYPE_CHECKING:
    from flows.desk.known import Bench

OPERATOR = frozenset({"operator", "supervisor"})  # who talks with visitors
SUPERVISOR = frozenset({"supervisor"})
EVERYBODY = frozenset({"operator", "supervisor", "coordinator"})


@dataclass(frozen=True, slots=True)
class Command:
    """A command, where it leads, who may use it and what `/help` says of it. `sandbox`: `/help` names it there only."""

    name: str
    action: Action
    roles: frozenset[str]
    help: str
    sandbox: bool = False


COMMANDS = (
    Command("desk", go("desk"), EVERYBODY, N_("desk.help.desk")),
    Command("on", go("desk.duty", "on"), OPERATOR, N_("desk.help.on")),
    Command("break", go("desk.duty", "break"), OPERATOR, N_("desk.help.break")),
    Command("off", go("desk.duty", "off"), OPERATOR, N_("desk.help.off")),
    Command("take", go("desk.take", 0), OPERATOR, N_("desk.help.take")),
    Command("case", go("desk.case"), OPERATOR, N_("desk.help.case")),
    Command("park", go("desk.park"), OPERATOR, N_("desk.help.park")),
    Command("hand", go("desk.hand"), OPERATOR, N_("desk.help.hand")),
    Command("replies", go("desk.replies", 0), OPERATOR, N_("desk.help.replies")),
    Command("risk", go("desk.risk"), OPERATOR, N_("desk.help.risk")),
    Command("danger", go("desk.danger"), OPERATOR, N_("desk.help.danger")),
    Command("urgent", go("desk.flag"), OPERATOR, N_("desk.help.urgent")),
    Command("supervisor", go("desk.call"), OPERATOR, N_("desk.help.supervisor")),
    Command("media", go("desk.media"), OPERATOR, N_("desk.help.media")),
    Command("undo", go("desk.undo"), OPERATOR, N_("desk.help.undo")),
    Command("close", go("desk.close"), OPERATOR, N_("desk.help.close")),
    Command("practice", go("desk.practice"), OPERATOR, N_("desk.help.practice"), sandbox=True),
    Command("calm", go("desk.calm"), SUPERVISOR, N_("desk.help.calm")),
    Command("block", go("desk.block"), SUPERVISOR, N_("desk.help.block")),
    Command("team", go("desk.team"), SUPERVISOR, N_("desk.help.team")),
    Command("invite", go("desk.invite"), SUPERVISOR, N_("desk.help.invite")),
    Command("figures", go("desk.figures"), frozenset({"supervisor", "coordinator"}), N_("desk.help.figures")),
    Command("lang", go("desk.lang"), EVERYBODY, N_("desk.help.lang")),
    Command("help", go("desk.help"), EVERYBODY, N_("desk.help.help")),
)
_BY_NAME = {command.name: command for command in COMMANDS}
# A screen needs the role of the command that leads to it; what hangs below a command's screen needs the same.
_ROLES = {command.action.name: command.roles for command in COMMANDS}


def command_of(text: str) -> Command | None:
    """The command a text is, if it is one of ours: "/take", "/take@name"."""
    name = text.strip().removeprefix("/").split("@", 1)[0].split(" ", 1)[0].casefold()
    return _BY_NAME.get(name) if text.lstrip().startswith("/") else None


def may(bench: Bench, action: Action) -> bool:
    """Whether this role may open that screen."""
    base = action.name
    while base not in _ROLES and "." in base:
        base = base.rpartition(".")[0]
    return bench.me.role in _ROLES.get(base, EVERYBODY)


def refused(visit: Visit, world: World) -> Reply:
    """Polite, and with the way to what is possible."""
    return told(visit, world.speak(visit.lang), N_("desk.not_yours"))


def helping(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Every command of one's role."""
    t = world.speak(visit.lang)
    lines = [
        Markup("/{} · {}").format(command.name, t(command.help))
        for command in COMMANDS
        if bench.me.role in command.roles and (world.practice or not command.sandbox)
    ]
    text = Markup("\n").join([t("desk.help.title"), Markup(""), *lines])
    return Reply(visit.but(awaiting=""), desk_screen(t, text))
