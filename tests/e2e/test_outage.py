"""After we were down: nobody is spoken to out of the blue, and whoever asked to vanish still vanishes."""

from pathlib import Path

from bot.sandbox.people import Person
from tests.conftest import Hands
from tests.stage import playing, settings, stage


def texts(person: Person) -> list[str]:
    return [message.text for message in person.messages]


async def test_three_hours_of_outage(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Waiting texts bring no new message to anyone, to strangers or to those who were here; what they typed goes,
    the screen that was left open is covered, and a waiting exit word still wipes."""
    async with stage(database_url, tmp_path, clock) as at:
        here, leaving, stranger = (at.sandbox.person() for _ in range(3))
        await at.arrive(here)
        await at.arrive(leaving)
        await at.end()
        here.send("Житомир")
        leaving.send("вихід")
        stranger.send("/start")
        stranger.send("допоможіть")
        noticed = [len(person.lock_screen) for person in (here, leaving, stranger)]
        at.move(hours=3)
        async with playing(at.sandbox, settings(database_url, tmp_path, at.sandbox.url, telegram_rate=0), clock) as up:
            await up.settled()
            assert [len(person.lock_screen) for person in (here, leaving, stranger)] == noticed
            assert texts(stranger) == []
            for person in (here, leaving):
                (only,) = person.messages
                assert only.text.startswith("Порада дня")
            for person in (here, leaving, stranger):
                assert not any((await up.held(person)).values())


async def test_a_quarter_of_an_hour_of_outage(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Who still has the screen open gets the answer there, silently; a stranger gets nothing."""
    async with stage(database_url, tmp_path, clock) as at:
        here, stranger = at.sandbox.person(), at.sandbox.person()
        await at.arrive(here)
        await at.press(here, "Так, можна читати")
        before = at.live(here).text
        await at.end()
        here.send("допомога")
        stranger.send("/start")
        at.move(minutes=15)
        async with playing(at.sandbox, settings(database_url, tmp_path, at.sandbox.url, telegram_rate=0), clock) as up:
            await up.settled()
            (only,) = here.messages
            assert only.text != before
            assert "102" in only.text
            assert len(here.lock_screen) == 1
            assert stranger.messages == []


async def test_a_visit_fades(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """After the idle time the screen is covered, the rest deleted, the visit forgotten; no new message."""
    async with stage(database_url, tmp_path, clock) as at:
        anna, late = at.sandbox.person(), at.sandbox.person()
        await at.arrive(anna)
        at.move(minutes=20)
        await at.arrive(late)
        at.move(minutes=11)
        assert await at.app.clock.fade() == 1
        await at.settled()
        (only,) = anna.messages
        assert only.text.startswith("Порада дня")
        assert len(anna.lock_screen) == 1
        assert not any((await at.held(anna)).values())
        assert (await at.held(late))["visits"] == 1


async def test_old_updates_and_traces_are_purged(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Update ids live 25 h, traces 48 h, then they are gone."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        gate = at.sandbox.hold("deleteMessage", anna.chat_id)
        anna.send("/start")
        await gate.arrived.wait()
        assert (await at.held(anna))["traces"] == 1
        at.move(hours=49)
        await at.app.clock.purge()
        assert (await at.held(anna))["traces"] == 0
        gate.release()
