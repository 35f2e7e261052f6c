"""Out in one tap: no question, no screen, no farewell."""

from __future__ import annotations

from db.visit import Visit
from flows.engine import Action, Exit, Reply, World


def leave(_: Action, visit: Visit, __: World) -> Reply:
    """The edge covers the live message, wipes the chat and forgets the visit."""
    return Reply(visit, None, (Exit(),))
