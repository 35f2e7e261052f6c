"""What the order of steps depends on."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Literal

Urgency = Literal["now", "later"]
PlaceType = Literal["kyiv", "centre", "town", "village", "occupied", "abroad", "unknown"]
Age = Literal["child", "teen", "adult", "older"]
Who = Literal["survivor", "relative", "professional"]

# The words a column may hold, in the order of their weight: a rule that names one further left outweighs any rule
# that does not, whatever it names further right. Danger comes first, then what can reach the place at all.
COLUMNS: dict[str, tuple[str, ...]] = {
    "urgency": ("now", "later"),
    "place": ("kyiv", "centre", "town", "village", "occupied", "abroad", "unknown"),
    "age": ("child", "teen", "adult", "older"),
    "who": ("survivor", "relative", "professional"),
    "need": (
        "talk", "stay", "day", "team", "law", "doctor", "police", "child", "army", "living", "other", "anger", "all",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """One person's case, as coarse as the rules need it.

    place   where help must reach: Kyiv, a town with a day centre that can be contacted, any other town, a village,
            an occupied place, abroad; unknown when nobody said.
    age     of the person it is about: under 14, 14 to 17, adult, 60 and older.
    who     writes: the person, somebody close, or a professional.
    need    what was chosen in the find conversation.
    """

    urgency: Urgency
    place: PlaceType
    age: Age
    who: Who
    need: str

    def words(self) -> tuple[str, ...]:
        """In the order of COLUMNS."""
        return tuple(astuple(self))
