"""The lines a public bot must not open without: confirmed by a coordinator, by phone, with a date."""

from __future__ import annotations

from db.directory.directory import Directory
from db.directory.service import NEVER_EXPIRE

# What the first screens name: the state line, La Strada's two, and free legal aid.
LAUNCH_LINES = ("ua-1547", "ua-lastrada-116123", "ua-children-116111", "ua-legalaid-hotline")


def unconfirmed_lines(directory: Directory) -> tuple[str, ...]:
    """Slugs of national lines still to confirm before a public start; a line that is missing counts too.

    102, 103 and 112 need no date, but they must be there.
    """
    waiting = [slug for slug in sorted(NEVER_EXPIRE) if directory.by_slug(slug) is None]
    for slug in LAUNCH_LINES:
        line = directory.by_slug(slug)
        if line is None or line.verified_on is None:
            waiting.append(slug)
    return tuple(waiting)


def public_ready(directory: Directory) -> bool:
    """Whether the bot may start on real Telegram."""
    return not unconfirmed_lines(directory)
