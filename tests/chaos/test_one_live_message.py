"""Never two live messages, never none: what happens when a new message is under way and its chat moves on."""

from __future__ import annotations

from pathlib import Path

from bot.sandbox.people import Person
from tests.conftest import Hands
from tests.stage import Stage, is_cover, stage


async def the_only_screen(at: Stage, person: Person) -> list[str]:
    """The words on the buttons of the one message that is left; fails when there are more, or none."""
    await at.settled()
    (only,) = person.messages
    visits = (await at.held(person))["visits"]
    assert is_cover(only.markup.inline) != bool(visits)
    return only.labels


def a_tap(at: Stage, person: Person, message_id: int, data: str) -> None:
    """A tap on a button that the phone showed a moment ago."""
    chat, query = person.chat, at.sandbox.cloud.open_query(person.chat_id)
    bot = at.sandbox.cloud.card.user
    message = {
        "message_id": message_id,
        "from": bot,
        "chat": chat.api,
        "date": int(at.clock().timestamp()),
        "text": "·",
    }
    update = {"id": query, "from": person.api, "message": message, "chat_instance": "1", "data": data}
    at.sandbox.push({"callback_query": update})


async def test_start_while_a_screen_is_being_redrawn(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """/start wants a new message at the bottom; the redraw in flight concerns the old one, which goes."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        old = await at.arrive(anna)
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.press("Так, можна читати")
        await gate.arrived.wait()
        anna.send("/start")
        await at.until(lambda: at.app.sender.lines.waiting)
        gate.release()
        assert "English" in await the_only_screen(at, anna)
        assert at.live(anna).message_id > old.message_id


async def test_a_tap_on_the_old_screen_while_a_new_message_is_under_way(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """/start, and at once a tap on the screen above: the tap came last, so its screen is what stays, once."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        old = await at.arrive(anna)
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        anna.send("/start")
        await gate.arrived.wait()
        a_tap(at, anna, old.message_id, "1/home")
        await at.until(lambda: at.app.sender.lines.waiting >= 2)
        gate.release()
        assert "Мені потрібна допомога" in await the_only_screen(at, anna)


async def test_a_late_tap_after_an_exit_and_a_new_word(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Exit, a new word, and a tap on the old screen that was still on its way: no screen comes back, whatever was being
    sent meanwhile."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        old = await at.arrive(anna)
        await at.press(anna, "Вихід")
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        anna.send("Житомир")
        await gate.arrived.wait()
        a_tap(at, anna, old.message_id, "1/home")
        await at.until(lambda: not at.sandbox.pending)
        gate.release()
        await at.settled()
        assert all(at.covered(message) for message in anna.messages)
        assert not any((await at.held(anna)).values())


async def test_a_screen_that_is_gone_when_another_is_live(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A tap's redraw finds its message deleted while a new one is being sent: the new one carries on alone."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        old = await at.arrive(anna)
        gate = at.sandbox.hold("editMessageText", anna.chat_id)
        anna.tap(old.message_id, "1/home")
        await gate.arrived.wait()
        anna.send("/start")
        anna.tap(old.message_id, "1/sos")
        anna.delete(old.message_id)
        await at.until(lambda: at.app.sender.lines.waiting >= 2)
        gate.release()
        await the_only_screen(at, anna)
        assert "102" in at.live(anna).text


async def test_frantic_starts_leave_one_message(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """/start over and over while the first message is still being sent."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        for _ in range(5):
            anna.send("/start")
        await gate.arrived.wait()
        for _ in range(5):
            anna.send("/start")
        await at.until(lambda: not at.sandbox.pending)
        gate.release()
        assert "English" in await the_only_screen(at, anna)


async def test_a_leaving_while_the_new_message_is_being_stored(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """/start, a tap on the old screen, and out: whatever was on its way, no screen is left."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        old = await at.arrive(anna)
        gate = at.sandbox.hold("sendMessage", anna.chat_id)
        anna.send("/start")
        await gate.arrived.wait()
        a_tap(at, anna, old.message_id, "1/home")
        a_tap(at, anna, old.message_id, "1/exit")
        await at.until(lambda: not at.sandbox.pending)
        gate.release()
        await at.settled()
        assert all(at.covered(message) for message in anna.messages)
        assert not any((await at.held(anna)).values())
