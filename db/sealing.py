"""Sealing: chat data stands in the database only as keyed hashes and as blobs that die with their day's key.

`SECRET_KEY` gives two keys by HKDF: one for keyed hashes, one that wraps the **day keys**. Day keys are files
outside the database and its backups. Everything sealed on a day is sealed under that day's key, and the key
is destroyed when the day is 48 h past, so a remnant page, an old backup or a copied WAL cannot be opened.
What must outlive its day is sealed under a key of its own: a conversation under its case's (`db.case_keys`), where
an operator sits under the staff's, which `SECRET_KEY` gives.

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

from db.case_keys import CaseKeys
from db.key_files import NONCE, KeyFiles, SealError, create

__all__ = ["Keyring", "SealError", "derive", "keep_secret"]

HASH_BYTES = 16
KEY_LIFE = timedelta(hours=48)  # after the end of its day: Telegram deletes nothing older than 48 h
STAFF_MARK = b"\xff\xff"  # where other blobs have their day: a day far away
_EPOCH = date(2020, 1, 1)


def derive(secret: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose from the deployment's secret."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"stezhka {purpose}".encode()).derive(secret)


class Keyring:
    """The keys of a running bot: keyed hashes, and sealing under the day's key."""

    def __init__(self, secret: bytes, folder: Path) -> None:
        self._hash_key = derive(secret, "hash")
        self._staff = AESGCM(derive(secret, "staff"))
        self._files = KeyFiles(folder, AESGCM(derive(secret, "wrap")))
        self._days: dict[int, AESGCM] = {}
        self.cases = CaseKeys(self._files)

    def chat(self, chat_id: int) -> bytes:
        """The keyed hash under which a chat is found; without SECRET_KEY nobody can tell whose it is."""
        return self._hash(b"chat", str(chat_id))

    def message(self, chat_id: int, message_id: int) -> bytes:
        """The keyed hash under which a message's trace is found."""
        return self._hash(b"message", f"{chat_id}/{message_id}")

    def seal(self, purpose: str, plain: bytes, now: datetime) -> bytes:
        """`plain`, readable only with today's key and for the same purpose."""
        day = (now.astimezone(UTC).date() - _EPOCH).days
        nonce = os.urandom(NONCE)
        cipher = self._days.get(day) or self._key(day, make=True)
        return day.to_bytes(2, "big") + nonce + cipher.encrypt(nonce, plain, purpose.encode())

    def unseal(self, purpose: str, sealed: bytes) -> bytes:
        """What was sealed. Raises SealError."""
        day = int.from_bytes(sealed[:2], "big")
        cipher = self._days.get(day) or self._key(day, make=False)
        try:
            return cipher.decrypt(sealed[2 : 2 + NONCE], sealed[2 + NONCE :], purpose.encode())
        except (InvalidTag, ValueError):
            raise SealError("a sealed value was damaged or belongs elsewhere") from None

    def word(self, owner: bytes, word: str) -> bytes:
        """The keyed hash of somebody's secret word; the same word of another owner has another hash."""
        return self._hash(b"word", f"{owner.hex()}/{' '.join(word.casefold().split())}")

    def code(self, code: str) -> bytes:
        """The keyed hash under which a one-time code is found."""
        return self._hash(b"code", code)

    def seal_staff(self, purpose: str, plain: bytes) -> bytes:
        """`plain`, readable for the same purpose as long as SECRET_KEY is: operators stay, their days' keys do not."""
        nonce = os.urandom(NONCE)
        return STAFF_MARK + nonce + self._staff.encrypt(nonce, plain, purpose.encode())

    def unseal_staff(self, purpose: str, sealed: bytes) -> bytes:
        """What was sealed. Raises SealError."""
        try:
            return self._staff.decrypt(sealed[2 : 2 + NONCE], sealed[2 + NONCE :], purpose.encode())
        except (InvalidTag, ValueError):
            raise SealError("a sealed value was damaged or belongs elsewhere") from None

    def link(self, before: bytes, row: bytes) -> bytes:
        """The link of a chain of rows: it cannot be made anew without SECRET_KEY."""
        return blake2b(before + row, key=self._hash_key, digest_size=32, person=b"link").digest()

    def destroy_old(self, now: datetime) -> int:
        """Overwrites and removes the keys whose time is over; how many went."""
        oldest_kept = ((now - KEY_LIFE).astimezone(UTC).date() - _EPOCH).days
        gone = 0
        for name in list(self._files.names()):
            with suppress(ValueError):  # the key of a case
                day = (date.fromisoformat(name) - _EPOCH).days
                if day < oldest_kept:
                    gone += self._files.destroy(name)
                    self._days.pop(day, None)
        return gone

    def _hash(self, domain: bytes, text: str) -> bytes:
        return blake2b(text.encode(), key=self._hash_key, digest_size=HASH_BYTES, person=domain).digest()

    def _key(self, day: int, *, make: bool) -> AESGCM:
        name = f"{_EPOCH + timedelta(days=day)}"
        key = self._files.open(name)
        if key is None and make:
            self._files.make(name)
            key = self._files.open(name)
        if key is None:
            raise SealError("the key of that day has been destroyed")
        self._days[day] = key
        return key


def keep_secret(path: Path) -> bytes:
    """The deployment's secret from `path`; made on first use, readable by the owner only."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        create(path, os.urandom(32).hex().encode())
    return path.read_bytes().strip()
