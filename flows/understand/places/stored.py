"""The index of names in a file, so that a start need not make it: it is read in a quarter of the time.

The file serves only the gazetteer it was made from, which it names by a digest of ids, names and people. A database
that holds another one, or a file that is missing or damaged, costs a start a quarter of a second and no answer.
"""

from __future__ import annotations

import json
import zlib
from gzip import compress, decompress
from hashlib import blake2b
from pathlib import Path

import orjson

from db.places.places import Places
from db.places.register import Register
from flows.understand.places.making import Made, made_of

INDEX = Path(__file__).with_name("index.bin.gz")
_TABLES = ("words", "people", "cities", "city_forms", "town_forms")


def index_of(places: Places, file: Path = INDEX) -> Made:
    """What is known of the names of a gazetteer: read if it is the file's, else made."""
    return _read(places, file) or made_of(places)


def packed(places: Places, source: str) -> bytes:
    """A file: a line that tells of it, a line with tables, one with the books, then the register."""
    made = made_of(places)
    told = {
        "about": "made by python -m flows.understand.places.build_index",
        "source": source,
        "gazetteer": gazetteer(places),
    }
    tables = {name: getattr(made, name) for name in _TABLES}
    books = [([*book], [*book.values()]) for book in made.books]  # phrases, and who bears each
    lines = (json.dumps(each, ensure_ascii=False).encode() for each in (told, tables, books))
    contents = b"\n".join((*lines, made.forms.packed()))
    return compress(contents, 9, mtime=0)


def gazetteer(places: Places) -> str:
    """A digest of what the index depends upon, in whatever order a database gives it."""
    told = [
        f"{place.id} {place.kind} {place.population} {place.name_uk}|{place.name_en}|{'|'.join(place.aliases)}"
        for place in sorted(places, key=lambda place: place.id)
    ]
    return blake2b("\n".join(told).encode(), digest_size=16).hexdigest()


def told_of(file: Path) -> dict[str, str]:
    """What the first line of a file says."""
    told: dict[str, str] = json.loads(decompress(file.read_bytes()).partition(b"\n")[0])
    return told


def _read(places: Places, file: Path) -> Made | None:
    try:
        told, tables, books, pairs = decompress(file.read_bytes()).split(b"\n", 3)
        if orjson.loads(told)["gazetteer"] != gazetteer(places):
            return None
        filled = [dict(zip(map(tuple, phrases), bearers, strict=True)) for phrases, bearers in orjson.loads(books)]
        return Made(**orjson.loads(tables), books=filled, forms=Register.unpacked(pairs))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None
