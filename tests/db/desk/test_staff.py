"""Staff come by a one-time code, sit where they sat, and leave only a number."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from db.desk import desks, duty, invites, roster
from db.desk.claims import take
from db.desk.figures import Figures, figures
from db.desk.staff import Desk, Seat
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands
from tests.db.desk.made_up import LEASE, asked, hired

CHAT = 7_231_894_650_117


async def test_a_code_works_once_and_for_a_day(store: Store, keys: Keyring, clock: Hands) -> None:
    """Typed with or without its dash and capitals; not twice, not late, not guessed."""
    async with store.write() as connection:
        first, late = [await invites.invite(connection, keys, "supervisor", 3, 1, clock()) for _ in range(2)]
        typed = f" {first.replace('-', ' ').lower()} "
        anna = await invites.accept(connection, keys, typed, Seat(CHAT, 7), "Анна", clock())
        assert anna is not None
        assert (anna.role, anna.desk, anna.name, anna.state, anna.supervises) == ("supervisor", 3, "Анна", "off", True)
        assert anna.seat == Seat(CHAT, 7)
        assert await invites.accept(connection, keys, first, Seat(2, 7), "Інша", clock()) is None
        assert await invites.accept(connection, keys, "22222-22222", Seat(2, 7), "Інша", clock()) is None
        clock.move(hours=24)
        assert await invites.accept(connection, keys, late, Seat(2, 7), "Інша", clock()) is None
        assert await roster.is_staff(connection, [keys.chat(CHAT), keys.chat(2)]) == {keys.chat(CHAT)}
        await invites.purge(connection, clock())
        assert (await connection.execute(text("SELECT count(*) FROM invites"))).scalar() == 0


async def test_staff_rows_show_no_chat_and_no_code(store: Store, keys: Keyring, clock: Hands) -> None:
    """Without SECRET_KEY nobody can tell who answers, or use a code that waits."""
    async with store.write() as connection:
        code = await invites.invite(connection, keys, "operator", 1, 0, clock())
        await hired(connection, keys, CHAT, clock())
        await desks.save_desk(connection, keys, Desk("kyiv", "Київ", "Kyiv", group=-CHAT))
        raw = b""
        for query in ("SELECT * FROM invites", "SELECT * FROM operators", "SELECT * FROM desks"):
            for row in await connection.execute(text(query)):
                raw += b" ".join(bytes(one) if isinstance(one, bytes) else str(one).encode() for one in row)
    for secret in (str(CHAT), code, code.replace("-", "")):
        assert secret.encode() not in raw


async def test_an_operator_is_found_with_their_seat(store: Store, keys: Keyring, clock: Hands) -> None:
    """By chat, by number, by desk; a new invitation gives who is staff already another role."""
    async with store.write() as connection:
        anna = await hired(connection, keys, 1, clock())
        await hired(connection, keys, 2, clock(), desk=2)
        seat = Seat(1, 8, live=55, awaiting="1/desk.note", lang="en")
        assert await roster.save_seat(connection, keys, anna.num, seat)
        assert await roster.rename(connection, anna.num, "Аня")
        found = (await roster.operators_of(connection, keys, [keys.chat(1), keys.chat(9)]))[keys.chat(1)]
        assert (found.num, found.seat, found.name) == (anna.num, seat, "Аня")
        assert [one.num for one in await roster.staff(connection, keys, 1)] == [anna.num]
        assert len(await roster.staff(connection, keys)) == 2
        again = await roster.enlist(connection, keys, seat, "Аня", "coordinator", 2, clock())
        assert (again.num, again.role, again.desk) == (anna.num, "coordinator", 2)
        assert await roster.appoint(connection, anna.num, "operator", 1)


async def test_who_is_removed_leaves_a_number(store: Store, keys: Keyring, clock: Hands) -> None:
    """Chat, seat and name are gone, their cases are back in the queue, the number is never given to another."""
    async with store.write() as connection:
        case = await asked(connection, keys, 1, clock())
        anna = await hired(connection, keys, 11, clock())
        await roster.set_state(connection, anna.num, "on", clock())
        await take(connection, case.id, anna.num, clock() + LEASE, clock())
        assert [one.id for one in await roster.remove(connection, anna.num, clock())] == [case.id]
        gone = await roster.operator(connection, keys, anna.num)
        assert gone is not None
        assert (gone.chat, gone.seat, gone.name, gone.state, gone.active) == (None, None, "", "off", 0)
        assert await roster.operators_of(connection, keys, [keys.chat(11)]) == {}
        assert await roster.staff(connection, keys) == []
        assert not await roster.set_state(connection, anna.num, "on", clock())
        assert (await hired(connection, keys, 11, clock())).num > anna.num


async def test_duty_is_counted_in_stretches(store: Store, keys: Keyring, clock: Hands) -> None:
    """On, break, on, off: each stretch has its end; the same state twice changes nothing; old ones are purged."""
    async with store.write() as connection:
        anna = await hired(connection, keys, 11, clock())
        for state in ("on", "on", "break", "on", "off"):
            await roster.set_state(connection, anna.num, state, clock())  # type: ignore[arg-type]
            clock.move(hours=1)
        rows = (await connection.execute(text("SELECT began_at, ended_at FROM duties ORDER BY id"))).all()
        assert [(row.ended_at - row.began_at) / 3_600_000 for row in rows] == [2, 1]
        assert not await roster.set_state(connection, anna.num, "off", clock())
        await duty.purge(connection, clock() + timedelta(days=9))
        assert (await connection.execute(text("SELECT count(*) FROM duties"))).scalar() == 0


async def test_a_desk_keeps_its_group_through_an_upgrade(store: Store, keys: Keyring, clock: Hands) -> None:
    """Saved again it keeps its number; a supergroup's new id is found, the old one no more; the board starts anew."""
    async with store.write() as connection:
        kyiv = await desks.save_desk(
            connection, keys, Desk("kyiv", "Київ", "Kyiv", group=-5, regions=(12, 7), languages=("uk", "en"))
        )
        again = await desks.save_desk(connection, keys, Desk("kyiv", "Київ", "Kyiv city", group=-5, board=9))
        assert again.num == kyiv.num
        assert await desks.all_desks(connection, keys) == [again]
        assert (again.name("en"), again.covers(12), again.covers(5)) == ("Kyiv city", True, True)
        moved = await desks.upgraded(connection, keys, -5, -100500)
        assert moved is not None
        assert (moved.num, moved.group, moved.board) == (kyiv.num, -100500, 0)
        assert await desks.upgraded(connection, keys, -5, -1) is None
        found = await desks.desks_of(connection, keys, [keys.chat(-5), keys.chat(-100500)])
        assert found == {keys.chat(-100500): moved}
        await desks.seat_group(connection, keys, kyiv.num, 0)
        assert [one.group for one in await desks.all_desks(connection, keys)] == [0]


async def test_figures_are_honest(store: Store, keys: Keyring, clock: Hands) -> None:
    """Who waits, who is there, and the usual wait, which is not guessed from two people nor from practices."""
    async with store.write() as connection:
        anna = await hired(connection, keys, 11, clock())
        await roster.set_state(connection, anna.num, "on", clock())
        for number, minutes in ((1, 2), (2, 30), (3, 4)):
            case = await asked(connection, keys, number, clock() - timedelta(minutes=minutes))
            assert (await figures(connection, clock()))[1].usual_minutes is None
            await take(connection, case.id, anna.num, clock() + LEASE, clock())
        for number in range(5, 9):
            case = await asked(connection, keys, number, clock() - timedelta(hours=1), practice=True)
            await take(connection, case.id, anna.num, clock() + LEASE, clock())
        await asked(connection, keys, 4, clock(), desk=2)
        assert await figures(connection, clock()) == {1: Figures(0, 1, 4), 2: Figures(1, 0, None)}
        later = await figures(connection, clock() + timedelta(hours=25))
        assert later[1] == Figures(0, 1, None)
