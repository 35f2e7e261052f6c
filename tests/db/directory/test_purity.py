"""What flows read stands without a database, and the bot on SQLite without PostgreSQL."""

from __future__ import annotations

import subprocess
import sys

from db.places.starting import DATA

PURE = (
    "db.directory.directory",
    "db.directory.discretion",
    "db.directory.hours",
    "db.directory.launch",
    "db.directory.phones",
    "db.directory.starting",
    "db.places.places",
    "db.places.starting",
)


def loaded(modules: tuple[str, ...], *asked: str) -> list[bool]:
    """Which of the modules asked for come along when others are imported."""
    script = f"import sys, {', '.join(modules)}; print(*[one in sys.modules for one in {asked}])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=DATA.parent.parent
    )
    return [one == "True" for one in done.stdout.split()]


def test_snapshots_do_not_know_sql() -> None:
    """Conversations may import the directory and the gazetteer without SQLAlchemy coming along."""
    assert loaded(PURE, "sqlalchemy", "db.places.places") == [False, True]


def test_sqlite_does_not_bring_postgresql_along() -> None:
    """A start on SQLite reads nothing of the other database: that is a tenth of a second and 2 MB."""
    assert loaded(("bot.app", "bot.cli.run"), "sqlalchemy.dialects.postgresql", "asyncpg", "db.postgresql") == [
        False,
        False,
        True,
    ]
