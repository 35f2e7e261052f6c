"""Two conversations while the bot is killed and its database is locked: no word is lost, doubled, out of order or at
the wrong phone. The bench plays the same with a hundred."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.tapping import tap_callback
from db.sealing import Keyring
from db.store import Store
from tests.bench.desk_api import ASK, CASE, FIRST_OPERATOR, FIRST_VISITOR, GROUP, ON_CASE, TALK
from tests.bench.desk_house import open_desk
from tests.bench.desk_people import words
from tests.chaos.process import SECRET, Process, bot, telegram
from tests.chaos.settled import count
from tests.chaos.test_kill import FAR, quiet, under_way
from tests.chaos.test_store_away import another_writer

pytestmark = [pytest.mark.processes, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

TALKS = 2
WORDS = 40  # of each person
GAP = 0.05  # seconds between two words
LOCKED = 3.0


class Talk:
    """A visitor and an operator who write all the time."""

    def __init__(self, sandbox: Sandbox, number: int) -> None:
        self.sandbox = sandbox
        self.number = number
        self.visitor = sandbox.person(FIRST_VISITOR + number)
        self.operator = sandbox.person(FIRST_OPERATOR + number, persona="operator")
        self.said = 0

    async def begin(self, process: Process) -> None:
        """One asks, the other takes."""
        for person in (self.visitor, self.operator):
            person.send("/start")
            await process.until(lambda whose=person: "callback_data" in buttons(whose))
        for data in (TALK, ASK[1]):
            before = self.visitor.bot_messages[-1].text
            self.tap(data)
            await process.until(lambda old=before: self.visitor.bot_messages[-1].text != old)
        self.operator.send("/take")
        await process.until(lambda: ON_CASE in buttons(self.operator))

    def tap(self, data: str) -> None:
        """A button of the visitor's."""
        who = self.visitor
        tap_callback(self.sandbox.cloud, who.chat, who.api, who.bot_messages[-1], data)

    async def go_on(self) -> None:
        """Both write, word by word, whatever becomes of the bot."""
        for number in range(WORDS):
            self.visitor.send(f"w{self.number}-{number}")
            await asyncio.sleep(GAP)
            self.operator.send(f"r{self.number}-{number}")
            await asyncio.sleep(GAP)
            self.said = number + 1

    def whole(self, person: Person) -> bool:
        """Whether this phone shows every word of both, each once, in order, and none of anybody else's."""
        shown = person.bot_messages[-1].text if person is self.visitor else screen(person)
        both = [words(shown, kind) for kind in "wr"]
        return all(
            {who for who, _ in said} == {self.number} and [number for _, number in said] == list(range(WORDS))
            for said in both
        )


def screen(operator: Person) -> str:
    """The operator's live message; what was announced stands below it."""
    return next(one.text for one in reversed(operator.bot_messages) if words(one.text, "w"))


def buttons(person: Person) -> str:
    """The addresses of the buttons in a chat."""
    return str([message.markup.inline for message in person.bot_messages])


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program writes and does not end."""
    file = make_url(url).database
    assert file is not None
    with another_writer(Path(file)):
        yield


async def test_a_conversation_outlives_a_kill_and_a_locked_database(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    """Killed while words are on their way both ways, and started again onto a database that is locked for seconds,
    the bot in the end has shown each side every word once and in order; what it said again is no more than what was
    under way or not recorded yet."""
    folder = tmp_path / "bot"
    await open_desk(store, Keyring(SECRET.encode(), folder / "keys"), TALKS)
    async with telegram() as sandbox:
        sandbox.group("Walks", chat_id=GROUP, admin=True)
        talks = [Talk(sandbox, number) for number in range(TALKS)]
        async with bot(folder, sandbox, database_url) as process:
            await process.serves()
            for talk in talks:
                await talk.begin(process)
            sandbox.faults = FAR
            talking = [asyncio.create_task(talk.go_on()) for talk in talks]
            await process.until(lambda: all(talk.said >= 5 for talk in talks) and under_way(sandbox))
            await process.end(signal.SIGKILL)
        dead, unrecorded = len(sandbox.calls), await count(store, "outbox")
        async with bot(folder, sandbox, database_url) as process:
            await process.serves()
            with locked(database_url):
                await asyncio.sleep(LOCKED)
            await asyncio.gather(*talking)
            await quiet(sandbox, store)
            for talk in talks:
                talk.tap(CASE)
            await quiet(sandbox, store)
            again = [call.method for call in sandbox.calls[dead:] if call.error_code == 400]  # done before the end
            orphans = sum(len(talk.visitor.bot_messages) - 1 for talk in talks)  # lines whose id was not stored
            assert [talk.number for talk in talks if not (talk.whole(talk.visitor) and talk.whole(talk.operator))] == []
            assert [one for talk in talks for one in talk.visitor.messages if one.sender == "user"] == []
            assert len(again) + orphans <= 2 * unrecorded  # a row takes two calls at most
            assert await process.end(signal.SIGTERM) == 0
        text = (folder / "log").read_text()
        assert [event for event in ("Traceback", "flow_failed", "batch_failed", "row_failed") if event in text] == []
