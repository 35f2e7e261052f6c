"""Who is next.

1. The urgent first: those who said so or were flagged. Nothing else is ever counted as urgent (checklist 46).
2. Then those who need somebody soon, and with them the calm who have waited 20 minutes: so nobody starves.
3. Then the calm.

What is only practised comes after everybody: nobody stands behind a case without a person, and none is counted.

Within a class, whoever has waited longest. A case that comes back (its operator fell silent, went off duty or gave
it back) keeps the time since which it waits, so it goes before everybody of its class who came later.

Who blocked the bot is not offered while they do: nobody could answer. A call-back or a team reaches them all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from db.desk.case import Case, Urgency

AGEING = timedelta(minutes=20)


def standing(case: Case, now: datetime) -> Urgency:
    """The class a case is served in at this moment."""
    if case.flagged or case.urgency == Urgency.URGENT:
        return Urgency.URGENT
    if case.urgency == Urgency.CALM and now - case.waiting_since < AGEING:
        return Urgency.CALM
    return Urgency.SOON


def order(cases: Iterable[Case], now: datetime) -> list[Case]:
    """The waiting ones among these, the next one first."""
    waiting = (case for case in cases if case.state == "waiting" and _can_be_answered(case))
    return sorted(waiting, key=lambda case: (case.practice, standing(case, now), case.waiting_since, case.id))


def place_of(case: Case, cases: Iterable[Case], now: datetime) -> int:
    """The place in the queue, 1 for the next one; 0 when the case does not wait."""
    ids = [one.id for one in order(cases, now)]
    return ids.index(case.id) + 1 if case.id in ids else 0


def _can_be_answered(case: Case) -> bool:
    return case.visitor != "blocked" or case.kind != "chat" or case.flagged
