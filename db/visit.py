"""A visit: what the bot remembers of one chat while somebody is using it.

The record lives only inside a sealed blob (see `db.sealing`) and dies on exit or after the idle time.
It holds no name, no profile, no typed text (checklist 36, 37).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

import orjson

Lang = Literal["uk", "en"]
LANGS: tuple[Lang, ...] = ("uk", "en")


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's stay. `replace` it; never change it.

    chat_id     Telegram's id of the private chat.
    generation  a random number drawn when the visit begins. Whatever was queued or is in flight for another
                generation of the same chat is stale and must not be shown (exit is a change of generation).
    lang        the language the visitor chose.
    awaiting    the address (an encoded `flows.engine.Action`) of the screen whose question the next typed
                text answers; empty when nothing is asked.
    live        id of the one live message, 0 while it has not been sent.
    carrier     id of the short-lived message that carries the location keyboard, 0 when there is none.
    notice      id of the neutral line that says something is there to be read, 0 when none stands unopened.
    case        id of the open case this visit takes part in, 0 for none.
    bare        whether the screen is a menu or the first words: it tells little, so it may fade last.
    taught      whether what exit can and cannot do has been told in this visit.
    """

    chat_id: int
    generation: int
    lang: Lang = "uk"
    awaiting: str = ""
    live: int = 0
    carrier: int = 0
    notice: int = 0
    case: int = 0
    bare: bool = False
    taught: bool = False

    @property
    def shown(self) -> int:
        """How much the screen would tell a stranger: 2 a conversation with a person, 1 any content, 0 a menu."""
        return 2 if self.case else int(not self.bare)

    def but(self, **changes: object) -> Self:
        """The same visit with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def pack(self) -> bytes:
        """Bytes to seal."""
        seats = [self.live, self.carrier, self.notice, self.case, int(self.bare), int(self.taught)]
        fields = [self.chat_id, self.generation, self.lang, self.awaiting, *seats]
        return orjson.dumps(fields)

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """The visit back from unsealed bytes, also from those of a release that knew fewer fields."""
        return cls(*orjson.loads(packed))
