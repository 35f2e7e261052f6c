"""Whatever arrives ends in a kind screen or in silence, and never delays anybody else."""

from pathlib import Path

import pytest

from tests.conftest import Hands
from tests.stage import stage

MALFORMED = (
    {"message": {"chat": {"id": "x"}}},
    {"message": None},
    {"callback_query": {"id": 5}},
    {"message": {"chat": {"id": 2**70, "type": "private"}, "message_id": 1, "text": "x"}},
)


async def test_one_malformed_update_among_a_hundred(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The other ninety-nine people are answered as if it had not been there."""
    async with stage(database_url, tmp_path, clock) as at:
        people = [at.sandbox.person() for _ in range(99)]
        for person in people[:50]:
            person.send("/start")
        at.sandbox.push(MALFORMED[0])
        for person in people[50:]:
            person.send("/start")
        await at.settled()
        assert all(len(person.bot_messages) == 1 for person in people)
        assert all(person.bot_messages[0].markup.inline for person in people)


@pytest.mark.parametrize(
    "words",
    [
        "x" * 4096,
        "\u202e текст навиворіт \u202c",
        '<b>не тег</b> & "лапки"',
        "😀" * 400,
        "\0\0\0",
        "/unknown@someone 5",
        "{tel:ua-police-102} {0} %s",
    ],
)
async def test_odd_texts_get_a_kind_screen(database_url: str, tmp_path: Path, clock: Hands, words: str) -> None:
    """A text we cannot read is answered with a way on, and goes from the chat."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        await at.say(anna, words)
        (live,) = anna.messages
        assert live.sender == "bot"
        assert "Вихід" in at.labels(live)[-1]


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "contact", "document", "poll", "video"])
async def test_media_are_declined_and_deleted(database_url: str, tmp_path: Path, clock: Hands, kind: str) -> None:
    """A photo or a voice message goes from the chat at once; a kind screen says what works instead."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        before = at.live(anna).text
        anna.send_other(kind)
        await at.settled()
        (live,) = anna.messages
        assert live.text != before
        assert "getFile" not in {call.method for call in at.sandbox.calls}


async def test_malformed_and_foreign_updates_are_silence(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Nothing is said to anybody, and the next person is served."""
    async with stage(database_url, tmp_path, clock) as at:
        for update in (*MALFORMED, {"inline_query": {"id": "1"}}, {"message": {"message_id": 1, "date": 0, "chat": {
            "id": 77, "type": "private"}, "from": {"id": 78, "is_bot": True}, "text": "x"}}):  # fmt: skip
            at.sandbox.push(update)
        await at.settled()
        assert not [call for call in at.sandbox.calls if call.method.startswith("send")]
        await at.arrive(at.sandbox.person(4242))


async def test_old_and_forged_buttons_lead_home(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A button of an older version, or made up, is home and never an error."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        live = await at.arrive(anna)
        shown = set()
        for data in ("0/anything", "1/no.such.place/5", "1/find.list/../..", "", "1/find.card/99999999"):
            update = {"id": "1", "from": anna.api, "message": live.to_api(), "chat_instance": "1", "data": data}
            at.sandbox.push({"callback_query": update})
            await at.settled()
            shown.add(at.live(anna).text)
        assert all("Вихід" in at.labels(at.live(anna))[-1] for _ in shown)
        assert len(anna.messages) == 1


async def test_an_edited_message_goes_too(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Editing what was typed does not keep it in the chat."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        gate = at.sandbox.hold("deleteMessage", anna.chat_id)
        typed = anna.send("Київ")
        await gate.arrived.wait()
        anna.edit(typed.message_id, "Львів")
        gate.release()
        await at.settled()
        assert len(anna.messages) == 1


async def test_groups_are_left_silently(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Added to a group, the bot goes without a word."""
    async with stage(database_url, tmp_path, clock) as at:
        group = at.sandbox.group("Зразкова група")
        await at.settled()
        calls = [call.method for call in at.sandbox.calls if call.chat_id == group.chat.id]
        assert set(calls) == {"leaveChat"}  # Telegram tells of it twice: an update, and a line in the group


async def test_who_blocks_the_bot_is_forgotten(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Nothing can be sent there any more, so nothing is remembered."""
    async with stage(database_url, tmp_path, clock) as at:
        anna, boris = at.sandbox.person(), at.sandbox.person()
        await at.arrive(anna)
        await at.arrive(boris)
        anna.block()
        gate = at.sandbox.hold("editMessageText", boris.chat_id)
        boris.press("Так, можна читати")
        await gate.arrived.wait()
        boris.block()
        gate.release()
        await at.settled()
        for person in (anna, boris):
            assert not any((await at.held(person)).values())


async def test_a_deleted_live_message_is_sent_anew(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Who cleared the chat and writes again gets one new live message."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna)
        anna.clear()
        await at.say(anna, "Житомир")
        (live,) = anna.messages
        assert live.markup.inline


async def test_start_again_brings_one_message_at_the_bottom(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """/start in the middle of a visit: a new live message, the old one gone."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        old = await at.arrive(anna)
        await at.say(anna, "/start")
        (live,) = anna.messages
        assert live.message_id > old.message_id
