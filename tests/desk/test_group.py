"""The desk's group: it grows, refuses, throws the bot out; nothing that waits is lost, nothing telling stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.faults import Faults
from tests.conftest import Hands
from tests.desk.room import room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_upgraded_group_is_found_again(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A basic group becomes a supergroup: its id and all its messages are others now. Cards and board are posted anew
    there, and taking works."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(kind="group"), "Оксана")
        group = at.groups["kyiv"]
        group.seat(oksana)
        case = await at.asks(at.at.sandbox.person())
        grown = at.groups["kyiv"] = group.upgrade()
        await at.at.settled()
        await at.tick(seconds=3)
        assert grown.chat.bot_status == "administrator"
        (card,) = at.cards()
        assert case.code in card.text
        grown.tap(oksana, card.message_id, at.word("card.take"))
        await at.at.settled()
        assert at.screen(oksana).startswith(case.code)


async def test_an_upgrade_is_heard_of_from_either_side(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Telegram tells of it in the old group and in the new one; whichever comes first, the bot stays."""
    async with room(database_url, tmp_path, clock) as at:
        await at.desk(kind="group")
        group = at.groups["kyiv"]
        told = at.at.sandbox.cloud.updates.push
        late: list[object] = []

        def turned(update: dict[str, dict[str, object]]) -> None:
            if "migrate_to_chat_id" in update.get("message", {}):
                late.append(update)
            else:
                told(update)

        at.at.sandbox.cloud.updates.push = turned  # type: ignore[method-assign, assignment]
        grown = at.groups["kyiv"] = group.upgrade()
        for update in late:
            told(update)
        at.at.sandbox.cloud.updates.push = told  # type: ignore[method-assign]
        await at.at.settled()
        assert late
        assert grown.chat.bot_status == "administrator"
        case = await at.asks(at.at.sandbox.person(), more=("morn",))
        await at.tick(hours=20)
        assert [case.code in card.text for card in at.cards()] == [True]


async def test_a_bot_thrown_out_goes_on_in_private(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Operators take and answer in their own chats; when the bot is let in again, what waits is posted there."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        group = at.groups["kyiv"]
        group.remove_bot()
        await at.at.settled()
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        await at.tick(seconds=3)
        await at.take(oksana, case)
        await at.at.say(oksana, "hello-from-oksana")
        assert "hello-from-oksana" in (await at.open(anna)).text
        waiting = await at.asks(at.at.sandbox.person())
        group.add_bot()
        await at.at.settled()
        await at.tick(seconds=3)
        assert waiting.code in "".join(card.text for card in at.cards())


async def test_a_group_that_refuses_is_left_in_peace_until_it_is_open(
    database_url: str, tmp_path: Path, clock: Hands
) -> None:
    """Nobody tells the bot that it may not write there any more. It tries less and less often; the supervisor is
    called once, whoever is on duty for each request; `/desk` says why and offers what waits. When it may write again
    it finds out by itself, and then the group shows what is true now."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, olha = await at.operator(desk, "Оксана"), await at.operator(desk, "Ольга", "supervisor", on=False)
        group = at.groups["kyiv"]
        group.seat(oksana)
        taken, left = [await at.asks(at.at.sandbox.person()) for _ in range(2)]
        await at.tick(seconds=3)
        group.demote()
        group.permit(can_send_messages=False)
        await at.at.settled()
        since = len(at.at.sandbox.calls)
        gone = at.at.sandbox.person()
        people = [at.at.sandbox.person() for _ in range(2)]
        waiting = [await at.asks(person) for person in people]
        await at.asks(gone)
        for _ in range(20):
            await at.tick(seconds=30)
        tries = [call for call in at.at.sandbox.calls[since:] if call.chat_id == group.chat_id and not call.ok]
        assert 3 <= len(tries) <= 9
        pings = [one.text for one in olha.bot_messages]
        assert pings.count(at.word("ping.group_lost", name=desk.name("uk"))) == 1
        assert at.word("ping.waits", name=waiting[0].code) in at.seen(oksana)
        await at.at.say(oksana, "/desk")
        assert at.word("desk.group_lost").removeprefix("<b>").partition("</b>")[0] in at.screen(oksana)
        assert all(case.code in at.screen(oksana) for case in waiting)
        await at.take(oksana, taken)
        gone.press(at.word("frame.exit"))
        await at.at.settled()

        group.permit(can_send_messages=True)
        for _ in range(3):
            await at.tick(minutes=6)
            await at.at.say(oksana, "/case")
        await at.tick(seconds=3)
        texts = "".join(card.text for card in at.cards())
        assert all(case.code in texts for case in (taken, left, *waiting))
        assert [card.labels for card in at.cards() if taken.code in card.text] == [[]]
        assert len(group.bot_messages) == len(at.cards()) + 1  # the board
        await at.at.say(oksana, "/desk")
        assert "не може писати" not in at.screen(oksana)
        assert [one.text for one in olha.bot_messages].count(at.word("ping.group_lost", name=desk.name("uk"))) <= 1


async def test_refused_for_a_while_the_group_catches_up(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """The group is told to wait (429) again and again: conversations do not wait for it, and in the end one card
    stands for each case, as it is then."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        group = at.groups["kyiv"]
        at.at.sandbox.faults = Faults(rate_429=0.6, retry_after=1, chats=frozenset({group.chat_id}))
        people = [at.at.sandbox.person() for _ in range(3)]
        for anna in people:
            await at.at.arrive(anna)
            await at.press(anna, "hello.on")
            await at.tap(anna, "talk.send", "chat", "self", 0, "mind", 1)
        asked = [await at.case(anna) for anna in people]
        await at.take(oksana, asked[0])
        at.at.sandbox.faults = Faults()
        await at.at.settled()
        cards = {case.code: [card for card in at.cards() if case.code in card.text] for case in asked}
        assert [len(found) for found in cards.values()] == [1, 1, 1]
        assert cards[asked[0].code][0].labels == []


async def test_no_word_and_nobody_in_the_group(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Through a whole conversation the group sees codes and coarse facts: no word, no name, no id, no profile."""
    async with room(database_url, tmp_path, clock) as at:
        oksana = await at.operator(await at.desk(), "Оксана")
        anna = at.at.sandbox.person(7_231_894_650_117, name="Зразокенко", username="zrazok_nick", lang="de")
        case = await at.asks(anna, urgency=0)
        seen = []
        for words in ("мій секрет", "// note-secret"):
            await at.at.say(anna, words)
            await at.tick(seconds=3)
            seen += [at.seen(at.groups["kyiv"]), at.seen(oksana)]
        await at.take(oksana, case)
        await at.at.say(oksana, "таємна відповідь")
        await at.at.say(oksana, "// note-secret")
        await at.tick(seconds=3)
        seen.append(at.seen(at.groups["kyiv"]))
        sent = "".join(str(call.params) for call in at.at.sandbox.calls if call.chat_id == at.groups["kyiv"].chat_id)
        for group in (*seen[::2], seen[-1], sent):
            assert not [word for word in ("секрет", "secret", "таємна") if word in group]
        telling = ("Зразокенко", "zrazok_nick", "7231894650117", "German", "Deutsch", "імецьк")
        for text in (*seen, sent, at.seen(oksana)):
            assert not [word for word in telling if word in text]
