"""Many visits expire at once: what tells most goes first, however many they are, and nothing is said."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from bot.clock import FADE_AT_ONCE
from db import memory
from db.models import visits
from db.visit import Visit
from tests.conftest import Hands
from tests.stage import Stage, playing, settings, stage

FIRST = 5_000_000_001


async def expired(at: Stage, count: int) -> None:
    """So many visits of people the sandbox need not know, idle for an hour."""
    keys = at.app.keys
    gone = {keys.chat(chat): Visit(chat, 1, live=7) for chat in range(FIRST, FIRST + count)}
    async with at.app.store.write() as connection:
        await memory.keep_visits(connection, keys, gone, at.clock())
    at.move(minutes=60)


async def left(at: Stage) -> int:
    """Visits that are still in the table."""
    async with at.app.store.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(visits))).scalar_one())


async def test_what_tells_most_fades_first(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A conversation with a person before any content, content before a menu, and of each the newest first."""
    async with stage(database_url, tmp_path, clock) as at:
        await at.app.clock.stop()
        keys = at.app.keys
        kinds = {
            1: Visit(1, 1, bare=True), 2: Visit(2, 1), 3: Visit(3, 1, case=9, bare=True), 4: Visit(4, 1, bare=True),
            5: Visit(5, 1), 6: Visit(6, 1, case=8),
        }  # fmt: skip
        for visit in kinds.values():
            async with at.app.store.write() as connection:
                await memory.keep_visits(connection, keys, {keys.chat(visit.chat_id): visit}, at.clock())
            at.move(minutes=1)
        async with at.app.store.read() as connection:
            found = await memory.idle_visits(connection, keys, at.clock(), 10)
        assert [visit.chat_id for visit in found.values()] == [6, 3, 5, 2, 4, 1]


async def test_a_screen_says_how_much_it_tells(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The first screen is bare; a place that was typed is not; the menu is again."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        t = at.app.knowledge.world().speak("uk")

        async def bare() -> bool:
            async with at.app.store.read() as connection:
                chat = at.app.keys.chat(anna.chat_id)
                return (await memory.visits_of(connection, at.app.keys, [chat]))[chat].bare

        await at.arrive(anna)
        assert await bare()
        await at.say(anna, "Житомир")
        assert not await bare()
        await at.press(anna, t.label("frame.home"))
        assert await bare()


async def test_however_many_expire_only_a_handful_waits(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A thousand expire at once: in memory and in the outbox stands what Telegram takes until the next tick, the rest
    waits in its table, across a restart too; in the end all are covered and not one message was sent."""
    async with stage(database_url, tmp_path, clock) as at:
        await at.app.clock.stop()
        await expired(at, 1000)
        since = len(at.sandbox.calls)
        faded = await at.app.clock.fade()
        assert 0 < faded <= FADE_AT_ONCE
        assert at.app.sender.lines.waiting <= FADE_AT_ONCE
        assert await left(at) == 1000 - faded
        await at.end()
        again = settings(database_url, tmp_path, at.sandbox.url, telegram_rate=0)
        async with playing(at.sandbox, again, clock) as later:
            while await left(later) or later.app.sender.busy:
                await later.app.clock.fade()
                await later.settled()
        edits = [call for call in at.sandbox.calls[since:] if call.method == "editMessageText"]
        assert len({call.chat_id for call in edits}) == 1000
        assert not [call for call in at.sandbox.calls[since:] if call.method.startswith("send")]
