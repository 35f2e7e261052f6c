"""Locks: a visitor's own word as a keyed hash, five tries in ten minutes, gone after ninety days."""

from datetime import date, timedelta

from sqlalchemy import select

from db.locks import TRIES, TRIES_WINDOW, Lock, keep_locks, locks_of, purge
from db.models import locks
from db.sealing import Keyring
from db.store import Store
from tests.conftest import Hands


async def test_a_lock_comes_back_as_it_was(store: Store, keys: Keyring, clock: Hands) -> None:
    """Kept, changed, dropped; nobody else's is touched."""
    one, other, third = (keys.chat(number) for number in (1, 2, 3))
    lock = Lock(keys.word(one, "ромашка"), clock().date(), 2, clock())
    async with store.write() as connection:
        await keep_locks(connection, {one: lock, other: Lock(keys.word(other, "ромашка"), clock().date())})
        assert await locks_of(connection, [one, third]) == {one: lock}
        await keep_locks(connection, {one: lock.used(clock()), other: None})
        assert await locks_of(connection, [one, other]) == {one: Lock(lock.word, clock().date())}
        assert await locks_of(connection, []) == {}


async def test_the_table_holds_no_word(store: Store, keys: Keyring, clock: Hands) -> None:
    """Keyed hashes only, the same word another in every chat, and a day instead of an hour (checklist 37)."""
    chats = [keys.chat(number) for number in (1001001, 1001002)]
    async with store.write() as connection:
        await keep_locks(connection, {chat: Lock(keys.word(chat, "ромашка"), clock().date()) for chat in chats})
        rows = (await connection.execute(select(locks))).all()
    assert len({row.word for row in rows}) == 2
    for row in rows:
        assert (len(row.chat), len(row.word), row.tries, row.tries_since) == (16, 16, 0, None)
        assert "ромашка".encode() not in row.chat + row.word
        assert b"1001001" not in row.chat + row.word


async def test_a_word_nobody_uses_dies_after_ninety_days(store: Store, keys: Keyring, clock: Hands) -> None:
    """Not a day earlier; a use in between gives it another ninety."""
    one, other = keys.chat(1), keys.chat(2)
    lock = Lock(keys.word(one, "ромашка"), clock().date())
    async with store.write() as connection:
        await keep_locks(connection, {one: lock, other: lock})
        clock.move(days=60)
        await keep_locks(connection, {other: lock.used(clock())})
        clock.move(days=30)
        await purge(connection, clock())
        assert set(await locks_of(connection, [one, other])) == {one, other}
        clock.move(days=1)
        await purge(connection, clock())
        assert set(await locks_of(connection, [one, other])) == {other}
        clock.move(days=60)
        await purge(connection, clock())
        assert await locks_of(connection, [one, other]) == {}


async def test_the_count_of_tries_is_not_kept_longer_than_it_counts(store: Store, keys: Keyring, clock: Hands) -> None:
    """When somebody last typed something there is nobody's business ten minutes later."""
    chat = keys.chat(1)
    lock = Lock(b"w" * 16, clock().date()).tried(clock())
    async with store.write() as connection:
        await keep_locks(connection, {chat: lock})
        clock.move(minutes=9)
        await purge(connection, clock())
        assert await locks_of(connection, [chat]) == {chat: lock}
        clock.move(minutes=2)
        await purge(connection, clock())
        assert (await locks_of(connection, [chat]))[chat].tries_since is None


def test_five_tries_in_ten_minutes(clock: Hands) -> None:
    """The fifth wrong text bars for the rest of the ten minutes; then there are five again."""
    lock = Lock(b"w" * 16, clock().date())
    for number in range(TRIES):
        assert not lock.barred(clock()), number
        lock = lock.tried(clock())
        clock.move(minutes=1)
    assert lock.barred(clock())
    assert lock.tried(clock()) == lock, "more of it changes nothing and prolongs nothing"
    clock.move(minutes=4)
    assert lock.barred(clock())
    clock.move(minutes=1)
    assert not lock.barred(clock())
    assert lock.tried(clock()).tries == 1
    assert not lock.used(clock()).barred(clock())


def test_only_the_word_opens() -> None:
    """Compared as a whole."""
    assert Lock(b"w" * 16, date.min).opens(b"w" * 16)
    assert not Lock(b"w" * 16, date.min).opens(b"v" * 16)
    assert timedelta(minutes=10) == TRIES_WINDOW
