"""Makes `index.bin.gz`, the index of the names of the project's gazetteer, so that a start only reads it.

    python -m flows.understand.places.build_index

Needed when the gazetteer, the words or the rules of declension change; a test says so. The result is committed.
"""

from __future__ import annotations

import sys
from hashlib import blake2b
from pathlib import Path

from db.places import register, starting
from db.places.places import Places
from flows.understand.places import declension, everyday, folding, making, stored

HERE = Path(__file__).parent


def source() -> str:
    """A digest of all that the index depends upon."""
    modules = (register, declension, everyday, folding, making, stored)
    code = [Path(str(module.__file__)) for module in modules]
    files = [starting.DATA / starting.OWN, starting.DATA / starting.MADE, HERE / "words.toml", *code]
    digest = blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Writes the index beside the module that reads it."""
    stored.INDEX.write_bytes(stored.packed(Places(starting.starting_places()), source()))
    sys.stdout.write(f"{stored.INDEX.name}: {stored.INDEX.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
