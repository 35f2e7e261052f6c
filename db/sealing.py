"""Sealing: chat data stands in the database only as keyed hashes and as blobs that die with their day's key.

`SECRET_KEY` gives two keys by HKDF: one for keyed hashes, one that wraps the **day keys**. Day keys are files
outside the database and its backups. Everything sealed on a day is sealed under that day's key, and the key
is destroyed when the day is 48 h past, so a remnant page, an old backup or a copied WAL cannot be opened.

Sealed blob: 2 bytes day number, 12 bytes nonce, AES-256-GCM ciphertext and tag; the purpose is authenticated,
so a blob of one table is no blob of another.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HASH_BYTES = 16
KEY_LIFE = timedelta(hours=48)  # after the end of its day: Telegram deletes nothing older than 48 h
_EPOCH = date(2020, 1, 1)
_NONCE = 12


class SealError(Exception):
    """A sealed value cannot be opened: its day key is gone, or it is not ours. Never carries the value."""


def derive(secret: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose from the deployment's secret."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"stezhka {purpose}".encode()).derive(secret)


class Keyring:
    """The keys of a running bot: keyed hashes, and sealing under the day's key."""

    def __init__(self, secret: bytes, folder: Path) -> None:
        self._hash_key = derive(secret, "hash")
        self._wrap = AESGCM(derive(secret, "wrap"))
        self._folder = folder
        self._days: dict[int, AESGCM] = {}
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def chat(self, chat_id: int) -> bytes:
        """The keyed hash under which a chat is found; without SECRET_KEY nobody can tell whose it is."""
        return self._hash(b"chat", str(chat_id))

    def message(self, chat_id: int, message_id: int) -> bytes:
        """The keyed hash under which a message's trace is found."""
        return self._hash(b"message", f"{chat_id}/{message_id}")

    def seal(self, purpose: str, plain: bytes, now: datetime) -> bytes:
        """`plain`, readable only with today's key and for the same purpose."""
        day = (now.astimezone(UTC).date() - _EPOCH).days
        nonce = os.urandom(_NONCE)
        cipher = self._days.get(day) or self._key(day, make=True)
        return day.to_bytes(2, "big") + nonce + cipher.encrypt(nonce, plain, purpose.encode())

    def unseal(self, purpose: str, sealed: bytes) -> bytes:
        """What was sealed. Raises SealError."""
        day = int.from_bytes(sealed[:2], "big")
        cipher = self._days.get(day) or self._key(day, make=False)
        try:
            return cipher.decrypt(sealed[2 : 2 + _NONCE], sealed[2 + _NONCE :], purpose.encode())
        except (InvalidTag, ValueError):
            raise SealError("a sealed value was damaged or belongs elsewhere") from None

    def destroy_old(self, now: datetime) -> int:
        """Overwrites and removes the keys whose time is over; how many went."""
        oldest_kept = ((now - KEY_LIFE).astimezone(UTC).date() - _EPOCH).days
        gone = 0
        for path in self._folder.glob("*.key"):
            with suppress(ValueError):
                day = (date.fromisoformat(path.stem) - _EPOCH).days
                if day < oldest_kept:
                    _shred(path)
                    self._days.pop(day, None)
                    gone += 1
        return gone

    def _hash(self, domain: bytes, text: str) -> bytes:
        return blake2b(text.encode(), key=self._hash_key, digest_size=HASH_BYTES, person=domain).digest()

    def _key(self, day: int, *, make: bool) -> AESGCM:
        path = self._folder / f"{_EPOCH + timedelta(days=day)}.key"
        name = path.stem.encode()
        if not path.is_file():
            if not make:
                raise SealError("the key of that day has been destroyed")
            nonce = os.urandom(_NONCE)
            _create(path, nonce + self._wrap.encrypt(nonce, os.urandom(32), name))
        wrapped = path.read_bytes()
        try:
            key = self._wrap.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], name)
        except (InvalidTag, ValueError):
            raise SealError(f"{path}: not made with this SECRET_KEY. Set the former one, or remove the file") from None
        self._days[day] = AESGCM(key)
        return self._days[day]


def keep_secret(path: Path) -> bytes:
    """The deployment's secret from `path`; made on first use, readable by the owner only."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path, os.urandom(32).hex().encode())
    return path.read_bytes().strip()


def _create(path: Path, content: bytes) -> None:
    """Writes a new file, mode 600, whole or not at all; leaves a file that another process just made."""
    draft = path.with_suffix(f".{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _shred(path: Path) -> None:
    """Overwrites a key before removing its name."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
