"""A coordinator brings in a file while the bot runs, and a visitor who is there sees it; then it is taken back."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.sandbox.people import Person
from db.directory.directory import Directory
from tests.conftest import Hands
from tests.stage import SECRET, Stage, stage

SEEN_WITHIN = 8  # seconds: the bot looks every three
CENTRE = "kyiv-daycentre-raiduzhna"


async def stezhka(url: str, folder: Path, *words: str) -> str:
    """The command as its own process, as a coordinator would run it."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "DATABASE_URL": url,
        "LC_ALL": "uk_UA.UTF-8",
        "COLUMNS": "160",
        "SECRET_KEY": SECRET,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "directory", *words, cwd=folder, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT, env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def seen(at: Stage, before: Directory) -> None:
    """Waits until the bot has read the directory anew."""
    await at.until(lambda: at.app.knowledge.directory is not before, SEEN_WITHIN)


async def day_centres(at: Stage, person: Person) -> str:
    """What the visitor reads who asks for a day centre in Kyiv."""
    if "Меню" in str(at.labels(at.live(person))):
        await at.press(person, "Меню")
    await at.say(person, "Київ")
    await at.press(person, "Центр поруч")
    return at.live(person).text


@pytest.mark.processes
async def test_a_visitor_sees_what_a_coordinator_changed(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Export, edit, look, apply, undo beside a running bot: each step is on the visitor's screen within seconds."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person(name="Зразок")
        await at.arrive(anna)
        start = at.app.knowledge.directory
        await stezhka(database_url, tmp_path, "export", "a.csv")
        file = tmp_path / "a.csv"
        old = "Денний центр соціально-психологічної підтримки постраждалих (Дніпровський район)"
        content = file.read_bytes()
        assert old.encode() in content
        file.write_bytes(content.replace(old.encode(), "Денний центр Зразковий (оновлено)".encode()))
        assert old in await day_centres(at, anna)

        looked = await stezhka(database_url, tmp_path, "import", "a.csv", "--dry-run")
        assert CENTRE in looked
        assert at.app.knowledge.directory is start

        await stezhka(database_url, tmp_path, "import", "a.csv", "--yes")
        await seen(at, start)
        changed = at.app.knowledge.directory
        assert "Зразковий (оновлено)" in await day_centres(at, anna)

        await stezhka(database_url, tmp_path, "undo", "--yes")
        await seen(at, changed)
        assert old in await day_centres(at, anna)
        assert at.app.knowledge.directory.services == start.services
