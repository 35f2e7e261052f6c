"""What the database and Telegram hold when everything has settled, beside what a crowd has done."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from bot.sandbox.server import Sandbox
from db import memory, models
from db.sealing import Keyring
from db.store import Store
from tests.chaos.crowd import Crowd


async def count(store: Store, *tables: str) -> int:
    """Rows in these tables."""
    async with store.read() as connection:
        counts = [
            (await connection.execute(select(func.count()).select_from(models.metadata.tables[name]))).scalar_one()
            for name in tables
        ]
    return sum(counts)


async def tallied(store: Store) -> Counter[tuple[str, str]]:
    """The bot's own anonymous counts."""
    tallies = models.tallies
    async with store.read() as connection:
        found = await connection.execute(select(tallies.c.measure, tallies.c.label, tallies.c.count))
        counts: Counter[tuple[str, str]] = Counter()
        for measure, label, number in found:
            counts[measure, label] += number
    return counts


def unanswered(crowd: Crowd, sandbox: Sandbox) -> list[str]:
    """Taps whose spinner was never stopped (an exit takes earlier ones with it)."""
    answers = {
        call.params["callback_query_id"]
        for call in sandbox.calls
        if call.method == "answerCallbackQuery" and call.effect
    }
    return [query for member in crowd.members for query in member.taps if query not in answers]


async def held(crowd: Crowd, store: Store, keys: Keyring) -> list[str]:
    """Where the database holds more about a person than it should, in words."""
    wrong = []
    async with store.read() as connection:
        for member in crowd.members:
            found = await memory.holdings(connection, keys, member.person.chat_id)
            keyboards = sum(message.markup.keyboard is not None for message in member.person.messages)
            allowed = {"visits": int(member.inside), "traces": keyboards if member.inside else 0, "outbox": 0}
            if found["visits"] != allowed["visits"] or found["traces"] > allowed["traces"] or found["outbox"]:
                wrong.append(f"{found} instead of {allowed}")
    return wrong
