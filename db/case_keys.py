"""The keys of conversations: one a case, on the disk before the case is in the database, destroyed at its end.

A conversation may last longer than a day key lives, and must be unreadable the moment it closes; so neither a day's
key nor one that comes out of `SECRET_KEY` will do. When the key is gone no database page, backup or WAL can be opened
any more.

Sealed blob: 8 bytes case, 12 bytes nonce, AES-256-GCM ciphertext and tag; case and purpose are authenticated.
"""

from __future__ import annotations

import os
from collections.abc import Collection

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.key_files import NONCE, KeyFiles, SealError

_PREFIX = "case-"
_ID = 8
_BODY = _ID + NONCE


class CaseKeys:
    """The keys of open cases."""

    def __init__(self, files: KeyFiles) -> None:
        self._files = files
        self._held: dict[int, AESGCM] = {}

    def make(self, case: int) -> None:
        """A key for a new case; on the disk when this returns, so that the case can be committed."""
        self._files.make(_name(case))

    def seal(self, case: int, purpose: str, plain: bytes) -> bytes:
        """`plain`, readable until the case ends. Raises SealError when it has."""
        nonce = os.urandom(NONCE)
        return case.to_bytes(_ID, "big") + nonce + self._key(case).encrypt(nonce, plain, _bound(case, purpose))

    def unseal(self, case: int, purpose: str, sealed: bytes) -> bytes:
        """What was sealed. Raises SealError."""
        try:
            return self._key(case).decrypt(sealed[_ID:_BODY], sealed[_BODY:], _bound(case, purpose))
        except (InvalidTag, ValueError):
            raise SealError("a sealed value was damaged or belongs elsewhere") from None

    def destroy(self, cases: Collection[int]) -> int:
        """What these cases held can never be read again; how many keys went. Call it after the commit that ends
        them: a case that a failed commit leaves open must still have its key."""
        for case in cases:
            self._held.pop(case, None)
        return sum(self._files.destroy(_name(case)) for case in cases)

    def held(self) -> set[int]:
        """The cases whose keys are on the disk."""
        names = (name.removeprefix(_PREFIX) for name in self._files.names() if name.startswith(_PREFIX))
        return {int(name) for name in names if name.isdigit()}

    def _key(self, case: int) -> AESGCM:
        if case not in self._held:
            key = self._files.open(_name(case))
            if key is None:
                raise SealError("the key of that case has been destroyed")
            self._held[case] = key
        return self._held[case]


def _name(case: int) -> str:
    return f"{_PREFIX}{case}"


def _bound(case: int, purpose: str) -> bytes:
    return f"{purpose}/{case}".encode()
