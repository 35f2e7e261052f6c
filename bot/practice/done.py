"""What was done in a practice: read from the audit and from the case's own words, just before they are destroyed."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import audit, cases, lines
from db.desk.case import Case
from db.sealing import Keyring
from flows.acts import Close
from flows.exchange import words_of
from flows.training.judge import Deeds

SCRIPT = "script"  # under which a case keeps what is played, sealed
LAST = 500  # acts of one case that are looked at


async def deeds(connection: AsyncConnection, keys: Keyring, case: Case, closing: Close) -> Deeds:
    """Everything the review is made of; without a script when the visitor has left and all of it went with them."""
    told = await cases.details_of(connection, keys, [case.id])
    entries = await audit.show(connection, last=LAST, code=case.code)  # names come again: only since it was opened
    said = await lines.lines_of(connection, keys, case.id, sides=("visitor", "operator"))
    return Deeds(
        told.get(case.id, {}).get(SCRIPT, ""),
        frozenset(entry.action for entry in entries if entry.at >= case.opened_at),
        tuple((line.side, words_of(line)) for line in said),
        frozenset(measure for measure, _ in closing.labels),
        closing.blocked,
    )
