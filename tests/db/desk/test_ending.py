"""However a case ends, nothing that leads to the person stays; and nobody is closed who must not be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from db.desk import ending
from db.desk.case import Case
from db.desk.cases import cases_by_id, flag, open_cases, routes_of, wrote
from db.desk.claims import Gone, take
from db.desk.ending import Closed, NeedsSupervisor
from db.desk.lines import add_line
from db.desk.roster import operator
from db.sealing import Keyring, SealError
from db.store import Store
from tests.conftest import Hands
from tests.db.desk.made_up import LEASE, ORDER, asked, hired
from tests.privacy.forensics import blobs

SECRET = b"not-a-secret-not-a-secret-not-a-secret"


async def talked(connection: AsyncConnection, keys: Keyring, chat_id: int, clock: Hands) -> tuple[Case, int]:
    """A case with a conversation in it, and who leads it."""
    case = await asked(connection, keys, chat_id, clock(), word="синя чашка", details={"place": "у парку"})
    who = await hired(connection, keys, 500 + chat_id, clock())
    await take(connection, case.id, who.num, clock() + LEASE, clock())
    for side, words in (("visitor", "мій секрет"), ("operator", "я поруч"), ("note", "обережно")):
        await add_line(connection, keys, case.id, side, words, ORDER.next(clock()), clock())  # type: ignore[arg-type]
    return case, who.num


async def left_of(connection: AsyncConnection, case: int) -> tuple[object, ...]:
    """Chat, word, sealed and number of lines in the database."""
    row = (await connection.execute(text("SELECT chat, word, sealed FROM cases WHERE id = :id"), {"id": case})).one()
    lines = await connection.execute(text('SELECT count(*) FROM case_lines WHERE "case" = :id'), {"id": case})
    return (*row, lines.scalar())


async def test_closing_leaves_a_shell(store: Store, keys: Keyring, clock: Hands) -> None:
    """The shell has nothing that leads anywhere, the operator is in no case, the key is gone with the commit."""
    async with store.write() as connection:
        case, who = await talked(connection, keys, 1, clock)
        other, _ = await talked(connection, keys, 2, clock)
    async with store.write() as connection:
        closed = await ending.close(connection, keys, case.id, clock(), operator=who)
        assert isinstance(closed, Closed)
        assert closed.case.chat == keys.chat(1)
        assert await left_of(connection, case.id) == (None, None, None, 0)
        assert (await operator(connection, keys, who)).active == 0  # type: ignore[union-attr]
        assert await ending.close(connection, keys, case.id, clock()) == Gone()
        assert keys.cases.held() == {case.id, other.id}
    assert keys.cases.held() == {other.id}


async def test_a_commit_that_fails_destroys_nothing(store: Store, keys: Keyring, clock: Hands) -> None:
    """The case is still open then, and can still be read."""
    async with store.write() as connection:
        case, _ = await talked(connection, keys, 1, clock)

    async def fail() -> None:
        async with store.write() as connection:
            await ending.close(connection, keys, case.id, clock())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with store.read() as connection:
        assert await routes_of(connection, keys, [case.id])


async def test_nobody_closes_a_flagged_case_alone(store: Store, keys: Keyring, clock: Hands) -> None:
    """Neither its operator, nor another, nor the program; a supervisor does (checklist 49)."""
    async with store.write() as connection:
        case, who = await talked(connection, keys, 1, clock)
        assert await ending.close(connection, keys, case.id, clock(), operator=who + 1) == Gone()
        await flag(connection, case.id)
        for holder in (0, who):
            assert await ending.close(connection, keys, case.id, clock(), operator=holder) == NeedsSupervisor()
        assert (await cases_by_id(connection, [case.id]))[case.id].state == "taken"
        assert isinstance(await ending.close(connection, keys, case.id, clock(), supervisor=True), Closed)


async def test_who_vanishes_is_gone_in_every_state(store: Store, keys: Keyring, clock: Hands) -> None:
    """Waiting and kept: closed. Taken: a shell for the operator. Flagged: a shell for a supervisor. Nothing else."""
    later = clock() + timedelta(hours=2)
    async with store.write() as connection:
        waiting = await asked(connection, keys, 1, clock())
        kept = await asked(connection, keys, 2, clock(), keep_from=later, keep_to=later)
        taken, _ = await talked(connection, keys, 3, clock)
        flagged = await asked(connection, keys, 4, clock())
        await flag(connection, flagged.id)
        await asked(connection, keys, 5, clock())
    async with store.write() as connection:
        before = await ending.left(connection, keys, [keys.chat(number) for number in (1, 2, 3, 4, 9)], clock())
        assert [case.state for case in before] == ["waiting", "kept", "taken", "waiting"]
        after = await cases_by_id(connection, [case.id for case in before])
        states = [after[case.id].state for case in (waiting, kept, taken, flagged)]
        assert states == ["closed", "closed", "taken", "waiting"]
        for case in before:
            assert await left_of(connection, case.id) == (None, None, None, 0)
        assert await ending.left(connection, keys, [keys.chat(1)], clock()) == []
        assert not await wrote(connection, taken.id, "visitor", clock())
    assert len(keys.cases.held()) == 1


async def test_fading_and_blocking_keep_the_case(store: Store, keys: Keyring, clock: Hands) -> None:
    """An answer can still be announced to who faded; the code word counts anew."""
    async with store.write() as connection:
        await talked(connection, keys, 1, clock)
        faded = await ending.faded(connection, [keys.chat(1), keys.chat(2)])
        assert [(case.visitor, case.state, case.reachable) for case in faded] == [("faded", "taken", True)]
        assert await ending.faded(connection, [keys.chat(1)]) == []
        blocked = await ending.blocked(connection, [keys.chat(1)])
        assert [(case.visitor, case.reachable) for case in blocked] == [("blocked", False)]


async def test_a_kept_request_wakes_or_is_missed(store: Store, keys: Keyring, clock: Hands) -> None:
    """It waits from the hour that was named, and is over after it when nobody came."""
    later = clock() + timedelta(hours=2)
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock(), keep_from=later, keep_to=later + timedelta(hours=1))
        assert await ending.wake(connection, clock()) == []
        clock.move(hours=2)
        assert [(one.state, one.waiting_since) for one in await ending.wake(connection, clock())] == [
            ("waiting", clock())
        ]
        clock.move(minutes=59)
        assert await ending.outlived(connection, keys, clock()) == []
        clock.move(minutes=2)
        assert [one.id for one in await ending.outlived(connection, keys, clock())] == [case.id]
        assert await open_cases(connection) == []


async def test_a_day_of_silence_ends_a_case(store: Store, keys: Keyring, clock: Hands) -> None:
    """Whoever writes keeps it alive; a flagged one loses all that leads to the person and waits for a supervisor."""
    async with store.write() as connection:
        quiet, _ = await talked(connection, keys, 1, clock)
        loud, _ = await talked(connection, keys, 2, clock)
        flagged, _ = await talked(connection, keys, 3, clock)
        await flag(connection, flagged.id)
        clock.move(hours=20)
        await wrote(connection, loud.id, "visitor", clock())
        clock.move(hours=5)
        ended = await ending.outlived(connection, keys, clock())
        assert [case.id for case in ended] == [quiet.id, flagged.id]
        assert await ending.outlived(connection, keys, clock()) == []
        found = await cases_by_id(connection, [quiet.id, loud.id, flagged.id])
        assert [found[case.id].state for case in (quiet, loud, flagged)] == ["closed", "taken", "taken"]
        assert await left_of(connection, flagged.id) == (None, None, None, 0)
    assert keys.cases.held() == {loud.id}


async def test_orphaned_keys_are_swept(store: Store, keys: Keyring, clock: Hands) -> None:
    """A crash between commit and key, and an opening that was rolled back; what is open or just being opened stays."""
    async with store.write() as connection:
        alive = await asked(connection, keys, 1, clock())
        ended = await asked(connection, keys, 2, clock())
    async with store.engine.begin() as connection:  # the commit, without what comes after it
        await connection.execute(
            text("UPDATE cases SET state = 'closed', chat = NULL, word = NULL, sealed = NULL, closed_at = 1"
                 " WHERE id = :id"), {"id": ended.id},
        )  # fmt: skip
    young, old = (ORDER.next(clock() - span) for span in (timedelta(minutes=1), timedelta(minutes=30)))
    old -= 31 * 60 * 1_000_000
    for number in (young, old):
        keys.cases.make(number)
    async with store.write() as connection:
        await ending.sweep(connection, keys, clock())
    assert keys.cases.held() == {alive.id, young}


async def test_a_closed_conversation_opens_with_no_key_that_is_left(
    store: Store, keys: Keyring, clock: Hands, tmp_path: Path
) -> None:
    """A copy of every row from before the end, SECRET_KEY and the whole keys folder: nothing of the closed case can
    be read, while the open one beside it can."""
    async with store.write() as connection:
        closed, _ = await talked(connection, keys, 1, clock)
        vanished, _ = await talked(connection, keys, 2, clock)
        alive, _ = await talked(connection, keys, 3, clock)
    stolen: dict[int, bytes] = {}
    async with store.read() as connection:
        for case in (closed, vanished, alive):
            kept = [await connection.execute(text(query), {"id": case.id}) for query in (
                "SELECT sealed FROM cases WHERE id = :id", 'SELECT sealed FROM case_lines WHERE "case" = :id',
            )]  # fmt: skip
            stolen[case.id] = b"".join(bytes(row.sealed) for found in kept for row in found)
    assert sum(b"\xd0" in one for one in blobs(stolen[closed.id], keys, ())) >= 3
    async with store.write() as connection:
        await ending.close(connection, keys, closed.id, clock())
        await ending.left(connection, keys, [keys.chat(2)], clock())
    for ring in (keys, Keyring(SECRET, tmp_path / "keys")):
        assert list(blobs(stolen[closed.id] + stolen[vanished.id], ring, ())) == []
        assert len(list(blobs(stolen[alive.id], ring, ()))) == 4
        with pytest.raises(SealError):
            ring.cases.unseal(closed.id, "line", stolen[closed.id])
