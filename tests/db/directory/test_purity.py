"""What flows read stands without a database."""

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


def test_snapshots_do_not_know_sql() -> None:
    """Conversations may import the directory and the gazetteer without SQLAlchemy coming along."""
    script = f"import sys, {', '.join(PURE)}; print('sqlalchemy' in sys.modules, 'db.places.places' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=DATA.parent.parent
    )
    assert done.stdout.split() == ["False", "True"]
