"""What is sealed is readable on its days and for its purpose, and never again after its key is destroyed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.sealing import Keyring, SealError, keep_secret

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_what_was_sealed_comes_back(keys: Keyring) -> None:
    """Sealing loses nothing and shows nothing."""
    sealed = keys.seal("visit", "Житомир".encode(), NOW)
    assert keys.unseal("visit", sealed).decode() == "Житомир"
    assert "Житомир".encode() not in sealed
    assert keys.seal("visit", b"x", NOW) != keys.seal("visit", b"x", NOW)


def test_a_blob_of_one_purpose_is_none_of_another(keys: Keyring) -> None:
    """A row copied into another table cannot be opened there."""
    with pytest.raises(SealError):
        keys.unseal("outbox", keys.seal("visit", b"x", NOW))


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff\xff" + b"x" * 40])
def test_damage_is_one_designed_error(keys: Keyring, damage: bytes) -> None:
    """A cut, overwritten or foreign blob raises SealError and nothing else."""
    keys.seal("visit", b"x", NOW)
    with pytest.raises(SealError):
        keys.unseal("visit", damage)


def test_a_new_process_opens_what_an_old_one_sealed(keys: Keyring, tmp_path: Path) -> None:
    """Day keys outlive a restart; a wrong SECRET_KEY opens nothing and says so."""
    sealed = keys.seal("visit", b"x", NOW)
    again = Keyring(b"not-a-secret-not-a-secret-not-a-secret", tmp_path / "keys")
    assert again.unseal("visit", sealed) == b"x"
    stranger = Keyring(b"another-secret-another-secret-another", tmp_path / "keys")
    with pytest.raises(SealError, match="not made with this SECRET_KEY"):
        stranger.unseal("visit", sealed)


def test_the_key_of_a_day_dies_48_hours_after_it(keys: Keyring, tmp_path: Path) -> None:
    """Until then everything can be opened, afterwards nothing, by anybody, with any key that is left."""
    sealed = keys.seal("visit", b"x", NOW)
    end_of_day = datetime(2026, 11, 23, tzinfo=UTC)
    assert keys.destroy_old(end_of_day + timedelta(hours=47)) == 0
    assert keys.unseal("visit", sealed) == b"x"
    assert keys.destroy_old(end_of_day + timedelta(hours=48)) == 1
    assert not list((tmp_path / "keys").iterdir())
    for ring in (keys, Keyring(b"not-a-secret-not-a-secret-not-a-secret", tmp_path / "keys")):
        with pytest.raises(SealError, match="destroyed"):
            ring.unseal("visit", sealed)


def test_hashes_need_the_secret(keys: Keyring, tmp_path: Path) -> None:
    """The same chat has the same hash with the same secret only; chats and messages never collide."""
    other = Keyring(b"another-secret-another-secret-another", tmp_path / "keys2")
    assert keys.chat(1001) == keys.chat(1001)
    assert keys.chat(1001) != other.chat(1001)
    assert len({keys.chat(1), keys.chat(11), keys.message(1, 1), keys.message(11, 1), keys.message(1, 11)}) == 5


def test_the_secret_is_made_once_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    """The made SECRET_KEY is kept, with mode 600."""
    path = tmp_path / "var" / "secret.key"
    first = keep_secret(path)
    assert len(first) >= 32
    assert keep_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_staff_seal_outlives_the_day_keys(keys: Keyring, tmp_path: Path) -> None:
    """Operators stay; without SECRET_KEY their seats stay closed, and a blob of one purpose is none of another."""
    sealed = keys.seal_staff("seat", b"x")
    keys.destroy_old(NOW + timedelta(days=400))
    again = Keyring(b"not-a-secret-not-a-secret-not-a-secret", tmp_path / "keys")
    assert again.unseal_staff("seat", sealed) == b"x"
    for ring, purpose in ((again, "desk"), (Keyring(b"another-secret-another-secret-another", tmp_path / "k"), "seat")):
        with pytest.raises(SealError):
            ring.unseal_staff(purpose, sealed)


def test_a_word_is_hashed_with_its_owner(keys: Keyring) -> None:
    """Capitals and spaces do not matter; the same word of two people cannot be seen to be the same."""
    assert keys.word(b"a", " Синя  Чашка ") == keys.word(b"a", "синя чашка")
    assert keys.word(b"a", "синя чашка") != keys.word(b"b", "синя чашка")
    assert keys.code("синя чашка") != keys.word(b"", "синя чашка")
