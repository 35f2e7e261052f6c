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

AUDIENCES = (
    "all", "women", "men", "children", "lgbtq", "disability", "military_family", "older", "trafficking", "crsv",
)  # fmt: skip
COSTS = ("free", "partly", "paid", "unknown")
ENTRIES = ("own_request", "referral", "police", "court")  # what brings a person in
ACCESS = ("step_free", "lift", "toilet", "sign_language", "written", "home_visit")
PRECISIONS = ("", "building", "street", "district", "settlement")  # what a point is the middle of; "": no point
WARTIME = ("relocated", "mobile", "remote_only", "shelter_on_site", "works_in_curfew")  # columns of yes or no

AreaKind = Literal["national", "oblast", "community", "settlement", "district"]
AREA_KINDS = ("national", "oblast", "community", "settlement", "district")
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Area:
    """Whom a service is for by where they are.

    `place_id` is 0 for national; for a community (hromada) it is its centre, because the gazetteer does not draw
    the borders of communities: its villages find the service by distance.
    """

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
    precision what the point is the middle of: `building`, `street`, `district`, `settlement`; empty without a point.
    parent    slug of the service whose numbers it uses when it has none of its own. `Directory` lends them.
    entry     what brings a person in: `own_request`, `referral`, `police`, `court`; empty when unknown.
    access    `step_free`, `lift`, `toilet`, `sign_language`, `written` (no need to speak), `home_visit`.
    relocated … works_in_curfew
              moved by the war; comes to people; by phone or net only; has a bomb shelter; answers during curfew.
              False: not known to be so.
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
    precision: str = ""
    parent: str = ""
    entry: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    relocated: bool = False
    mobile: bool = False
    remote_only: bool = False
    shelter_on_site: bool = False
    works_in_curfew: bool = False

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
