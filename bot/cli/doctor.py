"""`stezhka doctor`: a table of ticks, and what to do about each cross. Shows no secret and changes nothing."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.faults import CannotBeDone
from bot.config import SettingError, Settings, load
from db import migrations
from db.directory import queries
from db.directory.launch import unconfirmed_lines
from db.store import open_store
from flows.cover.kind import BUILT_IN, CoverError
from flows.cover.kind import load as load_cover
from flows.texts import CatalogueError, Texts

LEAST_FREE_MB = 200


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table; `remedy` is empty when all is well."""

    what: str
    found: str
    remedy: str = ""


def run() -> None:
    """Prints the table; exit code 1 when anything needs doing."""
    from bot.cli.doctor_desks import desk_checks  # noqa: PLC0415 (it makes lines of this table)

    try:
        settings = load()
    except SettingError as fault:
        raise CannotBeDone(str(fault)) from None
    checks = [*_settings(settings), _catalogues(), _cover(settings.bot_cover), *asyncio.run(_database(settings))]
    if settings.bot_token:
        checks.append(asyncio.run(_telegram(settings)))
    checks += asyncio.run(desk_checks(settings))
    table = Table("", "what", "found", "what to do")
    for check in checks:
        table.add_row("✗" if check.remedy else "✓", check.what, check.found, check.remedy)
    Console().print(table)
    if any(check.remedy for check in checks):
        raise typer.Exit(1)


def _settings(settings: Settings) -> list[Check]:
    where = "Telegram" if settings.bot_token else "the sandbox (no BOT_TOKEN)"
    how = "webhook" if settings.webhook_url else "long polling"
    key = "set" if settings.secret_key else "kept beside the database"
    fast = "present" if importlib.util.find_spec("uvloop") else "absent (slower, not wrong)"
    free = shutil.disk_usage(settings.keys_dir.parent if settings.keys_dir.parent.is_dir() else ".").free // 1_000_000
    remedy = f"Free some space: {LEAST_FREE_MB} MB or more" if free < LEAST_FREE_MB else ""
    return [
        Check("serves", f"{where}, {how}"),
        Check("SECRET_KEY", key),
        Check("uvloop", fast),
        Check("free disk", f"{free} MB", remedy),
    ]


def _catalogues() -> Check:
    try:
        Texts()
    except CatalogueError as fault:
        return Check("texts", str(fault), "make messages")
    return Check("texts", "both languages complete")


def _cover(chosen: str) -> Check:
    try:
        load_cover(chosen)
    except CoverError as fault:
        return Check("cover", str(fault), "BOT_COVER: see docs/deploying-discreetly.md")
    return Check("cover", f"{chosen}, known to whoever reads the source" if chosen in BUILT_IN else "one of your own")


async def _database(settings: Settings) -> list[Check]:
    file = settings.database_file
    if file is not None and not file.is_file():
        return [Check("database", "not made yet; the first start makes it")]
    store = open_store(settings.database_url)
    try:
        at = await migrations.revision(settings.database_url)
        if at != migrations.HEAD:
            return [Check("database", f"schema {at or 'empty'}", "stezhka migrate")]
        async with store.read() as connection:
            directory = await queries.load(connection)
    except Exception as fault:
        return [Check("database", f"cannot be read ({type(fault).__name__})", "See DATABASE_URL")]
    finally:
        await store.close()
    missing = unconfirmed_lines(directory)
    remedy = "Call each, then: stezhka directory confirm ID… --by ROLE" if missing else ""
    fresh = sum(1 for one in directory.services if one.verified_on)
    return [
        Check("database", f"schema {at}"),
        Check("directory", f"{len(directory.services)} services, {fresh} confirmed"),
        Check("national lines", f"not confirmed: {', '.join(missing)}" if missing else "confirmed", remedy),
    ]


async def _telegram(settings: Settings) -> Check:
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 (slow to import)

    from bot.transport import call, client  # noqa: PLC0415

    token = settings.bot_token
    bot = client(token.get_secret_value() if token else "", settings.telegram_api_base)
    asked = datetime.now(UTC)
    try:
        await bot.initialize()
        hook = await call(bot, "getWebhookInfo", {})
    except InvalidToken:
        return Check("Telegram", "does not accept the token", "BOT_TOKEN: copy it anew from @BotFather")
    except TelegramError as fault:
        return Check("Telegram", f"cannot be reached ({type(fault).__name__})", "See the network and TELEGRAM_API_BASE")
    finally:
        await bot.shutdown()
    took = (datetime.now(UTC) - asked).total_seconds()
    found = f"answers in {took:.1f} s; {hook.get('pending_update_count', 0)} updates wait"
    if hook.get("url") and not settings.webhook_url:
        return Check("Telegram", f"{found}; a webhook is set", "None: a start by long polling removes it")
    return Check("Telegram", found)
