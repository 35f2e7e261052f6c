"""Two hundred different visits, each with marks of its own in everything a person can give away; after exit or fade
somebody who has every key, also those that were destroyed, finds none of them."""

from __future__ import annotations

import gc
import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from prometheus_client import generate_latest
from sqlalchemy import delete, insert, select, text

from bot.logs import configure
from bot.sandbox.people import Person
from db import memory
from db.desk import cases, lines
from db.desk.case import Opening, Route, Urgency
from db.memory import Trace
from db.models import metadata, visits
from db.outbox import Row
from db.sealing import Keyring
from db.visit import Visit
from tests.conftest import Hands
from tests.privacy.forensics import blobs, day_marks, freed_pages_with_content
from tests.stage import SECRET, Stage, stage

SEED = 2026
VISITS, AT_ONCE, STEPS = 200, 50, 5
FIRST_CHAT = 7_231_894_650_117  # long, so that the digits are found only where somebody wrote them
MARK = "zq7k"  # how every mark begins; no word in either language does
PLACES = ("Житомир", "Київ", "Кременчук", "Lviv", "на Поділ", "біля Харкова")
TYPED = (
    "мене звуть {}",
    "{} не дає жити",
    "він {} мене б'є",
    "help {}",
    "{}",
    "/start {}",
    "/{}",
    "Oлена {} 0671112233",
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the bot logs, from the lowest level on."""
    stream = io.StringIO()
    configure("DEBUG", stream)
    yield stream
    configure("INFO")


class Walk:
    """One person's way through the bot, by chance, leaving a mark at every step."""

    def __init__(self, at: Stage, number: int, random: Random) -> None:
        self.at, self.number, self.random = at, number, random
        self.marks: list[str] = []
        self.person: Person = at.sandbox.person(FIRST_CHAT + number, name=f"Ім’я {self.mark()}")

    def mark(self) -> str:
        """A word that stands nowhere else."""
        self.marks.append(f"{MARK}{self.number:03d}x{len(self.marks)}")
        return self.marks[-1]

    def step(self) -> None:
        """Something a person does."""
        match self.random.randrange(10):
            case 0 | 1:
                self.person.send(self.random.choice(TYPED).format(self.mark()))
            case 2:
                self.person.send(f"{self.random.choice(PLACES)} {self.mark()}")
            case 3:
                self.person.send_location(48 + self.number / 1000, 26 + self.number / 777)
            case 4:
                self.person.send_other(self.random.choice(("photo", "voice", "contact", "video")), self.mark())
            case 5:
                sent = self.person.send(self.mark())
                self.person.edit(sent.message_id, f"{self.mark()} ще раз")
            case 6 if self.person.bot_messages:
                self.at.sandbox.push(self._forged(self.mark(), self.person.bot_messages[-1].message_id))
            case _:
                self._tap()

    def _tap(self) -> None:
        screens = [one for one in self.person.bot_messages if one.markup.inline]
        if not screens:
            self.person.send("/start")
            return
        buttons = [one for row in screens[-1].buttons for one in row if one.kind == "callback"]
        buttons = [one for one in buttons if not one.value.startswith(("1/exit", "1/word"))]
        self.person.tap_button(screens[-1].message_id, self.random.choice(buttons))

    def _forged(self, mark: str, message_id: int) -> dict[str, object]:
        """A tap on a button that we never made, by somebody with a telling username."""
        who = {"id": self.person.chat_id, "is_bot": False, "first_name": mark, "username": mark}
        chat = {"id": self.person.chat_id, "type": "private"}
        query = {"id": mark, "from": who, "data": mark, "message": {"message_id": message_id, "date": 1, "chat": chat}}
        return {"callback_query": query}

    async def speaks(self) -> None:
        """Asks for a person; both write."""
        keys, order, now = self.at.app.keys, self.at.app.ingest._order, self.at.clock()
        chat = keys.chat(self.person.chat_id)
        route = Route(self.person.chat_id, 1, "uk")
        asked = {"phone": self.mark(), "place": self.mark()}
        opening = Opening(chat, route, 1, "home", Urgency.SOON, details=asked, word=self.mark())
        async with self.at.app.store.write() as connection:
            case, _ = await cases.open_case(connection, keys, order, opening, now, self.random)
            for side in ("visitor", "operator", "note"):
                await lines.add_line(connection, keys, case.id, side, self.mark(), order.next(now), now)  # type: ignore[arg-type]

    def leaves(self) -> None:
        """By a button where there is one, else by a word."""
        screen = next((one for one in self.person.bot_messages[::-1] if one.markup.inline), None)
        exits = [one for row in (screen.buttons if screen else []) for one in row if one.value == "1/exit"]
        if screen and exits and self.random.random() < 0.5:
            self.person.tap_button(screen.message_id, exits[0])
        else:
            self.person.send(self.random.choice(("вихід", "exit", "СТОП", "сховай")))


async def live(at: Stage) -> list[Walk]:
    """All of them, some at once; two thirds leave, the rest fall silent and fade."""
    random = Random(SEED)  # noqa: S311 (repeatable, no secret)
    walks = [Walk(at, number, random) for number in range(VISITS)]
    for start in range(0, VISITS, AT_ONCE):
        some = walks[start : start + AT_ONCE]
        for walk in some:
            walk.person.send(random.choice(("/start", "привіт", "Житомир", "допоможіть")))
        await at.settled(60)
        for _ in range(STEPS):
            for walk in some:
                walk.step()
            await at.settled(60)
        for walk in some[::5]:
            await walk.speaks()
    return walks


async def go(at: Stage, walks: list[Walk]) -> None:
    """Everybody is gone in the end. A case outlives a fade on purpose: who speaks with somebody leaves by an exit."""
    async with at.app.store.read() as connection:
        chats = [at.app.keys.chat(walk.person.chat_id) for walk in walks]
        speaking = await cases.case_of(connection, chats)
    assert len(speaking) >= VISITS // 5
    for walk, chat in zip(walks, chats, strict=True):
        if walk.number % 3 or chat in speaking:
            walk.leaves()
    await at.settled(60)
    at.move(minutes=31)
    while await at.app.clock.fade():
        await at.settled(60)
    await at.settled(60)
    await at.app.clock.stop()  # its own tick may be at it
    await at.app.clock.dry()


def told(raw: bytes, keys: Keyring, walks: list[Walk]) -> list[str]:
    """What of anybody stands in these bytes in the open."""
    hits = [f"plain mark of {raw[at + 4 : at + 7]!r}" for at in _all(raw, MARK.encode())]
    hits += [f"chat id of {walk.number}" for walk in walks if str(walk.person.chat_id).encode() in raw]
    return hits + [f"chat hash of {walk.number}" for walk in walks if keys.chat(walk.person.chat_id) in raw]


def found(raw: bytes, keys: Keyring, folder: Path, walks: list[Walk]) -> list[str]:
    """What of anybody can be found in these bytes, every sealed value opened."""
    ids = [str(walk.person.chat_id).encode() for walk in walks]
    hits = told(raw, keys, walks)
    for opened in blobs(raw, keys, day_marks(keys, folder)):
        if MARK.encode() in opened or any(digits in opened for digits in ids):
            hits.append("a sealed value of somebody")
    return hits


def _all(raw: bytes, word: bytes) -> Iterator[int]:
    at = raw.find(word)
    while at >= 0:
        yield at
        at = raw.find(word, at + 1)


async def dump(at: Stage) -> bytes:
    """Every cell of every table."""
    rows = b""
    async with at.app.store.read() as connection:
        for name in sorted(metadata.tables):
            for row in await connection.execute(text(f"SELECT * FROM {name}")):  # noqa: S608 (our own names)
                rows += b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in row) + b"\n"
    return rows


def disk(folder: Path) -> bytes:
    """Every file: the database with its freed pages, its WAL, keys, whatever was written for a while."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.untraced
async def test_nothing_of_two_hundred_visits_is_left(
    sqlite_templates: dict[str, Path],
    tmp_path: Path,
    clock: Hands,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Database file, WAL, freed pages, temporary files, logs, metrics and the outbox in memory: not one mark, not one
    chat. The searcher has a copy of every key from before they left; what is put there on purpose is found."""
    folder, stolen = tmp_path / "var", tmp_path / "stolen"
    (folder / "tmp").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    (folder / "stezhka.db").write_bytes(sqlite_templates["filled"].read_bytes())
    async with stage(f"sqlite+aiosqlite:///{folder / 'stezhka.db'}", folder, clock) as at:
        walks = await live(at)
        shutil.copytree(folder / "keys", stolen)
        thief = Keyring(SECRET.encode(), stolen)
        assert len(told(disk(folder), thief, walks)) > VISITS / 2  # while they are here there is something to find
        await go(at, walks)

        assert sum(len(walk.marks) for walk in walks) > 3 * VISITS
        assert found(disk(folder), thief, stolen, walks) == []
        assert freed_pages_with_content((folder / "stezhka.db").read_bytes()) == 0
        assert len(log.getvalue()) > 100
        for said in (log.getvalue().encode(), generate_latest()):
            assert told(said, thief, walks) == []
        chats = {at.app.keys.chat(walk.person.chat_id) for walk in walks}
        assert at.app.sender.lines._lines == {}
        gc.collect()  # what only points at itself is nobody's any more
        assert [one for one in gc.get_objects() if isinstance(one, Row) and one.chat in chats] == []
        for walk in walks:
            assert [one for one in walk.person.messages if not at.covered(one)] == []

        await _planted(at, folder, thief, stolen, walks)


async def _planted(at: Stage, folder: Path, thief: Keyring, stolen: Path, walks: list[Walk]) -> None:
    """One forgotten row among all of that, then its remnant on a freed page, is found."""
    chat_id, keys = walks[77].person.chat_id, at.app.keys
    async with at.app.store.write() as connection:
        await memory.add_traces(connection, keys, [Trace(chat_id, 5, at.clock())])
    assert told(disk(folder), thief, walks) == ["chat hash of 77"]
    async with at.app.store.write() as connection:
        await memory.forget(connection, [keys.chat(chat_id)])
        row = {
            "chat": b"x" * 16,
            "sealed": keys.seal("visit", Visit(chat_id, 1).pack(), at.clock()),
            "seen_at": at.clock(),
        }
        await connection.execute(insert(visits), row)
    async with at.app.store.engine.connect() as connection:
        await connection.execute(text("PRAGMA secure_delete=OFF"))
        await connection.execute(delete(visits))
        await connection.commit()
        assert (await connection.execute(select(visits))).first() is None
    await at.app.store.truncate_wal()
    assert "a sealed value of somebody" in found(disk(folder), thief, stolen, walks)


@pytest.mark.untraced
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_no_table_knows_them(database_url: str, tmp_path: Path, clock: Hands, log: io.StringIO) -> None:
    """The same two hundred on PostgreSQL: no cell of any table, sealed or not, has a mark or a chat."""
    async with stage(database_url, tmp_path, clock) as at:
        walks = await live(at)
        shutil.copytree(tmp_path / "keys", tmp_path / "stolen")
        thief = Keyring(SECRET.encode(), tmp_path / "stolen")
        assert len(told(await dump(at), thief, walks)) > VISITS / 2
        await go(at, walks)
        assert found(await dump(at), thief, tmp_path / "stolen", walks) == []
        assert told(log.getvalue().encode(), thief, walks) == []
