"""A service of the directory: a helpline, a day centre, a shelter's intake, a legal aid office …"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from db.visit import Lang

KINDS = (
    "helpline",
    "day_center",
    "shelter",
    "crisis_room",
    "mobile_team",
    "legal_aid",
    "counselling",
    "medical",
    "police",
    "children_service",
    "employment",
    "anti_trafficking",
    "relief_center",
    "military_family",
    "perpetrator_programme",
    "social_services",
    "other",
)
HIDDEN_KINDS = frozenset({"shelter", "crisis_room"})  # no address anywhere, whatever a file says (checklist 22)
NEVER_EXPIRE = frozenset({"ua-police-102", "ua-ambulance-103", "ua-112"})

AreaKind = Literal["national", "oblast", "settlement", "district"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Area:
    """Whom a service is for by where they are. `place_id` is 0 for national."""

    kind: AreaKind
    place_id: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """One row of the directory, read-only.

    num       small number for buttons, kept for ever.
    slug      stable name, e.g. `ua-1547`.
    place_id  the settlement it is in (0: national, or the settlement is left out on purpose).
    phones    E.164 (`+380…`) or a short code as dialled (`116123`).
    hours     OpenStreetMap `opening_hours` syntax, Kyiv time; empty when unknown.
    hidden    its place is secret: no address, no map, no distance, whatever its kind.
    verified_on, verified_by
              when and by which role (never a name) a coordinator confirmed it; None and "" until then.
    """

    num: int
    slug: str
    kind: str
    name_uk: str
    name_en: str
    place_id: int = 0
    oblast_id: int = 0
    district_id: int = 0
    address_uk: str = ""
    address_en: str = ""
    lat: float | None = None
    lon: float | None = None
    phones: tuple[str, ...] = ()
    telegram: str = ""
    website: str = ""
    hours: str = ""
    audience: frozenset[str] = frozenset({"all"})
    languages: tuple[str, ...] = ("uk",)
    hidden: bool = False
    cost: str = "free"
    notes_uk: str = ""
    notes_en: str = ""
    source_url: str = ""
    source_date: date | None = None
    confidence: Confidence = "low"
    verified_on: date | None = None
    verified_by: str = ""
    review_by: date | None = None
    areas: tuple[Area, ...] = field(default_factory=tuple)

    @property
    def reachable(self) -> bool:
        """Whether there is any way to contact it or to come. What has none is shown as "exists; ask 15-47"."""
        return bool(self.phones or self.telegram or self.website or (self.address_uk and not self.hidden))

    def name(self, lang: Lang) -> str:
        """The name in the visitor's language."""
        return self.name_uk if lang == "uk" else self.name_en

    def notes(self, lang: Lang) -> str:
        """The note in the visitor's language."""
        return self.notes_uk if lang == "uk" else self.notes_en

    def address(self, lang: Lang) -> str:
        """The address, empty for hidden places."""
        if self.hidden:
            return ""
        return self.address_uk if lang == "uk" else self.address_en
