"""New rows that are likely to be in the directory already under another ID."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from db.directory.service import Service

ALIKE = 90  # of 100, rapidfuzz: two names of one kind in one oblast that are most likely one service
COMPARED_AT_MOST = 3000  # names of one kind in one oblast; beyond it only equal names and numbers are told


@dataclass(frozen=True, slots=True)
class Twin:
    """A new row that looks like another one. `why` is "phone" or "name"."""

    new: Service
    other: Service
    why: str


def twins_of(added: list[Service], held: list[Service]) -> list[Twin]:
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
