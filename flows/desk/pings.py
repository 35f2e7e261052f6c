"""Lines that call an operator: neutral, with a sound, one button. No word of a conversation stands in them."""

from __future__ import annotations

from flows.engine import Action, Button, Screen
from flows.texts import N_, Catalogue

_LINES = {
    "new": N_("ping.new"),
    "handed": N_("ping.handed"),
    "supervisor": N_("ping.supervisor"),
    "waits": N_("ping.waits"),
    "group_lost": N_("ping.group_lost"),
    "taken_over": N_("ping.taken_over"),
}


def ping(about: str, name: str, opens: Action, t: Catalogue) -> Screen:
    """What is new, about which case."""
    return Screen(str(t(_LINES[about], name=name)), ((Button(t.label("ping.open"), opens),),))
