"""Until when a confirmation holds, by kind: lines stop and restart, buildings stay."""

from __future__ import annotations

from datetime import date, timedelta

from db.directory.service import NEVER_EXPIRE, Service

_QUARTER, _HALF, _YEAR = 90, 180, 365  # days
REVIEW_DAYS = {
    "helpline": _QUARTER,
    "shelter": _QUARTER,
    "crisis_room": _QUARTER,
    "mobile_team": _QUARTER,
    "relief_center": _QUARTER,
    "counselling": _HALF,
    "day_center": _HALF,
    "medical": _HALF,
    "legal_aid": _HALF,
    "military_family": _HALF,
    "anti_trafficking": _HALF,
    "perpetrator_programme": _HALF,
    "children_service": _YEAR,
    "employment": _YEAR,
    "police": _YEAR,
    "social_services": _YEAR,
}


def review_after(kind: str, confirmed: date) -> date:
    """The day by which somebody has to call again a service of this kind that was confirmed on that day."""
    return confirmed + timedelta(days=REVIEW_DAYS.get(kind, _HALF))


def review_due(service: Service) -> date | None:
    """The day by which the service has to be confirmed again: its own date, else by its kind; None for what was
    never confirmed, and for 102, 103 and 112."""
    if service.slug in NEVER_EXPIRE or service.verified_on is None:
        return None
    return service.review_by or review_after(service.kind, service.verified_on)
