"""What is typed about danger is nowhere afterwards: not in a log, a metric, a table or a sealed value."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from bot.logs import configure
from db.places.places import Places
from flows.understand.intent import read
from flows.understand.intent.letters import fold
from tests.conftest import Hands
from tests.privacy.forensics import search
from tests.privacy.test_nothing_left import disk
from tests.stage import stage

CHAT, NOBODY = 7_231_894_650_119, 9_731_894_650_113  # NOBODY: only words are searched for, the chat is still open
MARKER = "Зразкомаркер"
TYPED = ("він мене б'є {m}", "не хочу жити {m}", "{m} потрібен юрист у Житомирі", "хочу поговорити {m}", "{m}")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the bot logs, from the lowest level on."""
    stream = io.StringIO()
    configure("DEBUG", stream)
    yield stream
    configure("INFO")


@pytest.mark.parametrize("broken", [False, True])
async def test_a_marker_is_found_nowhere(
    broken: bool, sqlite_templates: dict[str, Path], tmp_path: Path, clock: Hands, log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Texts of danger and others, with flows that work and with an understanding that fails on every text."""
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "stezhka.db").write_bytes(sqlite_templates["filled"].read_bytes())
    if broken:
        monkeypatch.setattr("flows.decide.read", _fails)
    async with stage(f"sqlite+aiosqlite:///{folder / 'stezhka.db'}", folder, clock) as at:
        anna = at.sandbox.person(CHAT, name="Зразок")
        await at.arrive(anna)
        for words in TYPED:
            await at.say(anna, words.format(m=MARKER))
        await at.settled()
        shown = at.live(anna).text
        for heap in (log.getvalue(), generate_latest().decode(), shown):
            assert MARKER.casefold() not in heap.casefold()
        assert search(disk(folder), at.app.keys, folder / "keys", NOBODY, (MARKER, MARKER.casefold())) == []
        assert ("заминка" in shown) is broken


def test_no_table_in_memory_learns_a_text(places: Places) -> None:
    """Rules, model and gazetteer keep no word that was typed, whole or folded: a memory dump holds none either."""
    typed = "".join(("Гараздо", "маркер", "нянка"))
    read(f"він мене б'є {typed}", places)
    heaps = (typed.casefold(), fold(typed.casefold()))
    gc.collect()
    kept = [
        type(held).__name__
        for held in gc.get_objects()
        if isinstance(held, (dict, list, set, frozenset, tuple)) and held is not heaps
        for one in (*held, *(held.values() if isinstance(held, dict) else ()))
        if isinstance(one, str) and any(word in one for word in heaps)
    ]
    assert kept == []


def _fails(text: str, _: object) -> None:
    """As if the rules had a fault, with the text in its message: the worst case."""
    raise RuntimeError(text)
