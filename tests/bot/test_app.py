"""A start either serves or says in one line what a person has to do; a bad network is waited out."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import update

from bot import app as app_module
from bot.app import SILENT_SECONDS, NotReady, build, secret_of
from bot.config import PUBLIC_API, Settings
from bot.polling import Refused
from bot.sandbox.faults import Faults
from bot.sandbox.server import Sandbox
from db.directory.launch import LAUNCH_LINES
from db.models import services
from db.store import open_store
from tests.conftest import Hands
from tests.stage import TOKEN, playing, settings, stage


@pytest.fixture
def template() -> str:
    """As after a first start."""
    return "filled"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start's pauses, a hundred times shorter."""
    monkeypatch.setattr(app_module, "BACKOFF", tuple(seconds / 100 for seconds in app_module.BACKOFF))


@pytest.fixture
def port() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest_asyncio.fixture
async def sandbox(clock: Hands) -> AsyncIterator[Sandbox]:
    """A Telegram without limits that outlives a bot."""
    running = Sandbox(TOKEN, clock=clock)
    running.limits = running.limits.off()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def refused(chosen: Settings, clock: Hands) -> str:
    """The one line with which a start ends."""
    with pytest.raises((NotReady, Refused)) as caught:
        async with build(chosen, now=clock) as app:
            await app.run(asyncio.Event())
    return str(caught.value)


async def test_a_public_start_without_confirmed_lines_is_refused(
    database_url: str, tmp_path: Path, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On real Telegram nobody is sent to a line that no coordinator has called; the line names each by its slug.
    Nothing is asked of Telegram before."""
    calls: list[str] = []
    monkeypatch.setattr("telegram.Bot.do_api_request", lambda _, method, **__: calls.append(method))
    chosen = settings(database_url, tmp_path, PUBLIC_API)
    assert chosen.public
    words = await refused(chosen, clock)
    assert all(slug in words for slug in LAUNCH_LINES)
    assert "stezhka directory confirm" in words
    assert "\n" not in words
    assert calls == []


async def test_confirmed_lines_open_the_public_start(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Each line that was called is no longer named; with all of them the bot may start."""
    chosen = settings(database_url, tmp_path, PUBLIC_API)
    for slug in LAUNCH_LINES:
        assert slug in await refused(chosen, clock)
        store = open_store(database_url)
        async with store.write() as connection:
            called = {"verified_on": date(2026, 11, 20), "verified_by": "coordinator"}
            await connection.execute(update(services).where(services.c.slug == slug).values(called))
        await store.close()
    async with build(chosen, now=clock) as app:
        assert app.settings.public


async def test_a_sandbox_needs_no_confirmed_lines(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Where no real person can come, unconfirmed lines are no obstacle."""
    async with stage(database_url, tmp_path, clock) as at:
        await at.arrive(at.sandbox.person())
        assert not at.app.settings.public


async def test_a_wrong_token_is_named(database_url: str, tmp_path: Path, clock: Hands, sandbox: Sandbox) -> None:
    """Telegram does not know the token: the line names the setting, never its value, and ends the start."""
    sandbox.token = "1:another"
    words = await refused(settings(database_url, tmp_path, sandbox.url), clock)
    await sandbox.stop()
    assert words.startswith("BOT_TOKEN: Telegram does not accept it")
    assert TOKEN not in words


async def test_no_token_is_named(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Without a token there is nothing to serve."""
    chosen = settings(database_url, tmp_path, "http://127.0.0.1:9").model_copy(update={"bot_token": None})
    assert await refused(chosen, clock) == "BOT_TOKEN: is required"


@pytest.mark.usefixtures("hasty")
async def test_telegram_away_at_start_is_waited_for(
    database_url: str, tmp_path: Path, clock: Hands, sandbox: Sandbox
) -> None:
    """The bot starts before the network does: it asks again and again, and then serves what had waited."""
    anna = sandbox.person()
    anna.send("/start")
    sandbox.faults = Faults(rate_5xx=0.4, rate_429=0.3, rate_drop=0.3)
    chosen = settings(database_url, tmp_path, sandbox.url, telegram_rate=0)
    async with playing(sandbox, chosen, clock) as at:
        await at.until(lambda: len(sandbox.calls) >= 4)
        assert {call.method for call in sandbox.calls} == {"getMe"}
        sandbox.faults = Faults()
        await at.settled()
        assert at.live(anna).markup.inline


async def test_a_stop_while_telegram_is_away(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Whoever ends a bot that still waits for Telegram is obeyed at once."""
    stop = asyncio.Event()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        chosen = settings(database_url, tmp_path, f"http://127.0.0.1:{nobody.getsockname()[1]}")
        async with build(chosen, now=clock) as app:
            task = asyncio.create_task(app.run(stop))
            await asyncio.sleep(0)
            stop.set()
            await asyncio.wait_for(task, 5)
            assert not app.sender.busy


async def test_a_webhook_telegram_does_not_take(
    database_url: str, tmp_path: Path, clock: Hands, sandbox: Sandbox, port: int, free_port: int
) -> None:
    """An address Telegram refuses ends the start with its own reason beside the setting's name."""
    hook: dict[str, Any] = {"webhook_url": "http://example.org/hook", "webhook_secret": SecretStr("s" * 20)}
    words = await refused(settings(database_url, tmp_path, sandbox.url, webhook_port=free_port, **hook), clock)
    assert words.startswith("WEBHOOK_URL: Telegram does not take it")
    assert "https" in words.lower()
    words = await refused(settings(database_url, tmp_path, sandbox.url, webhook_port=port, **hook), clock)
    assert words == f"WEBHOOK_PORT: port {port} is taken by another program"


async def test_health_tells_silence(
    database_url: str, tmp_path: Path, clock: Hands, sandbox: Sandbox, free_port: int
) -> None:
    """`/healthz` is 200 while Telegram answers and 503 with the fault's name when it has been silent; `/metrics`
    counts what was handled."""
    chosen = settings(database_url, tmp_path, sandbox.url, telegram_rate=0)
    healthy = chosen.model_copy(update={"health_port": free_port})
    async with playing(sandbox, healthy, clock) as at, aiohttp.ClientSession(f"http://127.0.0.1:{free_port}") as http:
        await at.arrive(sandbox.person())
        async with http.get("/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True, "faults": []})
        async with http.get("/metrics") as answer:
            assert 'stezhka_updates_total{kind="incoming"}' in await answer.text()
        at.app.poller.alive_at -= SILENT_SECONDS + 1
        async with http.get("/healthz") as answer:
            assert (answer.status, await answer.json()) == (503, {"ok": False, "faults": ["telegram_silent"]})


async def test_a_health_port_that_is_taken(database_url: str, tmp_path: Path, clock: Hands, port: int) -> None:
    """A taken port is named with its setting; Telegram has not been asked anything yet."""
    chosen = settings(database_url, tmp_path, "http://127.0.0.1:9").model_copy(update={"health_port": port})
    assert await refused(chosen, clock) == f"HEALTH_PORT: port {port} is taken by another program"


async def test_a_database_that_cannot_be_used_is_named(tmp_path: Path, clock: Hands, free_port: int) -> None:
    """PostgreSQL is not there, the folder is a file, the file is no database: one line names the setting, without the
    address, which may hold a password."""
    other = tmp_path / "note.txt"
    other.write_text("not a database, only some words that are longer than a header " * 20)
    for url in (
        f"postgresql+asyncpg://user:hidden@127.0.0.1:{free_port}/stezhka",
        f"sqlite+aiosqlite:///{other}/stezhka.db",
        f"sqlite+aiosqlite:///{other}",
    ):
        words = await refused(settings(url, tmp_path, "http://127.0.0.1:9"), clock)
        assert words.startswith("DATABASE_URL: the database cannot be used now (")
        assert "hidden" not in words
        assert "\n" not in words


async def test_a_refused_start_leaves_nothing_open(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """After a start that was refused the next one finds the database free."""
    await refused(settings(database_url, tmp_path, PUBLIC_API), clock)
    async with stage(database_url, tmp_path, clock) as at:
        assert await at.rows() == 0


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    """With SQLite a missing SECRET_KEY is made, readable by its owner only, and the same at the next start; with
    PostgreSQL, where several machines share it, it must be given."""
    chosen = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/var/stezhka.db")
    made = secret_of(chosen)
    assert len(made) >= 32
    assert secret_of(chosen) == made
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o777 == 0o600
    shared = chosen.model_copy(update={"database_url": "postgresql+asyncpg://localhost/stezhka"})
    with pytest.raises(NotReady, match=r"^SECRET_KEY: is required"):
        secret_of(shared)


async def test_a_cover_that_will_not_do_stops_the_start(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """One line with the setting's name, before the database or Telegram is asked anything."""
    own = tmp_path / "own.toml"
    own.write_text("[uk]\n[en]\n", "utf-8")
    for chosen, said in (("sailing", "plants, walking"), (str(own), "own.toml [uk]")):
        line = await refused(settings(database_url, tmp_path, "http://127.0.0.1:1", bot_cover=chosen), clock)
        assert line.startswith("BOT_COVER: ")
        assert said in line
        assert "\n" not in line


async def test_the_cover_stands_in_the_card(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Name, texts and what an exit leaves are of one piece: the chosen cover's."""
    async with stage(database_url, tmp_path, clock, bot_cover="plants") as at:
        await at.until(lambda: at.sandbox.cloud.card.name("") == "Зелене підвіконня")
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.press(anna, "Вихід")
        assert at.labels(at.live(anna))[0] == ["Інша порада", "Про полив"]
