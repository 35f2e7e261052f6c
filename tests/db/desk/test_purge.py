"""Data are made in every table, age, and go: from the database, from its file and from the folder of keys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db import memory, outbox
from db.because import Because
from db.desk import audit, claims, ending, invites, roster
from db.desk.cases import flag
from db.desk.desks import save_desk
from db.desk.lines import add_line
from db.desk.purge import purge
from db.desk.staff import Desk
from db.memory import Trace
from db.models import metadata
from db.outbox import Kind, Lane, Row
from db.sealing import Keyring
from db.store import Store, open_store
from db.visit import Visit
from tests.conftest import Hands
from tests.db.desk.made_up import LEASE, ORDER, asked, hired
from tests.privacy.forensics import search

CHATS = (7_231_894_650_117, 7_231_894_650_118, 7_231_894_650_119, 7_231_894_650_120)
MARKERS = ("мій секрет", "Вигаданівка", "синя чашка", "голубиний")
DESK = {"cases", "case_lines", "invites", "duties", "audit", "barred", "operators", "desks"}


async def fill(connection: AsyncConnection, keys: Keyring, clock: Hands) -> None:
    """Every kind of row that a visitor and a desk leave behind: waiting, kept, taken and flagged cases among them."""
    now = clock()
    await save_desk(connection, keys, Desk("kyiv", "Київ", "Kyiv", group=-100500))
    anna = await hired(connection, keys, 11, now)
    await roster.set_state(connection, anna.num, "on", now)
    await invites.invite(connection, keys, "operator", 1, anna.num, now)
    for number, chat_id in enumerate(CHATS):
        visit = Visit(chat_id, 5, awaiting="1/find.where/all", live=77)
        await memory.keep_visits(connection, keys, {keys.chat(chat_id): visit}, now)
        await memory.add_traces(connection, keys, [Trace(chat_id, 77, now)])
        later = {"keep_from": now + timedelta(hours=2), "keep_to": now + timedelta(hours=3)} if number == 1 else {}
        case = await asked(connection, keys, chat_id, now, word="синя чашка", details={"place": "Вигаданівка"}, **later)
        if number > 1:
            await claims.take(connection, case.id, anna.num, now + LEASE, now)
        if number > 2:
            await flag(connection, case.id)
        await add_line(connection, keys, case.id, "visitor", "мій секрет", ORDER.next(now), now)
        await audit.write(connection, keys, anna.num, "take", now, case.code)
        payload = {"text": "голубиний"}
        row = Row(
            ORDER.next(now), Lane.REPLY, keys.chat(chat_id), Kind.SEND, 5, payload, now, now + LEASE,
            because=Because.case(case.id),
        )  # fmt: skip
        await outbox.put(connection, keys, [row])
    await ending.bar(connection, keys.chat(CHATS[0]), now + timedelta(days=2))
    await memory.first_seen(connection, [1, 2, 3], now)


async def counted(store: Store) -> dict[str, int]:
    """Rows of every table that has any."""
    async with store.read() as connection:
        found = {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in found.items() if count}


async def clean(store: Store, keys: Keyring, clock: Hands) -> None:
    """What the clock does, and what a fading visit does."""
    async with store.write() as connection:
        await memory.forget(connection, [keys.chat(chat_id) for chat_id in CHATS])
        await memory.purge(connection, clock())
        await outbox.expire(connection, clock())
        await claims.lapsed(connection, clock())
        await purge(connection, keys, clock())
    keys.destroy_old(clock())


async def test_everything_goes(store: Store, keys: Keyring, clock: Hands, tmp_path: Path) -> None:
    """Hour by hour nothing goes too early; in the end staff, desks, the flagged shell and one row of audit stand."""
    async with store.write() as connection:
        await fill(connection, keys, clock)
    before = await counted(store)
    assert before.keys() >= DESK | {"visits", "traces", "outbox", "seen_updates"}

    clock.move(hours=1)
    await clean(store, keys, clock)
    early = await counted(store)
    assert {name: early.get(name) for name in DESK} == {name: before[name] for name in DESK}

    clock.move(hours=25)  # a day of silence: cases end
    await clean(store, keys, clock)
    assert (await counted(store)).get("case_lines", 0) == 0
    assert keys.cases.held() == set()

    clock.move(hours=25)  # a day after their end: shells go
    async with store.write() as connection:
        await roster.set_state(connection, 1, "off", clock())
    await clean(store, keys, clock)
    shells = await counted(store)
    assert (shells["cases"], shells.get("barred", 0), shells.get("invites", 0)) == (1, 0, 0)

    clock.move(days=400)
    await clean(store, keys, clock)
    assert await counted(store) == {"desks": 1, "operators": 1, "cases": 1, "audit": 1}
    assert not list((tmp_path / "keys").iterdir())


async def test_nothing_is_left_on_the_disk(
    sqlite_templates: dict[str, Path], keys: Keyring, clock: Hands, tmp_path: Path
) -> None:
    """Pages, freed pages, WAL and keys, searched with every key: found before the cases end, not afterwards."""
    path = tmp_path / "var" / "stezhka.db"
    path.parent.mkdir()
    path.write_bytes(sqlite_templates["migrated"].read_bytes())
    store = open_store(f"sqlite+aiosqlite:///{path}")
    async with store.write() as connection:
        await fill(connection, keys, clock)

    def seen() -> list[str]:
        raw = b"".join(one.read_bytes() for one in sorted(path.parent.iterdir()))
        return [found for chat_id in CHATS for found in search(raw, keys, tmp_path / "keys", chat_id, MARKERS)]

    assert {"sealed 'мій секрет'", "sealed 'Вигаданівка'", "keyed hash of the chat"} <= set(seen())
    async with store.write() as connection:
        await memory.forget(connection, [keys.chat(chat_id) for chat_id in CHATS])
        await outbox.drop_all(connection, [keys.chat(chat_id) for chat_id in CHATS])
        await ending.left(connection, keys, [keys.chat(chat_id) for chat_id in CHATS], clock())
    clock.move(days=2)
    async with store.write() as connection:
        await purge(connection, keys, clock())
    await store.truncate_wal()
    assert seen() == []
    await store.close()


async def test_what_is_held_about_a_chat_is_counted(store: Store, keys: Keyring, clock: Hands) -> None:
    """The panel and the privacy tests see cases and their lines, and none after an exit."""
    async with store.write() as connection:
        await fill(connection, keys, clock)
        held = await memory.holdings(connection, keys, CHATS[2])
        assert held["cases"] == held["case_lines"] == held["visits"] == 1
        await ending.left(connection, keys, [keys.chat(CHATS[2])], clock())
        left = await memory.holdings(connection, keys, CHATS[2])
        assert left["cases"] == left["case_lines"] == 0
