"""What may be shown of where a service is. The kind decides, whatever a file says.

A shelter in a big city is "in Kyiv" and no more. In a small town that would already be enough to find it, so
there not even the town is named: only its oblast.
"""

from __future__ import annotations

from db.directory.service import HIDDEN_KINDS, Service
from db.places.place import Place
from db.places.places import Places

SMALL_TOWN = 50_000  # people; below it a hidden place's settlement is not named


def is_hidden(kind: str, *, marked: bool) -> bool:
    """Whether a row's place is secret: its kind says so, or its source."""
    return marked or kind in HIDDEN_KINDS


def shown_place(service: Service, places: Places) -> Place | None:
    """The most exact place that may be shown: the settlement (or city district), the oblast when a hidden
    service is in a small town or nothing closer is known, None for a national one."""
    settlement = places.get(service.place_id)
    if service.hidden:
        if settlement is not None and settlement.population >= SMALL_TOWN:
            return settlement
        return places.get(service.oblast_id)
    return places.get(service.district_id) or settlement or places.get(service.oblast_id)
