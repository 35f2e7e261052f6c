"""A whole conversation over real HTTP: asked for, taken, answered, read, closed."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Hands
from tests.desk.room import room


async def test_a_conversation_from_asking_to_closing(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Words go both ways, each side sees what it may, and at the end nothing is left of them."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana = await at.operator(desk, "Оксана")
        anna = at.at.sandbox.person()
        name = await at.ask(anna)
        await at.at.say(anna, "hello-from-anna")
        assert "hello-from-anna" in at.screen(anna)
        group = "".join(message.text for message in at.groups["kyiv"].bot_messages)
        assert name in group
        assert "hello-from-anna" not in group

        await at.at.say(oksana, "/take")
        assert name in at.screen(oksana)
        assert "hello-from-anna" in at.screen(oksana)
        await at.at.say(oksana, "hello-from-oksana")
        assert anna.bot_messages[-1].text == at.word("announce.text")
        assert "hello-from-oksana" not in "".join(message.text for message in anna.bot_messages)
        live = await at.open(anna)
        assert "hello-from-oksana" in live.text
        assert at.word("line.opened") in at.screen(oksana)

        await at.at.press(oksana, at.word("desk.close"))
        await at.at.press(oksana, at.word("close.now"))
        left = "".join(message.text for message in (*anna.messages, *oksana.messages, *at.groups["kyiv"].messages))
        assert "hello-from" not in left
