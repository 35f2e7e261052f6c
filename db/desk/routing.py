"""Which desk a request goes to, and to which others it may overflow."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from db.desk.staff import Desk
from db.visit import Lang


def desks_for(
    desks: Iterable[Desk], lang: Lang, region: int, on_duty: Collection[int] = (), *, elsewhere: bool = False
) -> list[Desk]:
    """The desks that can answer, the best first: the language counts most, then that somebody is there (`on_duty`:
    numbers of desks), then the region. A desk that lacks the language comes last and is better than none.

    `elsewhere`: not from one's own region. In a small town the operator may be a neighbour, so a desk made for this
    region only is left out, and one for all comes after one for other regions.
    """

    def worth(desk: Desk) -> tuple[bool, bool, bool, int]:
        meant = bool(desk.regions) and desk.covers(region)
        return (
            lang not in desk.languages,
            desk.num not in on_duty,
            not (bool(desk.regions) if elsewhere else meant) if region else bool(desk.regions),
            desk.num,
        )

    own = {desk.num for desk in desks if elsewhere and desk.regions == (region,)}
    return sorted((desk for desk in desks if desk.num not in own), key=worth)
