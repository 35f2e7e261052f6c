"""Those who answer, and where they do: operators, their place in the chat with the bot, and desks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self

from db.visit import Lang

Role = Literal["operator", "supervisor", "coordinator"]
ROLES: tuple[Role, ...] = ("operator", "supervisor", "coordinator")
DutyState = Literal["off", "on", "break"]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an operator is in the private chat with the bot. Stands under the staff seal; the fields are a visit's."""

    chat_id: int
    generation: int
    live: int = 0
    awaiting: str = ""
    lang: Lang = "uk"

    def but(self, **changes: object) -> Self:
        """The same seat with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who answers. Visitors see `name` and nothing else."""

    num: int
    chat: bytes | None  # keyed hash of the private chat; None: removed
    seat: Seat | None
    name: str
    desk: int
    role: Role
    state: DutyState
    active: int  # the case that typed text goes to, 0: none
    since: datetime  # of the state

    @property
    def supervises(self) -> bool:
        """Whether they may close an urgent case, invite and block."""
        return self.role == "supervisor"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who answers where and when."""

    slug: str
    name_uk: str
    name_en: str
    num: int = 0  # 0: not stored yet
    chat: bytes | None = None  # keyed hash of the group's id
    group: int = 0  # the group's id, 0: none yet
    board: int = 0  # message id of the board in the group
    regions: tuple[int, ...] = ()  # oblast ids; empty: all
    languages: tuple[Lang, ...] = ("uk",)
    hours: str = ""  # OSM; empty: whenever somebody is on duty
    words_uk: str = ""  # who answers, shown when consent is asked
    words_en: str = ""

    def name(self, lang: Lang) -> str:
        """The desk's name."""
        return self.name_en if lang == "en" else self.name_uk

    def words(self, lang: Lang) -> str:
        """Who answers here."""
        return self.words_en if lang == "en" else self.words_uk

    def covers(self, region: int) -> bool:
        """Whether this desk is meant for an oblast; a desk without regions is for all."""
        return not self.regions or region in self.regions
