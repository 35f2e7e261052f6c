"""People and requests of no real desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk.case import Case, Opening, Route, Urgency
from db.desk.cases import open_case
from db.desk.roster import enlist
from db.desk.staff import Operator, Role, Seat
from db.outbox import Order
from db.sealing import Keyring

LEASE = timedelta(minutes=15)
ORDER = Order()
RANDOM = Random(1)  # noqa: S311 (names)


def opening(keys: Keyring, chat_id: int, **changes: Any) -> Opening:
    """A request of a chat."""
    route = changes.pop("route", Route(chat_id, 5, "uk"))
    plain: dict[str, Any] = {"desk": 1, "topic": "talk", "urgency": Urgency.SOON, **changes}
    return Opening(chat=keys.chat(chat_id), route=route, **plain)


async def asked(connection: AsyncConnection, keys: Keyring, chat_id: int, now: datetime, **changes: Any) -> Case:
    """A new case of a chat that has none."""
    case, new = await open_case(connection, keys, ORDER, opening(keys, chat_id, **changes), now, RANDOM)
    assert new
    return case


async def hired(
    connection: AsyncConnection, keys: Keyring, chat_id: int, now: datetime, *, role: Role = "operator", desk: int = 1
) -> Operator:
    """Somebody who answers."""
    return await enlist(connection, keys, Seat(chat_id, 7), "Оля", role, desk, now)
