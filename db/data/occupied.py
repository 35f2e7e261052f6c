"""Which settlements the gazetteer marks as occupied, and why so few words are spent on a front line.

The mark means one thing to a visitor: remote help only, no advice to travel. It is set by region and by a coarse
line, never by a street, as publicly known in **autumn 2025**:

* Crimea, Sevastopol and Luhansk oblast: whole;
* Kherson oblast and the Kinburn spit: left of the Dnipro;
* Zaporizhzhia and Donetsk oblasts: south and east of the line below.

The line is drawn a little inside what was held then, so that a town that is fought over, or from which people
still leave by themselves, is *not* marked: telling somebody that no one can come is the graver mistake there.
The official list is the ministry's "Перелік територій, на яких ведуться (велися) бойові дії або тимчасово
окупованих"; when it moves, this file moves with it and `build_places` is run again.
"""

from __future__ import annotations

from itertools import pairwise

CRIMEA, SEVASTOPOL, LUHANSK = 11, 20, 14
DONETSK, KHERSON, MYKOLAIV, ZAPORIZHZHIA = 5, 8, 16, 26
_WHOLE = frozenset({CRIMEA, SEVASTOPOL, LUHANSK})
_CROSSED = frozenset({DONETSK, KHERSON, MYKOLAIV, ZAPORIZHZHIA})

# (longitude, latitude) from the Black Sea up the Dnipro and the lost reservoir, then east along the line.
_LINE = (
    (31.40, 46.57), (32.05, 46.53), (32.40, 46.56), (32.58, 46.605), (32.72, 46.65), (32.95, 46.735),
    (33.10, 46.765), (33.30, 46.76), (33.36, 46.785), (33.43, 46.825), (33.62, 46.95), (33.80, 47.10),
    (33.90, 47.30), (34.10, 47.45), (34.40, 47.54), (34.75, 47.55), (35.20, 47.50), (35.28, 47.47),
    (35.65, 47.40), (36.00, 47.46), (36.30, 47.50), (36.60, 47.60), (36.70, 47.72), (36.76, 47.87),
    (37.15, 47.95), (37.20, 48.12), (37.30, 48.22), (37.60, 48.23), (37.90, 48.28), (37.96, 48.40),
    (37.99, 48.62), (38.05, 48.72), (38.25, 48.78), (38.40, 48.80),
)  # fmt: skip


def is_occupied(oblast_id: int, lat: float, lon: float) -> bool:
    """Whether a settlement of this oblast is marked."""
    if oblast_id in _WHOLE:
        return True
    if oblast_id not in _CROSSED or lon < _LINE[0][0]:
        return False
    for (west, left), (east, right) in pairwise(_LINE):
        if west <= lon <= east:
            return lat < left + (right - left) * (lon - west) / (east - west)
    return True  # east of the line's end
