"""Two operators in two processes, one Take: one wins, the other is told who has it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from db.desk.cases import cases_by_id
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands
from tests.db.desk.made_up import asked, hired

ROUNDS = 20
# Waits for its line, so that both processes are ready before either reaches; then takes case after case.
TAKER = """
import asyncio, json, sys
from datetime import UTC, datetime, timedelta
from db.desk.claims import Taken, HeldBy, take
from db.store import open_store

async def main():
    url, who, now = sys.argv[1], int(sys.argv[2]), datetime(2026, 11, 22, 12, tzinfo=UTC)
    store = open_store(url)
    async with store.read():
        print("ready", flush=True)
    answers = {}
    for case in json.loads(sys.stdin.readline()):
        async with store.write() as connection:
            answer = await take(connection, case, who, now + timedelta(minutes=15), now)
        answers[case] = ["won", who] if isinstance(answer, Taken) else ["held", answer.operator]
    print(json.dumps(answers), flush=True)
    await store.close()

asyncio.run(main())
"""


async def test_one_wins_and_the_other_is_told(store: Store, database_url: str, keys: Keyring, clock: Hands) -> None:
    """Twenty cases, two processes reaching for each in turn, on SQLite and on PostgreSQL."""
    async with store.write() as connection:
        waiting = [(await asked(connection, keys, number, clock())).id for number in range(1, ROUNDS + 1)]
        who = [(await hired(connection, keys, number, clock())).num for number in (501, 502)]
    await store.close()
    root = str(Path(__file__).parents[3])
    takers = [
        subprocess.Popen(
            [sys.executable, "-c", TAKER, database_url, str(one)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root},
        )
        for one in who
    ]  # fmt: skip
    try:
        for taker in takers:
            assert taker.stdout is not None
            assert taker.stdout.readline() == "ready\n"
        for taker in takers:
            assert taker.stdin is not None
            taker.stdin.write(json.dumps(waiting) + "\n")
            taker.stdin.flush()
        answers = [json.loads(taker.communicate(timeout=60)[0]) for taker in takers]
    finally:
        for taker in takers:
            taker.kill()
            taker.communicate()
    async with store.read() as connection:
        found = await cases_by_id(connection, waiting)
    for case in waiting:
        both = [answer[str(case)] for answer in answers]
        winner = found[case].operator
        assert sorted(kind for kind, _ in both) == ["held", "won"]
        assert {holder for _, holder in both} == {winner}
