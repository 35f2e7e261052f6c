"""Key files: each holds one 256-bit key, wrapped with a key from the deployment's secret, outside the database.

A file is on the disk, name and all, before `make` returns; what has been sealed with it can be committed. It is
overwritten before its name goes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
_SUFFIX = ".key"


class SealError(Exception):
    """A sealed value cannot be opened: its key is gone, or it is not ours. Never carries the value."""


class KeyFiles:
    """The folder of keys. A key's name is authenticated: one file cannot stand in for another."""

    def __init__(self, folder: Path, wrap: AESGCM) -> None:
        self.folder = folder
        self._wrap = wrap
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def make(self, name: str) -> None:
        """A new key; one that another process has just made stays as it is."""
        nonce = os.urandom(NONCE)
        create(self._path(name), nonce + self._wrap.encrypt(nonce, os.urandom(32), name.encode()))
        settle(self.folder)

    def open(self, name: str) -> AESGCM | None:
        """The key, None when there is none. Raises SealError when it was wrapped with another secret."""
        path = self._path(name)
        try:
            wrapped = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            return AESGCM(self._wrap.decrypt(wrapped[:NONCE], wrapped[NONCE:], name.encode()))
        except (InvalidTag, ValueError):
            raise SealError(f"{path}: not made with this SECRET_KEY. Set the former one, or remove the file") from None

    def destroy(self, name: str) -> bool:
        """Overwrites and removes a key; whether it was there."""
        path = self._path(name)
        try:
            shred(path)
        except FileNotFoundError:
            return False
        return True

    def names(self) -> Iterator[str]:
        """Every key there is."""
        return (path.stem for path in self.folder.glob(f"*{_SUFFIX}"))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"


def create(path: Path, content: bytes) -> None:
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


def shred(path: Path) -> None:
    """Overwrites a key before removing its name."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def settle(folder: Path) -> None:
    """Returns when the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
