"""What is left of a conversation when it is over: nothing that any key which is left can open."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.logs import configure
from tests.conftest import Hands
from tests.desk.room import room
from tests.privacy.forensics import freed_pages_with_content, search

CHAT = 7_231_894_650_117
MARKERS = ("мій секрет", "таємна відповідь", "тиха нотатка", "zrazok_nick", "Зразокенко", "голубиний")
ENDINGS = ("closed", "left", "exit", "silence")


@pytest.mark.parametrize("ending", ENDINGS)
async def test_nothing_is_left_of_a_conversation(
    sqlite_templates: dict[str, Path], tmp_path: Path, clock: Hands, ending: str
) -> None:
    """Database, freed pages, WAL, keys and logs, searched with every key that is left, however it ended."""
    folder = tmp_path / "var"
    folder.mkdir()
    path = folder / "stezhka.db"
    path.write_bytes(sqlite_templates["filled"].read_bytes())
    log = io.StringIO()
    configure("DEBUG", log)
    try:
        async with room(f"sqlite+aiosqlite:///{path}", folder, clock) as at:
            oksana = await at.operator(await at.desk(), "Оксана")
            anna = at.at.sandbox.person(CHAT, name="Зразокенко", username="zrazok_nick")
            case = await at.asks(anna)
            await at.press(anna, "talk.word.on")
            await at.at.say(anna, "голубиний")
            await at.at.say(anna, "мій секрет")
            await at.take(oksana, case)
            await at.at.say(oksana, "// тиха нотатка")
            await at.at.say(oksana, "таємна відповідь")
            await at.open(anna)
            disk = b"".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())
            assert search(disk, at.at.app.keys, folder / "keys", CHAT, ("мій секрет",))
            if ending == "closed":
                await at.press(oksana, "desk.close")
                await at.press(oksana, "close.now")
            elif ending == "left":
                await at.press(anna, "talk.leave.on")
                await at.press(anna, "talk.leave.yes")
            elif ending == "silence":
                for _ in range(5):
                    await at.at.say(oksana, "// тиха нотатка")
                    await at.tick(minutes=9)
            anna.press(at.word("frame.exit"))
            await at.at.settled()
            if ending == "exit":
                await at.press(oksana, "desk.close")
                await at.press(oksana, "close.now")
            assert (await at.now(case)).state == "closed"
            await at.at.app.clock.stop()  # its own tick may be at it
            await at.at.app.clock.dry()
            left = b"".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())
            assert search(left, at.at.app.keys, folder / "keys", CHAT, MARKERS) == []
            assert freed_pages_with_content(path.read_bytes()) == 0
            assert at.at.app.keys.cases.held() == set()
            assert search(log.getvalue().encode(), at.at.app.keys, folder / "keys", CHAT, MARKERS) == []
            shown = at.seen(anna, oksana, at.groups["kyiv"])
            assert [marker for marker in MARKERS if marker in shown] == []
    finally:
        configure("INFO")
