"""Cases open once, say what they must to those who answer, and nothing of the person stands in the open."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from db.desk import cases as desk
from db.desk.case import Route, Urgency
from db.desk.ending import bar, purge_cases
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands
from tests.db.desk.made_up import ORDER, RANDOM, asked, opening

CHAT = 7_231_894_650_117


async def test_a_case_comes_back_as_it_was_asked_for(store: Store, keys: Keyring, clock: Hands) -> None:
    """What was said when asking is there for the desk; way back and wishes open with the case's key only."""
    async with store.write() as connection:
        case = await asked(
            connection, keys, CHAT, clock(), kind="callback", region=12, topic="children", who="other",
            urgency=Urgency.URGENT, details={"phone": "+380 00 000", "window": "18-19"}, word="синя чашка",
        )  # fmt: skip
        found = await desk.case_of(connection, [keys.chat(CHAT), keys.chat(2)])
        assert found == {keys.chat(CHAT): case}
        assert (case.kind, case.region, case.topic, case.who, case.urgency, case.lang) == (
            "callback", 12, "children", "other", Urgency.URGENT, "uk",
        )  # fmt: skip
        assert (case.state, case.operator, case.worded, case.proved, case.wrote_last) == (
            "waiting", 0, True, False, "visitor",
        )  # fmt: skip
        assert await desk.routes_of(connection, keys, [case.id, 5]) == {case.id: Route(CHAT, 5, "uk")}
        assert await desk.details_of(connection, keys, [case.id]) == {
            case.id: {"phone": "+380 00 000", "window": "18-19"}
        }
        assert await desk.cases_by_id(connection, [case.id]) == {case.id: case}
        assert await desk.open_cases(connection) == await desk.open_cases(connection, [1]) == [case]
        assert await desk.open_cases(connection, [2]) == []


async def test_the_row_names_nobody(store: Store, keys: Keyring, clock: Hands) -> None:
    """Without keys: no chat id, no number, no word."""
    async with store.write() as connection:
        await asked(connection, keys, CHAT, clock(), details={"phone": "+380 00 000"}, word="синя чашка")
        row = (await connection.execute(text("SELECT * FROM cases"))).one()
    raw = b" ".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row)
    for secret in (str(CHAT), "+380", "чашка"):
        assert secret.encode() not in raw


async def test_who_asks_twice_has_one_case(store: Store, keys: Keyring, clock: Hands) -> None:
    """A second tap finds the first case, and leaves no key behind."""
    async with store.write() as connection:
        first = await asked(connection, keys, 1, clock())
        again = await desk.open_case(connection, keys, ORDER, opening(keys, 1, topic="law"), clock(), RANDOM)
    assert again == (first, False)
    assert keys.cases.held() == {first.id}


async def test_open_cases_have_names_of_their_own(store: Store, keys: Keyring, clock: Hands) -> None:
    """Four hundred at once: four hundred names."""
    async with store.write() as connection:
        names = {(await asked(connection, keys, number, clock())).code for number in range(1, 401)}
    assert len(names) == 400


async def test_a_request_for_later_is_kept(store: Store, keys: Keyring, clock: Hands) -> None:
    """It does not wait before its time."""
    later = clock() + timedelta(hours=3)
    async with store.write() as connection:
        kept = await asked(connection, keys, 1, clock(), keep_from=later, keep_to=later + timedelta(hours=1))
        now = await asked(connection, keys, 2, clock(), keep_from=clock())
    assert (kept.state, now.state) == ("kept", "waiting")


async def test_the_code_word_proves_until_they_are_gone(store: Store, keys: Keyring, clock: Hands) -> None:
    """Only the right word, whatever its capitals, and of this case only (checklist 53)."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock(), word="Синя чашка")
        plain = await asked(connection, keys, 2, clock())
        assert not await desk.prove(connection, keys, case.id, "чорна чашка")
        assert not await desk.prove(connection, keys, plain.id, "")
        assert await desk.prove(connection, keys, case.id, " синя  ЧАШКА ")
        assert (await desk.cases_by_id(connection, [case.id]))[case.id].proved
        assert await desk.set_word(connection, keys, plain.id, "інше слово")
        assert await desk.prove(connection, keys, plain.id, "інше слово")


async def test_words_cannot_be_guessed(store: Store, keys: Keyring, clock: Hands) -> None:
    """Five wrong ones, and the right one is not taken either; a right one in time starts the count anew."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock(), word="синя чашка")
        for _ in range(2):
            for wrong in range(4):
                assert not await desk.prove(connection, keys, case.id, f"слово {wrong}")
            assert await desk.prove(connection, keys, case.id, "синя чашка")
        for wrong in range(6):
            assert not await desk.prove(connection, keys, case.id, f"слово {wrong}")
        assert (await desk.cases_by_id(connection, [case.id]))[case.id].tries == desk.TRIES
        assert not await desk.prove(connection, keys, case.id, "синя чашка")
        assert await desk.set_word(connection, keys, case.id, "нове слово")
        assert await desk.prove(connection, keys, case.id, "нове слово")


async def test_ones_own_words_make_urgent_without_a_flag(store: Store, keys: Keyring, clock: Hands) -> None:
    """It goes first, and its operator may still close it alone."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock(), urgency=Urgency.CALM)
        assert await desk.hasten(connection, case.id)
        assert not await desk.hasten(connection, case.id)
        after = (await desk.cases_by_id(connection, [case.id]))[case.id]
        assert (after.urgency, after.flagged) == (Urgency.URGENT, False)


async def test_an_abuser_is_barred_for_a_while(store: Store, keys: Keyring, clock: Hands) -> None:
    """This chat only, until its time, which may be prolonged; then the row goes."""
    async with store.write() as connection:
        for hours in (1, 24):
            await bar(connection, keys.chat(1), clock() + timedelta(hours=hours))
        clock.move(hours=23)
        assert await desk.barred(connection, keys.chat(1), clock())
        assert not await desk.barred(connection, keys.chat(2), clock())
        clock.move(hours=1)
        assert not await desk.barred(connection, keys.chat(1), clock())
        await purge_cases(connection, keys, clock())
        assert (await connection.execute(text("SELECT count(*) FROM barred"))).scalar() == 0


async def test_marks_say_whether_they_changed_anything(store: Store, keys: Keyring, clock: Hands) -> None:
    """Flag, media, escalation, card and desk: the second of two at once is told that it was second."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock(), urgency=Urgency.CALM)
        for change, undo in ((desk.flag, desk.unflag), (desk.open_media, None)):
            assert await change(connection, case.id)
            assert not await change(connection, case.id)
            if undo:
                flagged = (await desk.cases_by_id(connection, [case.id]))[case.id]
                assert (flagged.flagged, flagged.urgency) == (True, Urgency.URGENT)
                assert await undo(connection, case.id, Urgency.CALM)
                assert not await undo(connection, case.id)
        assert await desk.tell(connection, case.id, 0)
        assert not await desk.tell(connection, case.id, 0)
        assert await desk.put_card(connection, case.id, 77)
        assert await desk.move(connection, case.id, 2)
        assert not await desk.move(connection, case.id, 2)
        moved = (await desk.cases_by_id(connection, [case.id]))[case.id]
        assert (moved.desk, moved.card, moved.told, moved.waiting_since) == (2, 0, 0, case.waiting_since)
        assert not await desk.flag(connection, 5)


async def test_who_comes_back_is_found_again(store: Store, keys: Keyring, clock: Hands) -> None:
    """A new visit of the same chat: answers go to it; what was asked for stays, and can be taken out."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock(), details={"phone": "+380", "place": "у парку"})
        assert await desk.came_back(connection, keys, case.id, Route(1, 99, "en"))
        assert await desk.routes_of(connection, keys, [case.id]) == {case.id: Route(1, 99, "en")}
        assert await desk.detail(connection, keys, case.id, {"phone": "", "window": "18-19"})
        assert await desk.details_of(connection, keys, [case.id]) == {case.id: {"place": "у парку", "window": "18-19"}}
        assert not await desk.came_back(connection, keys, 5, Route(1, 99, "en"))
        assert not await desk.detail(connection, keys, 5, {})


async def test_who_wrote_last_is_known(store: Store, keys: Keyring, clock: Hands) -> None:
    """For the warm line at the end and for alternatives while waiting (checklist 47)."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        clock.move(minutes=3)
        assert await desk.wrote(connection, case.id, "operator", clock())
        said = (await desk.cases_by_id(connection, [case.id]))[case.id]
        assert (said.wrote_last, said.wrote_at) == ("operator", clock())


async def test_a_lost_keys_folder_is_survived(store: Store, keys: Keyring, clock: Hands) -> None:
    """Without its key a case has no way back, and nothing raises."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        keys.cases.destroy([case.id])
        assert await desk.routes_of(connection, keys, [case.id]) == {}
        assert await desk.details_of(connection, keys, [case.id]) == {}
        assert not await desk.came_back(connection, keys, case.id, Route(1, 9, "uk"))
