"""A searcher who holds every key: SECRET_KEY, the day keys, the disk, the logs and the metrics."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.key_files import NONCE
from db.sealing import STAFF_MARK, Keyring

PURPOSES = ("visit", "trace", "outbox")
CASE_PURPOSES = ("case", "line")
STAFF_PURPOSES = ("seat", "desk")
LONGEST = 6000  # bytes of the longest sealed value a screen makes
TAG = 16
BEGINNING = 6  # bytes that are looked at before every length is tried; no marker is shorter


def blobs(raw: bytes, keys: Keyring, days: Iterable[bytes]) -> Iterator[bytes]:
    """Every sealed value that can be opened anywhere in these bytes: rows, freed pages, WAL frames alike.

    A sealed value begins with its day's number, its case's or the staff's mark; from each such place every length is
    tried. Two bytes of a day stand in a file by chance a hundred times: such a place is passed by when what it would
    open to begins neither as a text nor as a message's number: nothing else is sealed.
    """
    for mark, cipher, bounds in _ways(keys, days):
        for found in re.finditer(b"(?=" + re.escape(mark) + b")", raw):
            begin = found.start() + len(mark)
            opened = _open(raw[begin : begin + NONCE], raw[begin + NONCE : begin + LONGEST], cipher, bounds)
            if opened is not None:
                yield opened


def _ways(keys: Keyring, days: Iterable[bytes]) -> Iterator[tuple[bytes, AESGCM, list[bytes]]]:
    """What a sealed value can begin with, its key, and what it may be bound to."""
    for day in days:
        yield day, keys._key(int.from_bytes(day, "big"), make=False), [one.encode() for one in PURPOSES]
    yield STAFF_MARK, keys._staff, [one.encode() for one in STAFF_PURPOSES]
    for case in keys.cases.held():
        yield case.to_bytes(8, "big"), keys.cases._key(case), [f"{one}/{case}".encode() for one in CASE_PURPOSES]


def _open(nonce: bytes, sealed: bytes, cipher: AESGCM, bounds: list[bytes]) -> bytes | None:
    if len(sealed) < BEGINNING + TAG:
        return None
    stream = cipher.encrypt(nonce, bytes(BEGINNING), None)  # GCM adds the same stream whatever is sealed
    if not _meant(bytes(one ^ other for one, other in zip(sealed[:BEGINNING], stream, strict=False))):
        return None
    for bound in bounds:
        for length in range(BEGINNING + TAG, len(sealed) + 1):
            try:
                return cipher.decrypt(nonce, sealed[:length], bound)
            except InvalidTag:
                continue
    return None


def _meant(beginning: bytes) -> bool:
    """Whether a text can begin so, its last letter cut, or the number of a message (a trace holds nothing else)."""
    if beginning.startswith(bytes(3)):
        return True
    try:
        letters = codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() for letter in letters)


def day_marks(keys: Keyring, folder: Path) -> set[bytes]:
    """The first bytes of whatever was sealed on a day whose key still exists."""
    return {
        keys.seal("mark", b"", datetime.fromisoformat(f"{path.stem}T12:00:00").replace(tzinfo=UTC))[:2]
        for path in folder.glob("20??-??-??.key")
    }


def search(raw: bytes, keys: Keyring, folder: Path, chat_id: int, markers: Iterable[str]) -> list[str]:
    """What of a visitor can be found in these bytes, by name; empty when nothing can."""
    found = [f"plain {marker!r}" for marker in markers if marker.encode() in raw]
    if str(chat_id).encode() in raw:
        found.append("chat id as text")
    if chat_id.to_bytes(8, "big").lstrip(b"\0") in raw:
        found.append("chat id as a number")
    if keys.chat(chat_id) in raw:
        found.append("keyed hash of the chat")
    for opened in blobs(raw, keys, day_marks(keys, folder)):
        text = opened.decode("utf-8", "replace")
        found.extend(f"sealed {marker!r}" for marker in (*markers, str(chat_id)) if marker in text)
    return found


def freed_pages_with_content(raw: bytes) -> int:
    """How many pages on SQLite's freelist are not overwritten with zeros (file format, section 1.5)."""
    size = int.from_bytes(raw[16:18], "big")
    trunk, dirty = int.from_bytes(raw[32:36], "big"), 0
    while trunk:
        page = raw[(trunk - 1) * size : trunk * size]
        leaves = int.from_bytes(page[4:8], "big")
        numbers = [int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(leaves)]
        dirty += sum(any(raw[(number - 1) * size : number * size]) for number in numbers)
        dirty += any(page[8 + 4 * leaves :])
        trunk = int.from_bytes(page[:4], "big")
    return dirty
