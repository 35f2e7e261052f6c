"""`stezhka doctor` names the right that the bot lacks, and in which group; it asks a local Telegram."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from telegram import Bot

from bot.cli import doctor
from bot.cli.desk_add import keep
from bot.cli.doctor_desks import desk_checks, group_check
from bot.config import load
from bot.sandbox.server import Sandbox
from bot.transport import client
from db.desk.staff import Desk
from tests.sandbox.conftest import TOKEN, sandbox

__all__ = ["sandbox"]  # a fixture


def desk(group: int) -> Desk:
    return Desk("kyiv", "Київ", "Kyiv", num=1, group=group)


async def said(bot: Bot, group: int) -> tuple[str, str]:
    check = await group_check(bot, desk(group))
    assert check.what == "desk kyiv"
    return check.found, check.remedy


async def test_each_lack_has_its_line(sandbox: Sandbox) -> None:
    """Without rights, without one right, silenced, put out, moved, unknown, and all is well."""
    bot = client(TOKEN, sandbox.url)
    await bot.initialize()
    group = sandbox.group("Зразок")
    found, remedy = await said(bot, group.chat_id)
    assert found == "the bot is in the group without rights"
    assert "“Delete messages”" in remedy
    group.promote()
    assert await said(bot, group.chat_id) == ("the bot has its rights in the group", "")
    group.promote(can_delete_messages=False)
    found, remedy = await said(bot, group.chat_id)
    assert (found, remedy[:27]) == ("the bot lacks a right", "Give it: “Delete messages” ")
    group.demote()
    group.restrict(can_send_messages=False)
    assert (await said(bot, group.chat_id))[0] == "the bot may not write in the group"
    group.remove_bot()
    assert (await said(bot, group.chat_id))[0] == "the bot was put out of the group"
    assert (await said(bot, -987654321))[0] == "Telegram knows no such group"
    small = sandbox.group("Мала", kind="group")
    grown = small.upgrade()
    assert (await said(bot, small.chat_id))[1] == f"stezhka desk add kyiv --group {grown.chat_id}"
    await bot.shutdown()


@pytest.fixture
def deployment(sqlite_templates: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled database, and no settings but its own."""
    path = Path("var/stezhka.db")
    path.parent.mkdir()
    path.write_bytes(sqlite_templates["filled"].read_bytes())
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    return path


async def test_the_desks_are_in_the_table(
    sandbox: Sandbox,
    deployment: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A deployment without desks is told so, and no key is made by looking; with one, its group is asked about."""
    monkeypatch.setenv("TELEGRAM_API_BASE", sandbox.url)
    assert await desk_checks(load()) == []
    assert not (deployment.parent / "secret.key").exists()
    group = sandbox.group("Зразок")
    texts = {"name_uk": "Київ", "name_en": "Kyiv"}
    await keep(load(), "kyiv", texts, group=group.chat_id, regions=None, languages=None)
    whole, line = await desk_checks(load())
    assert (whole.what, whole.remedy) == ("desks", "stezhka desk check")
    assert line.found == "the bot is in the group without rights"


def test_doctor_runs_with_desks(deployment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole table is printed when Telegram is away, too; exit code 1, since that has to be mended."""
    monkeypatch.setenv("TELEGRAM_API_BASE", "http://127.0.0.1:9")
    texts = {"name_uk": "Київ", "name_en": "Kyiv"}
    asyncio.run(keep(load(), "kyiv", texts, group=-5, regions=None, languages=None))
    with pytest.raises(doctor.typer.Exit) as ended:
        doctor.run()
    assert ended.value.exit_code == 1
    assert deployment.exists()
