"""A searcher who holds every key: SECRET_KEY, the day keys, the disk, the logs and the metrics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from db.sealing import STAFF_MARK, Keyring, SealError

PURPOSES = ("visit", "trace", "outbox")
CASE_PURPOSES = ("case", "line")
STAFF_PURPOSES = ("seat", "desk")
LONGEST = 6000  # bytes of the longest sealed value a screen makes
SHORTEST = 2 + 12 + 16


def blobs(raw: bytes, keys: Keyring, days: Iterable[bytes]) -> Iterator[bytes]:
    """Every sealed value that can be opened anywhere in these bytes: rows, freed pages, WAL frames alike.

    A sealed value begins with its day's number, its case's or the staff's mark; from each such place every length is
    tried.
    """
    ways: list[tuple[bytes, Callable[[bytes], bytes]]] = [
        *((day, partial(keys.unseal, purpose)) for day in days for purpose in PURPOSES),
        *((STAFF_MARK, partial(keys.unseal_staff, purpose)) for purpose in STAFF_PURPOSES),
        *(
            (case.to_bytes(8, "big"), partial(keys.cases.unseal, case, purpose))
            for case in keys.cases.held()
            for purpose in CASE_PURPOSES
        ),
    ]
    for mark, unseal in ways:
        for found in re.finditer(re.escape(mark), raw):
            opened = _open(raw[found.start() : found.start() + LONGEST], unseal)
            if opened is not None:
                yield opened


def _open(raw: bytes, unseal: Callable[[bytes], bytes]) -> bytes | None:
    for length in range(SHORTEST, len(raw) + 1):
        try:
            return unseal(raw[:length])
        except SealError:
            continue
    return None


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
