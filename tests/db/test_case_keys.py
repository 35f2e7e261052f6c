"""A conversation can be read while its case is open, and never again, by anybody, with any key that is left."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.case_keys import CaseKeys
from db.sealing import Keyring, SealError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECRET = b"not-a-secret-not-a-secret-not-a-secret"


def test_an_open_case_can_be_read(keys: Keyring, tmp_path: Path) -> None:
    """Also after a restart; nothing of the text shows, and the file is the owner's only."""
    keys.cases.make(7)
    sealed = keys.cases.seal(7, "line", "Житомир".encode())
    assert Keyring(SECRET, tmp_path / "keys").cases.unseal(7, "line", sealed).decode() == "Житомир"
    assert "Житомир".encode() not in sealed
    assert (tmp_path / "keys" / "case-7.key").stat().st_mode & 0o777 == 0o600


def test_cases_and_purposes_are_apart(keys: Keyring) -> None:
    """A line moved to another case, or a line in place of a route, does not open."""
    keys.cases.make(7)
    keys.cases.make(8)
    sealed = keys.cases.seal(7, "line", b"x")
    for case, purpose in ((8, "line"), (7, "route")):
        with pytest.raises(SealError):
            keys.cases.unseal(case, purpose, sealed)


def test_a_key_file_cannot_stand_in_for_another(keys: Keyring, tmp_path: Path) -> None:
    """Whoever copies one case's key over another's opens nothing with it."""
    keys.cases.make(7)
    (tmp_path / "keys" / "case-8.key").write_bytes((tmp_path / "keys" / "case-7.key").read_bytes())
    with pytest.raises(SealError, match="not made with this SECRET_KEY"):
        keys.cases.seal(8, "line", b"x")


def test_what_is_closed_stays_closed(keys: Keyring, tmp_path: Path) -> None:
    """The running bot, a restarted one and one that makes the key anew cannot open it; other cases are untouched."""
    for case in (7, 8):
        keys.cases.make(case)
    sealed, other = keys.cases.seal(7, "line", b"x"), keys.cases.seal(8, "line", b"y")
    assert keys.cases.destroy([7]) == 1
    for ring in (keys, Keyring(SECRET, tmp_path / "keys")):
        with pytest.raises(SealError, match="destroyed"):
            ring.cases.unseal(7, "line", sealed)
        with pytest.raises(SealError, match="destroyed"):
            ring.cases.seal(7, "line", b"x")
        assert ring.cases.unseal(8, "line", other) == b"y"
    assert keys.cases.destroy([7]) == 0
    again = Keyring(SECRET, tmp_path / "keys")
    again.cases.make(7)
    with pytest.raises(SealError):
        again.cases.unseal(7, "line", sealed)


def test_a_destroyed_key_is_overwritten(keys: Keyring, tmp_path: Path) -> None:
    """A second name for the same file (a backup by hard link) holds nothing of use afterwards."""
    keys.cases.make(7)
    sealed = keys.cases.seal(7, "line", b"x")
    path, copy = tmp_path / "keys" / "case-7.key", tmp_path / "kept"
    copy.hardlink_to(path)
    keys.cases.destroy([7])
    copy.rename(path)
    with pytest.raises(SealError):
        keys.cases.unseal(7, "line", sealed)


def test_cases_and_days_keep_out_of_each_others_way(keys: Keyring) -> None:
    """Day keys die by their date, case keys by their case, though they lie in one folder."""
    keys.seal("visit", b"x", NOW)
    keys.cases.make(7)
    assert keys.cases.held() == {7}
    assert keys.destroy_old(NOW + timedelta(days=4)) == 1
    assert keys.cases.held() == {7}


def test_making_a_key_again_keeps_the_first(keys: Keyring, tmp_path: Path) -> None:
    """A retried batch does not close what its first try sealed."""
    keys.cases.make(7)
    sealed = keys.cases.seal(7, "line", b"x")
    keys.cases.make(7)
    assert Keyring(SECRET, tmp_path / "keys").cases.unseal(7, "line", sealed) == b"x"
    assert isinstance(keys.cases, CaseKeys)
