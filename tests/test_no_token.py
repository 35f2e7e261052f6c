"""No token of a real bot stands in what is published (checklist 44)."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
READ = {".py", ".md", ".toml", ".js", ".html", ".sh", ".example", ".lock"}
PLACES = ("bot", "db", "docs", "flows", "locales", "tests")
TOKEN = re.compile(r"\b\d{8,}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])")


def test_no_token_is_published() -> None:
    """Neither in the code nor on a page, nor in the settings to copy."""
    files = [*ROOT.iterdir(), *(file for place in PLACES for file in (ROOT / place).rglob("*"))]
    readable = [file for file in files if file.suffix in READ and file.is_file()]
    assert len(readable) > len(PLACES)
    assert [str(file) for file in readable if TOKEN.search(file.read_text("utf-8"))] == []
    assert TOKEN.search(f"12345678:{'x' * 35}")  # what is looked for is found
