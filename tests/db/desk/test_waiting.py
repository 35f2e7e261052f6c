"""The database counts the queue by the same rule that `db.desk.queue` states."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from sqlalchemy import update

from db.desk import cases, waiting
from db.desk.case import Case, Urgency
from db.desk.figures import figures
from db.desk.naming import PRACTICE
from db.desk.queue import order, place_of
from db.models import cases as table
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands
from tests.db.desk.made_up import asked

SPREAD = (timedelta(), timedelta(minutes=19), timedelta(minutes=20), timedelta(minutes=21), timedelta(hours=2))


def people(some: Iterable[Case]) -> list[Case]:
    """Those with somebody behind them."""
    return [one for one in some if not one.practice]


async def test_the_database_and_the_rule_agree(store: Store, keys: Keyring, clock: Hands) -> None:
    """The next ones, their number and everybody's place are what the pure rule says, for all that the rule looks at:
    urgency, flag, waiting, who blocked the bot, other desks, practice, which counts for nobody."""
    now, random = clock(), Random(3)  # noqa: S311 (repeatable)
    async with store.write() as connection:
        for number in range(60):
            one = await asked(
                connection, keys, 100 + number, now, urgency=random.choice(list(Urgency)), desk=1 + number % 2
            )
            values = {
                "waiting_since": now - random.choice(SPREAD),
                "flagged": random.random() < 0.2,
                "visitor": random.choice(("here", "here", "blocked", "faded")),
                "kind": random.choice(("chat", "callback")),
            }
            if number % 7 == 0:
                values["code"] = f"{PRACTICE} Kivi {number}"
            await connection.execute(update(table).where(table.c.id == one.id).values(**values))
            if number % 5 == 0:
                await connection.execute(
                    update(table).where(table.c.id == one.id).values(state="taken", operator=1, taken_at=now)
                )
        everything = await cases.open_cases(connection)
        for desk in (1, 2):
            here = [one for one in everything if one.desk == desk]
            queue = order(here, now)
            assert await waiting.first(connection, now, 100, table.c.desk == desk) == queue
            assert await waiting.first(connection, now, 5, table.c.desk == desk) == queue[:5]
            assert await waiting.count(connection, table.c.desk == desk) == len(people(queue)) > 10
            there = people(one for one in here if one.state == "waiting")
            assert (await figures(connection, now))[desk].waiting == len(there)
            for one in people(queue):
                assert await waiting.ahead(connection, one, now) == place_of(one, here, now) - 1
        offered = waiting.offered_to(1, frozenset({1, 2}), now - timedelta(minutes=5))
        wanted = [one for one in everything if one.desk == 1 or now - one.waiting_since > timedelta(minutes=5)]
        assert await waiting.first(connection, now, 100, offered) == order(wanted, now)
        alone = waiting.offered_to(1, frozenset({1}), now - timedelta(days=1))
        assert await waiting.first(connection, now, 100, alone) == order(everything, now)
