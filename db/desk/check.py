"""What at the desks needs doing before somebody can count on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from db.desk.staff import Desk, Operator
from db.directory.hours import HoursError, check_hours
from db.visit import LANGS


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do. `about` is a desk's slug, an operator's number, a language or a region; `code` says what."""

    code: str
    about: str
    detail: str = ""


CODES = ("none", "group", "nobody", "supervisor", "words", "hours", "region", "language", "uncovered", "seat", "ready")


def findings(desks: Collection[Desk], staff: Iterable[Operator], oblasts: dict[int, str]) -> list[Finding]:
    """Everything that is missing or wrong, desk by desk, then what no desk answers for. `oblasts`: id → name."""
    people = list(staff)
    found = [finding for desk in desks for finding in _of_desk(desk, people, oblasts)]
    found += [Finding("seat", str(one.num), one.name) for one in people if one.seat is None]
    if not desks:
        return [Finding("none", ""), *found]
    spoken = {lang for desk in desks for lang in desk.languages}
    found += [Finding("language", lang) for lang in LANGS if lang not in spoken]
    if all(desk.regions for desk in desks):
        covered = {region for desk in desks for region in desk.regions}
        found += [Finding("uncovered", name) for number, name in oblasts.items() if number not in covered]
    return found


def _of_desk(desk: Desk, staff: list[Operator], oblasts: dict[int, str]) -> Iterator[Finding]:
    own = [one for one in staff if one.desk == desk.num]
    if not desk.group:
        yield Finding("group", desk.slug)
    if not own:
        yield Finding("nobody", desk.slug)
    elif not any(one.supervises for one in own):
        yield Finding("supervisor", desk.slug)
    for lang in LANGS:
        if not desk.words(lang):
            yield Finding("words", desk.slug, lang)
    try:
        check_hours(desk.hours)
    except HoursError:
        yield Finding("hours", desk.slug, desk.hours)
    for region in desk.regions:
        if region not in oblasts:
            yield Finding("region", desk.slug, str(region))
