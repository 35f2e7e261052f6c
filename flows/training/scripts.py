"""The five cases an operator can practise. Everybody in them is invented."""

from __future__ import annotations

from flows.texts import N_
from flows.training.script import Name, Script, Turn

NUDGE = N_("training.nudge")  # written once when nobody answers
WHO = N_("training.who")  # whose phone it is on the sandbox's page

_ALL = (
    Script(
        name="calm",
        label=N_("training.calm"),
        topic="topic.law",
        when="talk.when.later",
        opening=N_("training.calm.opening"),
        turns=(
            Turn(N_("training.calm.safe"), "safe"),
            Turn(N_("training.calm.money")),
            Turn(N_("training.calm.number"), "step"),
            Turn(N_("training.calm.lawyer")),
            Turn(N_("training.calm.end")),
        ),
        checks=("safe", "heard", "step", "calm", "held", "outcome", "warm"),
    ),
    Script(
        name="urgent",
        label=N_("training.urgent"),
        topic="topic.hurt",
        when="talk.when.now",
        opening=N_("training.urgent.opening"),
        turns=(
            Turn(N_("training.urgent.where"), "where"),
            Turn(N_("training.urgent.safe"), "safe"),
            Turn(N_("training.urgent.throat")),
            Turn(N_("training.urgent.help"), "help"),
            Turn(N_("training.urgent.doctor"), "doctor"),
            Turn(N_("training.urgent.what")),
            Turn(N_("training.urgent.end")),
        ),
        checks=("safe", "flag", "script", "place", "help", "doctor", "supervisor", "held", "outcome", "warm"),
    ),
    Script(
        name="impersonator",
        label=N_("training.impersonator"),
        topic="topic.other",
        when="talk.when.today",
        opening=N_("training.impersonator.opening"),
        turns=(
            Turn(N_("training.impersonator.word"), "word"),
            Turn(N_("training.impersonator.safe"), "safe"),
            Turn(N_("training.impersonator.remind"), loose=True),
            Turn(N_("training.impersonator.repeat"), loose=True),
            Turn(N_("training.impersonator.complain"), loose=True),
            Turn(N_("training.impersonator.end")),
        ),
        checks=("safe", "word", "secret", "civil", "held", "outcome"),
        brief=N_("training.impersonator.brief"),
        # What the brief tells, in both languages: nothing else says it, so whoever repeats it has told it.
        secrets=("калин", "сестр", "полтав", "kalyna", "sister", "poltava"),
    ),
    Script(
        name="child",
        label=N_("training.child"),
        topic="topic.child",
        when="talk.when.today",
        opening=N_("training.child.opening"),
        turns=(
            Turn(N_("training.child.safe"), "safe"),
            Turn(N_("training.child.age")),
            Turn(N_("training.child.told"), "told"),
            Turn(N_("training.child.line"), "line"),
            Turn(N_("training.child.fault")),
            Turn(N_("training.child.secret")),
            Turn(N_("training.child.end")),
        ),
        checks=("safe", "heard", "told", "line", "flag_child", "supervisor_child", "held", "outcome", "warm"),
    ),
    Script(
        name="abusive",
        label=N_("training.abusive"),
        topic="topic.other",
        when="talk.when.later",
        opening=N_("training.abusive.opening"),
        turns=(
            Turn(N_("training.abusive.limit"), "limit"),
            Turn(N_("training.abusive.useless"), loose=True),
            Turn(N_("training.abusive.nobody"), loose=True),
            Turn(N_("training.abusive.wear"), loose=True),
            Turn(N_("training.abusive.end")),
        ),
        checks=("limit", "civil", "supervisor_abuse", "held", "outcome"),
    ),
)
SCRIPTS: dict[str, Script] = {script.name: script for script in _ALL}
NAMES: tuple[Name, ...] = tuple(script.name for script in _ALL)
