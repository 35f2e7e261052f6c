"""A file held against the directory: what would change, before anything does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from db.directory.launch import LAUNCH_LINES
from db.directory.service import NEVER_EXPIRE, Service
from db.exchange.csv_file import read_csv
from db.exchange.faults import Fault, Refused, Where
from db.exchange.gazetteer import Gazetteer
from db.exchange.reading import RowReader
from db.exchange.table import Heads, Row
from db.exchange.xlsx_file import read_xlsx

LARGEST_MB = 30  # 100,000 services as CSV are about 50 MB: bring those in parts
ALIKE = 90  # of 100, rapidfuzz: two names of one kind in one oblast that are most likely one service
COMPARED_AT_MOST = 3000  # names of one kind in one oblast; beyond it only equal names and numbers are told
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
class Twin:
    """A new row that looks like another one. `why` is "phone" or "name"."""

    new: Service
    other: Service
    why: str


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


def read_file(path: Path, where: Where, sheet: str, faults: list[Fault]) -> tuple[Heads, Iterable[Row], Where]:
    """The rows of a CSV or XLSX file, known by its contents and not by its name. Raises Refused."""
    try:
        size = path.stat().st_size
        if size > LARGEST_MB * 1_000_000:
            said = {"found": str(round(size / 1_000_000)), "most": str(LARGEST_MB)}
            raise Refused([Fault("too_large", where, said)])
        content = path.read_bytes()
    except FileNotFoundError:
        raise Refused([Fault("missing_file", where)]) from None
    except OSError:
        raise Refused([Fault("unreadable_file", where)]) from None
    if not content.strip():
        raise Refused([Fault("empty", where)])
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return read_xlsx(content, where, sheet, faults)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise Refused([Fault("broken", where)])
    if path.suffix.lower() not in (".csv", ".txt", ".tsv", ""):
        raise Refused([Fault("unknown_type", where, {"found": path.suffix.lstrip(".")})])
    heads, rows = read_csv(content, where, faults)
    return heads, rows, where


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
    reader = RowReader(gazetteer, by_slug, today, heads, where)
    read: dict[str, tuple[Row, Service]] = {}
    seen: dict[str, int] = {}
    for count, row in enumerate(rows, 1):
        service = reader.read(row, faults)
        slug = row.cells["id"]
        if slug in seen:
            faults.append(reader.fault(row, "id", "two_ids", found=slug, other=str(seen[slug])))
        elif slug:
            seen[slug] = row.number
        if service is not None:
            read.setdefault(slug, (row, service))
        progress(count)
    if not seen and not faults:
        faults.append(Fault("empty", where))
    faults += _numbers(reader, read, by_slug)
    faults += _parents(reader, read, by_slug)
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
    twins = _twins([one.after for one in added if one.after], [*held.values()])
    return Plan(version, added, changed, retired, [] if retire else left, same, twins)


def _numbers(reader: RowReader, read: Mapping[str, tuple[Row, Service]], held: Mapping[str, Service]) -> list[Fault]:
    """A button's number never changes hands."""
    owners = {service.num: slug for slug, service in held.items()}
    faults = []
    for slug, (row, service) in read.items():
        before = held.get(slug)
        if before is not None and service.num != before.num:
            said = {"found": str(service.num), "right": str(before.num)}
            faults.append(reader.fault(row, "num", "num_changed", **said))
        elif service.num and owners.setdefault(service.num, slug) != slug:
            said = {"found": str(service.num), "other": owners[service.num]}
            faults.append(reader.fault(row, "num", "num_taken", **said))
    return faults


def _parents(reader: RowReader, read: Mapping[str, tuple[Row, Service]], held: Mapping[str, Service]) -> list[Fault]:
    """Whose number a service uses is there and has one of its own."""
    faults = []
    for row, service in read.values():
        if not service.parent:
            continue
        parent = read[service.parent][1] if service.parent in read else held.get(service.parent)
        if parent is None or service.parent == service.slug:
            faults.append(reader.fault(row, "parent", "unknown_parent", found=service.parent))
        elif not parent.phones:
            faults.append(reader.fault(row, "parent", "silent_parent", found=service.parent))
    return faults


def _retired(where: Where, left: list[Service], after: Mapping[str, Service]) -> list[Fault]:
    """What may not be taken out: what the screens name, and whoever lends a number."""
    gone = {service.slug for service in left}
    faults = [Fault("retired_needed", where, {"found": slug}) for slug in sorted(gone & STANDING)]
    for slug, service in after.items():
        if slug not in gone and service.parent in gone and not service.phones:
            faults.append(Fault("retired_parent", where, {"found": service.parent, "other": slug}))
    return faults


def _twins(added: list[Service], held: list[Service]) -> list[Twin]:
    """New rows that are likely to be there already: the same number, or nearly the same name, in one oblast."""
    groups: defaultdict[tuple[str, int], list[Service]] = defaultdict(list)
    for service in held:
        groups[service.kind, service.oblast_id].append(service)
    twins = []
    for service in added:
        others = groups[service.kind, service.oblast_id]
        if twin := _twin(service, others):
            twins.append(twin)
        others.append(service)
    return twins


def _twin(service: Service, others: list[Service]) -> Twin | None:
    own = {number for number in service.phones if number.startswith("+")}
    if own and (other := next((one for one in others if own & set(one.phones)), None)):
        return Twin(service, other, "phone")
    if len(others) > COMPARED_AT_MOST:
        return None
    figures = re.findall(r"\d+", service.name_uk)  # "№ 3" and "№ 4" are two
    names = {
        at: utils.default_process(one.name_uk)
        for at, one in enumerate(others)
        if one.place_id in (0, service.place_id) and re.findall(r"\d+", one.name_uk) == figures
    }
    name = utils.default_process(service.name_uk)
    found = process.extractOne(name, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return Twin(service, others[found[2]], "name") if found else None
