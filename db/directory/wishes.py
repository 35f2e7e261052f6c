"""What a search may insist on: who is admitted, which language, open at this moment, round the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.directory.hours import ROUND_THE_CLOCK, HoursError, is_open
from db.directory.service import Service


@dataclass(frozen=True, slots=True)
class Wishes:
    """Nothing is insisted on unless it is said.

    who              one of `AUDIENCES`: only services that take this person ("all" takes everybody).
    language         an ISO 639 code: only services that speak it.
    open_at          an aware time: only services known to be open then.
    round_the_clock  only services that never close.
    """

    who: str = ""
    language: str = ""
    open_at: datetime | None = None
    round_the_clock: bool = False


NO_WISHES = Wishes()


class Granting:
    """The test of one search. Hours are read once for all services that share them."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._open: dict[str, bool] = {}

    def __call__(self, service: Service) -> bool:
        """Whether the service is what was wished for."""
        wishes = self._wishes
        if wishes.who and not service.audience & {wishes.who, "all"}:
            return False
        if wishes.language and wishes.language not in service.languages:
            return False
        if wishes.round_the_clock and service.hours != ROUND_THE_CLOCK:
            return False
        return wishes.open_at is None or self._is_open(service, wishes.open_at)

    def _is_open(self, service: Service, at: datetime) -> bool:
        known = self._open.get(service.hours)
        if known is None:
            try:
                known = bool(is_open(service, at))
            except HoursError:
                known = False
            self._open[service.hours] = known
        return known
