"""A file held against the directory: what would change, before anything does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from db.directory.launch import LAUNCH_LINES
from db.directory.service import NEVER_EXPIRE, Service
from db.exchange.faults import Fault, Refused, Where
from db.exchange.files import read_file
from db.exchange.gazetteer import Gazetteer
from db.exchange.line import Line, Sheet
from db.exchange.reading import service_of
from db.exchange.table import Row
from db.exchange.twins import Twin, twins_of

STANDING = frozenset({*NEVER_EXPIRE, *LAUNCH_LINES})  # what the bot's screens name

Progress = Callable[[int], None]  # told how many rows were read


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after; None: it was not there, or is no longer."""

    before: Service | None
    after: Service | None

    @property
    def slug(self) -> str:
        """Which row."""
        return (self.after or self.before).slug  # type: ignore[union-attr]  # one of them is there

    def fields(self) -> list[str]:
        """The columns in which before and after differ."""
        if self.before is None or self.after is None:
            return []
        return [one.name for one in fields(Service) if getattr(self.before, one.name) != getattr(self.after, one.name)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `version` is the directory's at the time of looking."""

    version: int
    added: list[Change]
    changed: list[Change]
    retired: list[Change]
    missing: list[Service] = field(default_factory=list)
    same: int = 0
    twins: list[Twin] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        """Everything to be written."""
        return [*self.added, *self.changed, *self.retired]


def plan(
    path: Path,
    held: Collection[Service],
    gazetteer: Gazetteer,
    *,
    today: date,
    version: int,
    sheet: str = "",
    retire: bool = False,
    used: int = 0,
    progress: Progress = lambda _: None,
) -> Plan:
    """Reads and checks a whole file against what is `held`. `used` is the highest number ever given to a row.

    Raises Refused with every fault found; nothing is changed by looking.
    """
    faults: list[Fault] = []
    heads, rows, where = read_file(path, Where(path.name), sheet, faults)
    by_slug = {service.slug: service for service in held}
    sheet_read = Sheet(gazetteer, today, heads, where)
    read: dict[str, tuple[Row, Service]] = {}
    seen: dict[str, int] = {}
    for count, row in enumerate(rows, 1):
        line = Line(sheet_read, row)
        service = service_of(line, by_slug)
        faults += line.faults
        slug = row.cells["id"]
        if slug in seen:
            faults.append(sheet_read.fault(row, "id", "two_ids", found=slug, other=str(seen[slug])))
        elif slug:
            seen[slug] = row.number
        if service is not None and not line.faults:
            read.setdefault(slug, (row, service))
        progress(count)
    if not seen and not faults:
        faults.append(Fault("empty", where))
    faults += _numbers(sheet_read, read, by_slug)
    faults += _parents(sheet_read, read, by_slug)
    left = [service for service in held if service.slug not in seen]
    if retire:
        faults += _retired(where, left, by_slug | {slug: service for slug, (_, service) in read.items()})
    if faults:
        raise Refused(sorted(faults, key=lambda fault: (fault.where.row, len(fault.where.letter), fault.where.letter)))
    return _plan([service for _, service in read.values()], by_slug, left, retire=retire, version=version, used=used)


def _plan(
    read: list[Service], held: Mapping[str, Service], left: list[Service], *, retire: bool, version: int, used: int
) -> Plan:
    numbers = {service.num for service in held.values()} | {service.num for service in read}
    free = max(used, *numbers, 0) if numbers else used
    added, changed, same = [], [], 0
    for service in read:
        before = held.get(service.slug)
        if before is not None:
            same += service == before
            changed += [Change(before, service)] if service != before else []
            continue
        if not service.num:
            free += 1
        added.append(Change(None, service if service.num else replace(service, num=free)))
    retired = [Change(service, None) for service in left] if retire else []
    twins = twins_of([one.after for one in added if one.after], [*held.values()])
    return Plan(version, added, changed, retired, [] if retire else left, same, twins)


def _numbers(sheet: Sheet, read: Mapping[str, tuple[Row, Service]], held: Mapping[str, Service]) -> list[Fault]:
    """A button's number never changes hands."""
    owners = {service.num: slug for slug, service in held.items()}
    faults = []
    for slug, (row, service) in read.items():
        before = held.get(slug)
        if before is not None and service.num != before.num:
            said = {"found": str(service.num), "right": str(before.num)}
            faults.append(sheet.fault(row, "num", "num_changed", **said))
        elif service.num and owners.setdefault(service.num, slug) != slug:
            said = {"found": str(service.num), "other": owners[service.num]}
            faults.append(sheet.fault(row, "num", "num_taken", **said))
    return faults


def _parents(sheet: Sheet, read: Mapping[str, tuple[Row, Service]], held: Mapping[str, Service]) -> list[Fault]:
    """Whose number a service uses is there and has one of its own."""
    faults = []
    for row, service in read.values():
        if not service.parent:
            continue
        parent = read[service.parent][1] if service.parent in read else held.get(service.parent)
        if parent is None or service.parent == service.slug:
            faults.append(sheet.fault(row, "parent", "unknown_parent", found=service.parent))
        elif not parent.phones:
            faults.append(sheet.fault(row, "parent", "silent_parent", found=service.parent))
    return faults


def _retired(where: Where, left: list[Service], after: Mapping[str, Service]) -> list[Fault]:
    """What may not be taken out: what the screens name, and whoever lends a number."""
    gone = {service.slug for service in left}
    faults = [Fault("retired_needed", where, {"found": slug}) for slug in sorted(gone & STANDING)]
    for slug, service in after.items():
        if slug not in gone and service.parent in gone and not service.phones:
            faults.append(Fault("retired_parent", where, {"found": service.parent, "other": slug}))
    return faults
