"""Privacy is tested, not promised: after an exit a searcher with every key finds nothing of the visitor."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from sqlalchemy import insert, text

from bot.logs import configure
from db import memory
from db.models import visits
from db.visit import Visit
from tests.conftest import Hands
from tests.privacy.forensics import freed_pages_with_content, search
from tests.stage import Stage, stage

CHAT = 7_231_894_650_117  # long, so that it is found by its digits only if it is there
MARKERS = ("Зразокенко", "Вигаданівка", "мій секрет", "zrazok_nick", "голубиний")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the bot logs, from the lowest level on."""
    stream = io.StringIO()
    configure("DEBUG", stream)
    yield stream
    configure("INFO")


async def live_through_everything(at: Stage) -> None:
    """A visitor with a telling name types, taps, shares and sends all there is."""
    anna = at.sandbox.person(CHAT, name="Зразокенко")
    await at.arrive(anna)
    for words in ("Вигаданівка", "мій секрет", "допомога", "Житомир", "голубиний кут, Київ", "/help", "\U0001f600"):
        await at.say(anna, words)
    anna.send_location(50.27, 28.67)
    for kind in ("photo", "voice", "contact", "sticker"):
        anna.send_other(kind)
    await at.settled()
    for step in range(40):
        labels = [label for row in at.labels(at.live(anna)) for label in row if label not in ("Вихід", "English")]
        anna.press(labels[step % len(labels)])
        await at.settled()
    typed = anna.send("zrazok_nick")
    anna.edit(typed.message_id, "мій секрет")
    anna.press("Вихід")
    await at.settled()
    (only,) = anna.messages
    assert only.text.startswith("Порада дня")


def disk(folder: Path) -> bytes:
    """The database file with its freed pages, the WAL and everything else beside it."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_sqlite_keeps_nothing(
    sqlite_templates: dict[str, Path], tmp_path: Path, clock: Hands, log: io.StringIO
) -> None:
    """Database file, freelist, WAL, keys folder, logs and metrics, with every key in hand: nothing."""
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "stezhka.db").write_bytes(sqlite_templates["filled"].read_bytes())
    async with stage(f"sqlite+aiosqlite:///{folder / 'stezhka.db'}", folder, clock) as at:
        await live_through_everything(at)
        await at.app.clock.stop()  # its own tick may be at it
        await at.app.clock.dry()
        keys, kept = at.app.keys, folder / "keys"
        assert search(disk(folder), keys, kept, CHAT, MARKERS) == []
        assert freed_pages_with_content((folder / "stezhka.db").read_bytes()) == 0
        said = (log.getvalue().encode(), generate_latest())
        assert len(said[0]) > 100
        for heap in said:
            assert search(heap, keys, kept, CHAT, MARKERS) == []


async def test_a_planted_left_over_is_found(sqlite_templates: dict[str, Path], tmp_path: Path, clock: Hands) -> None:
    """The search is no formality: a forgotten row, a row in the WAL only, a row on a freed page, a word in a
    log: each is found."""
    folder = tmp_path / "var"
    folder.mkdir()
    path = folder / "stezhka.db"
    path.write_bytes(sqlite_templates["filled"].read_bytes())
    async with stage(f"sqlite+aiosqlite:///{path}", folder, clock) as at:
        keys, kept = at.app.keys, folder / "keys"
        left_over = {
            "chat": b"x" * 16,
            "sealed": keys.seal("visit", Visit(CHAT, 1).pack(), clock()),
            "seen_at": clock(),
        }
        async with at.app.store.write() as connection:
            await connection.execute(insert(visits), left_over)
        assert "sealed '7231894650117'" in search(disk(folder), keys, kept, CHAT, MARKERS)

        async with at.app.store.engine.connect() as connection:
            await connection.execute(text("PRAGMA secure_delete=OFF"))
            await memory.forget(connection, [b"x" * 16])
            await connection.commit()
        await at.app.store.truncate_wal()
        assert "sealed '7231894650117'" in search(path.read_bytes(), keys, kept, CHAT, MARKERS)
        assert search(keys.chat(CHAT) + b"log: \xd0\xbc", keys, kept, CHAT, MARKERS) == ["keyed hash of the chat"]
        assert search("мій секрет".encode(), keys, kept, CHAT, MARKERS) == ["plain 'мій секрет'"]


async def test_no_table_keeps_anything(database_url: str, tmp_path: Path, clock: Hands, log: io.StringIO) -> None:
    """On both databases: every row of every table, every sealed value opened, holds nothing of the visitor."""
    async with stage(database_url, tmp_path, clock) as at:
        await live_through_everything(at)
        async with at.app.store.read() as connection:
            names = {"visits", "traces", "outbox", "seen_updates", "tallies", "services", "service_areas"}
            rows = b""
            for name in sorted(names):
                for row in await connection.execute(text(f"SELECT * FROM {name}")):  # noqa: S608 (our own names)
                    rows += b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in row) + b"\n"
        assert b"visit" in rows
        assert search(rows, at.app.keys, tmp_path / "keys", CHAT, MARKERS) == []
        assert search(log.getvalue().encode(), at.app.keys, tmp_path / "keys", CHAT, MARKERS) == []


async def test_nothing_of_a_visitor_is_in_a_tally(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Counts name a day, a measure and at most an oblast or a kind."""
    async with stage(database_url, tmp_path, clock) as at:
        await live_through_everything(at)
        async with at.app.store.read() as connection:
            found = (await connection.execute(text("SELECT day, measure, label, count FROM tallies"))).all()
        assert found
        for _, measure, label, count in found:
            assert measure.isascii()
            assert len(label) < 40
            assert count > 0
